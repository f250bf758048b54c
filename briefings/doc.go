// Package briefings holds the monthly policy update briefing, the plan that
// follows from it and the meeting that studies it.
//
// Words: a briefing belongs to a month, and to everybody or to one unit and those
// below it (its audience); its key names both, 2026-11 or 2026-11.R01. It has
// numbered revisions, each with three sections in one or more languages: what
// changed, what it means for our business, how we adjust. An action is one thing
// that the adjustment plan asks somebody to do; a step changes its state. Minutes
// are the record of a study meeting, attendance is how somebody took part. The
// board shows a year: one briefing is due every month.
//
// Invariants: a published revision never changes, and publishing the same words
// twice makes one revision; minutes never change, a correction is the next number;
// steps, readings and tries at the questions are added, never overwritten. A
// briefing asks only about clauses that a version it cites has changed, and a
// revision with questions counts as read when all are answered right.
//
// It refuses a briefing without its three sections, without Simplified Chinese or
// English, or that cites a policy version or clause that is not there, naming the
// field or the file and line, and changes nothing then. A briefing that is not for
// the actor is not found.
//
// It may import people, policies and items: it reads (never writes) the tables of
// the staff and of the policy versions that a briefing cites. records, server and cmd
// may import it.
//
// Its audit events keep the names that they had when briefings were part of
// courses (courses.publish_briefing, certificates.minutes…): the log is one.
package briefings
