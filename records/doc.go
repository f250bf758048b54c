// Package records answers what HR and auditors pull: who held which
// certification on which date, and how people handled complaints beside what
// they were trained in; on a page, and as CSV, JSON or XLSX.
//
// Words: a record is one cycle of one person's training for one course, including those
// without a certificate, because missing training is evidence too. As of a date means:
// what was known and true at the end of that date in the zone of the person's unit; of a
// completion, in that of the unit in which it was made, which gave it its date.
//
// Invariants: this room writes nothing but the audit log. An export holds every record
// of its query and no other; the records are counted a second time before it is called
// complete. Whatever is shown or exported is audited, an export with its number of rows
// and the SHA-256 of its bytes. An export is streamed, so its memory does not grow with
// the number of people. One list of columns says what an export holds, in every format.
// The room refuses a future date, and people outside the units over which the actor
// holds HR or Auditor.
//
// Its reporting SQL reads, and never writes, people (the view staff; people and units in
// the measured query of certifications), courses (courses, course_revisions), training
// (assignments, completions), quizzes (attempts, submissions, regrades), certificates
// (certificates, certificate_revocations), policies (policies, policy_versions,
// acknowledgement_requests, acknowledgements, citing_revisions, citations), complaints
// (through complaint_standing alone) and the audit log (audit_events, audit_unsealed);
// scores come from performance. VerifyEvidence reads every table that holds evidence and
// compares each with what it follows from, and with the hash that the audit log carries
// of it. It may import every room; only server and cmd
// may import it.
package records
