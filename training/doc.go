// Package training holds how far people are with their courses: who was assigned
// what by when, which lessons were read, what was passed and completed.
//
// Words: an assignment asks one person to complete one course in one cycle; a
// cycle ends with a completion, and only then may the next one open. Anyone who opens
// a course without being asked has an assignment too, their own. A completion may
// count for an equivalent course: that course is credited.
//
// Invariants: a lesson counts as read once per assignment, under the name of its
// file, so that a new revision keeps what was read; a completion exists once per
// person, course and cycle, written in the transaction of the reading or the quiz
// pass that completed it, together with what the listener makes of it; nothing
// read, passed or completed is ever reset. Lateness is judged by the local date of
// the person.
//
// It refuses to record a reading before the course's prerequisites are completed
// (Conflict), and to assign outside the actor's reach (NotFound).
//
// It may import people, courses and policies, and reads (never writes) the tables
// of people and courses: what a learner sees of a course is one statement over
// both rooms. The certificates room imports this one, so it is handed in as
// CompletionListener.
// quizzes, certificates, performance, records, server and cmd may import it.
//
// Its audit events keep the names that they had when training was part of courses
// (courses.assign, courses.complete, courses.credit): the log is one.
package training
