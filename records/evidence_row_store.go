package records

import (
	"context"
	"fmt"
	"strings"

	"anwen/internal/database"
)

// storedRows are the rows of all tables with their keys and hashes.
func storedRows() string {
	parts := []string{`SELECT 'answers' COLLATE "C" AS kind, attempt_id::text COLLATE "C" AS key, answers_hash(attempt_id) AS hash, false AS changes FROM submissions`}
	for _, t := range evidenceTables {
		parts = append(parts, fmt.Sprintf(`SELECT '%[1]s' COLLATE "C", row_key(c, '{%[2]s}') COLLATE "C", row_hash(c - CAST('{%[3]s}' AS text[])), %[4]t FROM %[1]s AS t, to_jsonb(t) AS c`,
			t.Name, strings.Join(t.Keys, ","), strings.Join(t.LeftOut, ","), t.Changes))
	}
	return strings.Join(parts, "\n\tUNION ALL ")
}

// comparedRowsTx are, by table, how many rows there are, how many of them are known from
// the event that all of this began with, and what differs. All tables are compared in one
// go, so that the log is taken apart once. A row that is written once and of which two
// events say different things was removed and written anew.
func comparedRowsTx(ctx context.Context, tx database.Tx) (map[string]EvidenceKind, error) {
	found := map[string]EvidenceKind{}
	err := database.Rows(ctx, tx, func(row database.Scanner) error {
		var k EvidenceKind
		if err := row.Scan(&k.Name, &k.Checked, &k.Early, &k.Differences, &k.First); err != nil {
			return err
		}
		found[k.Name] = k
		return nil
	}, `WITH told AS (
		SELECT (w.piece->>0) COLLATE "C" AS kind, h.key COLLATE "C" AS key, (array_agg(h.value ORDER BY e.id DESC, w.n DESC))[1] AS hash,
			min(h.value) FILTER (WHERE e.action <> 'evidence.began') <> max(h.value) FILTER (WHERE e.action <> 'evidence.began') AS unlike,
			bool_and(e.action = 'evidence.began') AS early
		FROM audit_events e, jsonb_array_elements(e.written) WITH ORDINALITY AS w(piece, n), jsonb_each_text(w.piece->1) h
		WHERE e.written IS NOT NULL GROUP BY 1, 2
	), stored AS (
		`+storedRows()+`
	)
	SELECT coalesce(s.kind, t.kind) AS kind, count(s.key), count(s.key) FILTER (WHERE t.early), count(d.what), coalesce(min('row ' || coalesce(s.key, t.key) || ': ' || d.what), '')
	FROM stored s FULL JOIN (SELECT * FROM told WHERE hash <> '') t ON t.kind = s.kind AND t.key = s.key
	CROSS JOIN LATERAL (SELECT CASE WHEN s.key IS NULL THEN `+removed+` WHEN t.key IS NULL THEN `+putIn+` WHEN s.hash <> t.hash THEN `+altered+`
		WHEN t.unlike AND NOT s.changes THEN 'the audit log tells of it twice, and not the same' END AS what) d
	GROUP BY 1`)
	return found, err
}

// guardDifferences are tables of the evidence without one of the triggers that refuse
// changes and tell of what is written, or with one that was switched off.
func guardDifferences() string {
	rows := make([]string, len(evidenceTables))
	for i, t := range evidenceTables {
		rows[i] = fmt.Sprintf(`('%s', %t)`, t.Name, t.Changes)
	}
	return `WITH guards AS (SELECT tgrelid, tgfoid, count(*) AS n FROM pg_trigger WHERE tgenabled = 'O' GROUP BY tgrelid, tgfoid)
	SELECT t.name, 'a trigger that guards it is missing or switched off' FROM (VALUES ` + strings.Join(rows, ", ") + `) AS t(name, changes)
	WHERE coalesce((SELECT n FROM guards WHERE tgrelid = to_regclass(t.name) AND tgfoid = 'note_written'::regproc), 0) <> CASE WHEN changes THEN 3 ELSE 1 END
	   OR NOT changes AND coalesce((SELECT n FROM guards WHERE tgrelid = to_regclass(t.name) AND tgfoid = 'refuse_change'::regproc), 0) <> 2
	UNION ALL SELECT 'audit_events', 'a trigger that guards it is missing or switched off'
	WHERE (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'audit_events'::regclass AND tgenabled = 'O' AND tgfoid IN ('refuse_change'::regproc, 'queue_for_sealing'::regproc, 'carry_written'::regproc)) <> 4
	ORDER BY 1`
}

const countGuards = `SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal`
