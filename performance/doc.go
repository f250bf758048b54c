// Package performance measures how complaints are handled, per person and
// quarter: timeliness of each stage and satisfaction, each as a rate with its
// numerator, denominator, Wilson interval and verdict against a target.
//
// Words: a quarter is judged by the event that is measured (the due date for
// timeliness, the answer for satisfaction) in the zone of the complaint's unit;
// how a case stands against its limit is what complaints says; a verdict says on which side
// of the target the rate lies and whether chance alone could have put it there.
//
// Invariants: an open case is in no denominator, an unmeasured one in no figure of
// timeliness at all; fewer than five cases give counts and no verdict; fewer than
// ten answers give no satisfaction at all; training and certificates stand
// beside the rates and are never part of them, or the link between training and
// handling would be true by construction. Nobody is ranked: people are listed by
// number, name or unit, never by a rate. Seeing the scores of others is audited,
// one event per request.
//
// It refuses a person outside the units that the actor holds HR or Auditor over
// (not found), and everybody else the list (forbidden); each person may see the
// own card and the complaints that it was computed from.
//
// Its reporting SQL reads, and never writes, the tables of people (people,
// units), complaints (through complaint_standing and responsible_now alone),
// training (assignments, completions) and certificates (certificates,
// certificate_revocations). It may import people, complaints, training and
// quizzes; records and server may import it.
package performance
