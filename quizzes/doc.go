// Package quizzes keeps the questions that are stored and the attempts that answer
// them: banks, quizzes with their revisions and conditions, attempts, marking,
// corrections.
//
// Words. A Bank holds items (see package items) with their versions; an item is
// drafted, reviewed or retired. A quiz belongs to a course and has revisions, which
// hold item versions or draw them from banks. An attempt freezes its paper when it
// starts; practice is an attempt that counts for nothing. Conditions say when and
// where a quiz may be begun; an Accommodation is what one person is granted more.
// A regrade is a new row beside the grades of the submission. A correction of an item
// version is a fact: what is graded after it is graded with it.
//
// Invariants. An answer is durable when SaveAnswer returns, and the newest answer of
// a position counts. Item versions, papers, submissions and answers never change.
//
// Figures of quizzes and of item versions are sums of what is counted and what is not
// counted yet; together they are what all attempts tell.
//
// Starting an attempt and the course's quiz read whether an assignment is passed
// (quiz_passes, a table of training); a start does so in its own statement, after the
// assignment is locked. Of grades, everything reads those that count now: the newest
// regrade, or the submission's own.
//
// It may import people, courses, training and items; performance, records, server and cmd may
// import it.
package quizzes
