// Package search finds words in what everybody may read: the text of every policy
// that is in force or will be, and the newest of every course and briefing.
//
// Words: a section is a clause of a policy, a lesson, or a part of a briefing; a
// term is two neighbouring Han characters, or a word of letters and digits.
// Traditional characters are indexed as Simplified ones, and numbers beside Chinese
// in Chinese and in digits, so that one way to write finds the others.
//
// Invariants: the index is made from the other rooms' tables, in their own
// transactions' wake, and can be thrown away; a reader finds a text in the
// language that the page would show; what is in force on the reader's day is never
// hidden by what is not yet, which says so; nothing that only some may read is in it.
//
// It refuses an empty query. It imports people, and policies for the clauses;
// it reads the tables of policies, courses and briefings.
package search
