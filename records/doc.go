// Package records answers what HR and auditors pull: who held which
// certification on which date, and how people handled complaints beside what
// they were trained in; on a page, and as CSV, JSON or XLSX.
//
// Words: a record is one cycle of one person's training for one course, the ones
// without a certificate included, because what is missing is evidence too; as of
// a date means what was known and true when that date ended where the person's
// unit is.
//
// Invariants: this room reads and changes nothing but the audit log; an export
// holds every record of its query and no other, which is counted a second time
// before it is called complete; whatever is shown or exported is audited, the
// export with its number of rows and the SHA-256 of its bytes; an export is
// streamed, so its memory does not grow with the staff. It refuses a date to
// come, and people outside the units that the actor holds HR or Auditor over.
//
// Its reporting SQL reads, and never writes, the tables of people (people,
// units), courses (courses, course_revisions), training (assignments,
// completions), quizzes (attempts, submissions, regrades), certificates
// (certificates, certificate_revocations), policies (policies, policy_versions,
// acknowledgement_requests, acknowledgements, citing_revisions, citations) and
// complaints (through complaint_standing alone), and the audit log (audit_events, audit_unsealed);
// scores come from performance. It may import every
// room; only server may import it.
package records
