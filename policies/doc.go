// Package policies holds the institution's policy documents: numbered immutable
// versions in up to three languages, who was asked to acknowledge which version
// by when, and who did.
//
// Words: a version is in force from its effective date until a later version's;
// to acknowledge is to accept a statement about one version, never about a
// policy in general; a request asks one person for the acknowledgement of one
// version.
//
// Invariants: a published version never changes and is named by the SHA-256 of
// its texts; the same texts are not published twice in a row; an
// acknowledgement exists once per person and version and keeps the hash of the
// text that was read, the statement as it was shown, its hash, and the person's
// unit and position then; requests stay when a newer version appears, because
// not having acknowledged is a record too.
//
// A citation is a clause that a course or a briefing names; it is stale from the
// version that changed the clause until somebody who writes has reviewed it.
//
// It refuses an acknowledgement whose text or statement is not the one on
// record, a version that takes effect before its predecessor, and, as not found,
// units outside the actor's reach. Every employee may read every policy.
//
// It imports people and items. briefings, courses, training, search, records
// and server may import it.
package policies
