// Package courses holds what staff learn: courses with their lessons, pictures and
// files, as they are written and as they are published.
//
// Words: a course folder is the files of a course; a manuscript is a course folder
// that is being written, and every save of a file is an edition that stays, none
// written over another; a revision is a published state of a course, with a number.
// A revision has lessons, each in one or more languages; a check is a question
// inside a lesson, for practice: answers to it are not kept. The quiz plan is what
// course.md says of how the quiz is taken.
//
// Invariants: a published revision never changes, and publishing the same bytes
// twice makes one revision; it is exported as it came, byte for byte. A lesson
// depends on the revision and the language only, never on the reader.
//
// It refuses a folder with any fault, naming file and line, and changes nothing
// then.
//
// It may import people, policies and items: it hands over which clauses lessons
// and items cite. The quizzes room imports this one, so it is handed in as
// QuizPublisher. How far people are with a course is kept by training, which courses
// neither imports nor reads. training, quizzes, certificates, records, server and cmd may import
// it.
package courses
