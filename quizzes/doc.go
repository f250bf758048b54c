// Package quizzes asks questions and grades the answers: items with their
// versions, the frozen paper of an attempt, answers, grading.
//
// Words. An Item is one question with its answer key, in one or more languages;
// a version of it is immutable and named by the SHA-256 of its canonical bytes.
// A Paper is the list of item versions one attempt asks, frozen when the attempt
// starts. A Response is what the learner gave for one position; a Grade is what
// it earned. Asked is the learner's view of an item.
//
// Invariants. Points are whole thousandths of a point, weights whole
// hundred-thousandths of a percent and numbers exact decimals: nothing here is a
// float. Blank is not zero and not asked is not blank: each is its own status.
// The order of options follows from the paper's seed by an algorithm that never
// changes. Nothing of the answer key (weights, feedback, accepted answers) is in
// Asked.
//
// It refuses a response that names an option the item does not have, or that has
// the form of another kind of item (errs.Invalid), and an item that nobody could
// answer fully right. An answer that is merely mistaken, such as a word where a
// number is asked, is wrong and not an error.
//
// The rules in item, grading, paper, mark and plan are pure: values in, values out;
// quizzes/analysis and quizzes/formats are pure as a whole.
//
// Starting an attempt reads whether the assignment is passed (quiz_passes, a table
// of training) in its own statement, after the assignment is locked.
//
// It may import people, courses and training; performance, records, server and cmd may
// import it.
package quizzes
