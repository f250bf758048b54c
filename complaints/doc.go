// Package complaints holds complaint facts and what is computed from them: working-day
// calendars, time limits, responsible persons, satisfaction, root causes.
//
// Words: a complaint is general (first reply within 48 hours) or complex (initial
// feedback within seven working days); a fact is one row of an imported file; a
// profile says how a kind of file is read; a rule set is the immutable, numbered
// statement of the limits, and a complaint is judged by the one in force when it
// was received.
//
// Standing: a complaint is judged by one stage, the first reply when it is general
// and the initial feedback when it is complex. Its limit is the last instant in
// time. Done at the limit or before, the complaint is met; done after it, late. While
// it is not done it is open up to and including the limit, and late afterwards. Where
// the source does not record when replies were made it is unmeasured: neither open nor
// late, in no denominator and in no count of open complaints. Judge is this rule in Go
// and complaint_state the same in SQL; complaint_standing gives every complaint as it
// stands at an instant, and every query about complaints reads that and nothing else,
// here and in other rooms.
//
// Invariants: a complaint is known by a pseudonymous reference; it has at most
// one responsible person at a time, and every naming and every answer to its satisfaction
// is a row that stays (triggers keep the newest in responsible_now and satisfaction_now);
// its due instant is computed once from rule set and calendar, with a mark when the
// calendar does not reach that far. It refuses customer data: such columns are dropped
// on reading and reported, and columns that the profile does not know are not used.
//
// It imports only people; performance, records and server may import it.
package complaints
