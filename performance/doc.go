// Package performance measures how complaints are handled, per person and
// quarter: timeliness of each stage and satisfaction, each as a rate with its
// numerator, denominator, Wilson interval and verdict against a target.
//
// Words: a case counts in the quarter of the event that is measured (the due date for
// timeliness, the answer for satisfaction) in the zone of the complaint's unit; its
// standing against the time limit comes from complaints; a verdict says on which side
// of the target the rate lies and whether chance alone could explain it; a breakdown
// is a score with the cases that it was computed from.
//
// Invariants: an open case is in no denominator, an unmeasured one in no figure of
// timeliness at all; fewer than five cases give counts and no verdict; fewer than
// ten answers give no satisfaction at all; training and certificates stand
// beside the rates and are never part of them, since otherwise training and handling
// would be linked by definition. Nobody is ranked: people are listed by number, name or
// unit, never by a rate. Reading the scores of others is audited, one event per
// request.
//
// It refuses a person outside the units over which the actor holds HR or Auditor
// (NotFound), and the list to an actor without such a role (Forbidden); all people may
// see their own breakdown.
//
// Its reporting SQL reads, and never writes, people (the view staff, and units),
// complaints (through complaint_standing and responsible_now alone), training
// (assignments, completions) and certificates (certificates,
// certificate_revocations). It may import people, complaints, training and quizzes;
// records and server may import it.
package performance
