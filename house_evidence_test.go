package anwen_test

import (
	"slices"
	"strings"
	"testing"

	"anwen/internal/testdb"
	"anwen/records"
)

// changing are the tables whose rows change or go. Every other table is evidence, or
// published for ever: a migration that makes one either gives it its triggers or
// argues here why not.
var changing = map[string]string{
	"goose_db_version":        "goose keeps its own",
	"audit_unsealed":          "the queue of the sealer",
	"units":                   "the newest state; moves and names change",
	"people":                  "the newest state; staff_history is the evidence",
	"role_grants":             "a grant is revoked in its row",
	"credentials":             "a new password replaces the old one",
	"sessions":                "end, and are seen again",
	"known_devices":           "are seen again, and forgotten",
	"throttles":               "counters",
	"policies":                "the newest titles and owners; each version keeps its own",
	"policy_drafts":           "go through their states; editions stay",
	"policy_repeal_proposals": "are withdrawn in their row; a repeal keeps its own date and reason",
	"manuscripts":             "are opened and closed; editions of files stay",
	"assignments":             "one that somebody opened alone is taken over with a due date",
	"complaints":              "the newest state of a case",
	"responsible_now":         "follows from responsible_persons",
	"satisfaction_now":        "follows from satisfaction_answers",
	"calendars":               "are completed year by year",
	"calendar_days":           "are completed year by year",
	"banks":                   "names and owners change",
	"bank_pictures":           "names come to mean other pictures; the pictures stay",
	"items":                   "where a bank keeps an item; its versions stay",
	"quizzes":                 "locked by an update that changes nothing",
	"quiz_uncounted":          "the queue of the figures of quizzes",
	"quiz_counted":            "made from attempts and grades, at any time again",
	"quiz_passers":            "made from attempts and passes, at any time again",
	"quiz_figures":            "sums of attempts, at any time again",
	"item_figures":            "sums of grades, at any time again",
	"search_sources":          "made from other tables, at any time again",
	"search_sections":         "made from other tables, at any time again",
}

func TestEveryTableRefusesChangeUnlessItsRowsChange(t *testing.T) {
	db, listed := testdb.Tx(t), map[string]bool{}
	for _, table := range tables(t) {
		var refused []string
		err := db.Raw(`SELECT unnest(ARRAY[CASE WHEN tgtype & 16 <> 0 THEN 'update' ELSE '' END, CASE WHEN tgtype & 8 <> 0 THEN 'delete' ELSE '' END, CASE WHEN tgtype & 32 <> 0 THEN 'truncate' ELSE '' END])
			FROM pg_trigger WHERE tgrelid = CAST(? AS regclass) AND tgfoid = 'refuse_change'::regproc AND tgenabled = 'O' AND tgtype & 2 <> 0`, table).Scan(&refused).Error
		if err != nil {
			t.Fatal(err)
		}
		refused = slices.DeleteFunc(refused, func(what string) bool { return what == "" })
		slices.Sort(refused)
		all, reason := strings.Join(refused, " "), changing[table]
		switch {
		case reason == "" && all != "delete truncate update":
			t.Errorf("%s is evidence and refuses %q: want update, delete and truncate refused before they happen", table, all)
		case reason != "" && all != "":
			t.Errorf("%s is said to change (%s) and refuses %s", table, reason, all)
		}
		listed[table] = true
	}
	for table := range changing {
		if !listed[table] {
			t.Errorf("%s is said to change, and there is no such table", table)
		}
	}
	if len(listed)-len(changing) < 50 {
		t.Errorf("only %d tables are evidence", len(listed)-len(changing))
	}
}

// The triggers do what they are there for, in every table.
func TestEvidenceRefusesTruncate(t *testing.T) {
	db := testdb.New(t)
	for _, table := range tables(t) {
		if changing[table] != "" {
			continue
		}
		err := db.Exec(`TRUNCATE ` + table + ` CASCADE`).Error
		if err == nil || !strings.Contains(err.Error(), "evidence") {
			t.Errorf("TRUNCATE %s: %v", table, err)
		}
	}
}

// unproved are the tables whose rows verify evidence does not compare one by one with
// the audit log, each with what holds instead, or why nothing has to.
var unproved = map[string]string{
	"goose_db_version": "goose keeps its own",
	"audit_events":     "the chain: verify audit",
	"audit_seals":      "the chain: verify audit",
	"audit_unsealed":   "the chain: verify audit",
	"answers":          "those of an attempt together, when it is submitted: rows of answers",
	"responsible_now":  "follows from responsible_persons: complaints",
	"satisfaction_now": "follows from satisfaction_answers: complaints",
	"credentials":      "who can sign in; that somebody did, and was given a password, is an event",
	"sessions":         "who is signed in",
	"known_devices":    "whose tries do not count",
	"throttles":        "counters",
	"quiz_uncounted":   "the queue of the figures of quizzes",
	"quiz_counted":     "made from attempts and grades, at any time again",
	"quiz_passers":     "made from attempts and passes, at any time again",
	"quiz_figures":     "sums of attempts, at any time again",
	"item_figures":     "sums of grades, at any time again",
	"search_sources":   "made from other tables, at any time again",
	"search_sections":  "made from other tables, at any time again",
}

// Every table is compared with what the audit log carries of its rows, unless it is said
// why not, and its triggers carry what the comparison reads.
func TestEveryTableOfTheEvidenceIsProved(t *testing.T) {
	db, proved := testdb.Tx(t), map[string]bool{}
	for _, table := range records.EvidenceTables() {
		proved[table.Name] = true
		if table.Changes != (changing[table.Name] != "") {
			t.Errorf("%s: its rows change: %t, and here %q", table.Name, table.Changes, changing[table.Name])
		}
		var triggers []string
		err := db.Raw(`SELECT concat_ws(' ', CASE WHEN tgtype & 4 <> 0 THEN 'insert' WHEN tgtype & 8 <> 0 THEN 'delete' ELSE 'update' END, replace(encode(tgargs, 'escape'), '\000', ' '))
			FROM pg_trigger WHERE tgrelid = CAST(? AS regclass) AND tgfoid = 'note_written'::regproc AND tgenabled = 'O' ORDER BY 1`, table.Name).Scan(&triggers).Error
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, verb := range []string{"delete", "insert", "update"} {
			if verb == "insert" || table.Changes {
				want = append(want, verb+" {"+strings.Join(table.Keys, ",")+"} {"+strings.Join(table.LeftOut, ",")+"} ")
			}
		}
		if !slices.Equal(triggers, want) {
			t.Errorf("%s is noted by %q, want %q", table.Name, triggers, want)
		}
	}
	for _, table := range tables(t) {
		if reason := unproved[table]; proved[table] == (reason != "") {
			t.Errorf("%s: proved: %t, and here %q", table, proved[table], reason)
		}
	}
}
