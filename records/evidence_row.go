package records

import (
	"context"
	"slices"

	"anwen/internal/database"
)

// EvidenceTable is a table of whose rows the audit log tells one by one: an event
// carries a hash of every row that its transaction wrote.
type EvidenceTable struct {
	Name    string
	Keys    []string // that a row is known by
	LeftOut []string // columns that the hash leaves out
	Changes bool     // rows change and go, and each time an event tells of it
}

// kept is a table whose rows are written once, known by the columns.
func kept(name string, keys ...string) EvidenceTable {
	if len(keys) == 0 {
		keys = []string{"id"}
	}
	return EvidenceTable{Name: name, Keys: keys}
}

// changing is a table whose rows change.
func changing(name string, keys ...string) EvidenceTable {
	t := kept(name, keys...)
	t.Changes = true
	return t
}

// but leaves columns out: bytes, which have a hash of their own beside them, and what a
// person may change without a trace.
func (t EvidenceTable) but(columns ...string) EvidenceTable {
	t.LeftOut = columns
	return t
}

// evidenceTables are all of them, room by room. Migration 32 made their triggers; a house
// test holds the two equal, and that no table of the evidence is missing.
var evidenceTables = []EvidenceTable{
	changing("units"), changing("people").but("language", "updated_at"), kept("staff_history"), changing("role_grants"),

	changing("policies"), kept("policy_versions"), kept("policy_texts", "version_id", "locale"), kept("policy_repeals", "policy_id"),
	changing("policy_repeal_proposals"), changing("policy_drafts"), kept("policy_draft_editions", "draft_id", "edition"),
	kept("policy_questions", "version_id", "position"), kept("policy_answers"), kept("acknowledgement_requests"), kept("acknowledgements"),
	kept("citing_revisions"), kept("citations"), kept("citation_changes", "citation_id", "version_id"), kept("citation_reviews", "citation_id", "version_id"),

	changing("complaints"), kept("complaint_imports"), kept("complaint_rule_sets"), changing("calendars", "code"), changing("calendar_days", "calendar", "day"),
	kept("responsible_persons"), kept("satisfaction_answers"),

	kept("briefings"), kept("briefing_revisions"), kept("briefing_texts", "revision_id", "locale"), kept("briefing_policies", "revision_id", "policy_version_id"),
	kept("briefing_questions", "revision_id", "position"), kept("briefing_answers"), kept("briefing_reads", "revision_id", "person_id"),
	kept("briefing_actions"), kept("briefing_action_steps"), kept("study_meetings"), kept("attendances", "meeting_id", "person_id"),

	kept("courses"), kept("course_revisions"), kept("course_files", "revision_id", "name"), kept("blobs", "sha256").but("bytes"), kept("lessons"),
	kept("lesson_texts", "lesson_id", "locale"), kept("lesson_checks", "lesson_id", "locale", "position"),
	changing("manuscripts"), kept("manuscript_files", "manuscript_id", "edition", "name"),

	changing("assignments"), kept("lesson_reads", "assignment_id", "name"), kept("quiz_passes", "assignment_id"), kept("completions"),

	changing("banks"), changing("bank_pictures", "bank_id", "name"), kept("pictures", "sha256").but("bytes"), changing("items"), kept("item_versions"),
	changing("quizzes"), kept("quiz_revisions"), kept("quiz_items", "revision_id", "position"), kept("quiz_conditions"), kept("quiz_refusals"),
	kept("accommodations"), kept("attempts"), kept("attempt_events"), kept("submissions", "attempt_id"), kept("marks"), kept("regrades"), kept("corrections"),

	kept("certifications"), kept("certificates"), kept("certificate_documents", "certificate_id").but("pdf"), kept("certificate_revocations", "certificate_id"),
}

// EvidenceTables are the tables whose rows VerifyEvidence compares with the audit log.
func EvidenceTables() []EvidenceTable { return slices.Clone(evidenceTables) }

// verifyRowsTx compares every row with the hash that the audit log carries of it, and
// gives a kind for each table, and one for the answers of attempts.
func verifyRowsTx(ctx context.Context, tx database.Tx) ([]EvidenceKind, error) {
	found, err := comparedRowsTx(ctx, tx)
	if err != nil {
		return nil, err
	}
	var kinds []EvidenceKind
	for _, name := range kindsOfRows() {
		kind := found[name]
		kind.Name = "rows of " + name
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

// kindsOfRows are the tables by name, and the answers, which are told of together when
// their attempt is submitted.
func kindsOfRows() []string {
	var names []string
	for _, t := range evidenceTables {
		if names = append(names, t.Name); t.Name == "attempts" {
			names = append(names, "answers")
		}
	}
	return names
}
