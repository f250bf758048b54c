// Package courses holds what staff learn: courses with their lessons, the
// monthly policy briefing, who was assigned what by when, what was read, and
// completion.
//
// Words: a course has numbered revisions; a revision has lessons, each in one or
// more languages; an assignment asks one person to complete one course in one
// cycle; a cycle ends with a completion, and only then may the next one open. A
// briefing belongs to a month and has numbered revisions of its own.
//
// Invariants: a published revision never changes, and publishing the same bytes
// twice makes one revision; a lesson counts as read once per assignment, under
// the name of its file, so that a new revision keeps what was read; a completion
// exists once per person, course and cycle, written in the transaction of the
// reading or the quiz pass that completed it; nothing read, passed or completed
// is ever reset.
//
// A manuscript is a course folder that is being written; every save of a file is
// an edition that stays, and none is written over another. The plan of a briefing
// is actions with their steps; the meeting that studied it has minutes, which a
// correction follows and never replaces.
//
// It refuses a folder that is not a course in every detail, naming file and
// line, and changes nothing then.
//
// It imports people and policies: it reads (never writes) the tables of what a
// briefing cites, and hands over which clauses lessons, items and briefings cite.
// Quizzes and certificates stand above it: they are handed in as QuizPublisher
// and CompletionListener.
package courses
