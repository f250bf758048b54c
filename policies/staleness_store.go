package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies/clauses"
)

// changeRow is a row of citation_changes: what a version did to a clause that is cited.
type changeRow struct {
	CitationID int64
	VersionID  int64
	Fate       clauses.Fate
	Now        string
}

func (changeRow) TableName() string { return "citation_changes" }

// notReviewed holds for a citation c with a change x to version number x.number
// that no review has caught up with.
const notReviewed = `NOT EXISTS (SELECT FROM citation_reviews w JOIN policy_versions g ON g.id = w.version_id
	WHERE w.citation_id = c.id AND g.number >= x.number)`

// insertChangesTx stores what a version makes stale.
func insertChangesTx(ctx context.Context, tx database.Tx, versionID int64, effects []effect) error {
	if len(effects) == 0 {
		return nil
	}
	rows := make([]changeRow, len(effects))
	for i, e := range effects {
		rows[i] = changeRow{CitationID: e.ID, VersionID: versionID, Fate: e.fate, Now: e.now}
	}
	if err := database.Table[changeRow](tx).CreateInBatches(ctx, &rows, 1000); err != nil {
		return fmt.Errorf("what version %d makes stale: %w", versionID, err)
	}
	return nil
}

// staleCitations are the stale citations that the filter lets through, by policy and
// clause; when there are too many, those of the newest changes.
func staleCitations(ctx context.Context, conn database.Conn, l i18n.Locale, f StaleFilter) ([]Stale, error) {
	var rows []struct {
		Stale
		Titles, PolicyTitles Texts
		Address              string
		FoundIn              i18n.Locale
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT c.id, r.kind, r.code AS source, r.titles, c.part, c.locale, coalesce(a.name, '') AS author,
			p.code AS policy, p.titles AS policy_titles, c.clause, c.address, c.found_in, v.number AS version,
			f.number AS since, f.effective_from, x.number AS changed, x.fate, x.now
		FROM citations c
		JOIN citing_revisions r ON r.id = c.citing_id
		JOIN policy_versions v ON v.id = c.version_id
		JOIN policies p ON p.id = v.policy_id
		LEFT JOIN staff a ON a.id = r.author_id
		JOIN LATERAL (SELECT g.number, y.fate, y.now FROM citation_changes y JOIN policy_versions g ON g.id = y.version_id
			WHERE y.citation_id = c.id ORDER BY g.number DESC LIMIT 1) x ON true
		JOIN LATERAL (SELECT g.number, g.effective_from::text AS effective_from FROM citation_changes y JOIN policy_versions g ON g.id = y.version_id
			WHERE y.citation_id = c.id AND g.number > coalesce((SELECT max(h.number) FROM citation_reviews e JOIN policy_versions h ON h.id = e.version_id
				WHERE e.citation_id = c.id), 0) ORDER BY g.number LIMIT 1) f ON true
		WHERE `+notReviewed+` AND @policy IN ('', p.code) AND @kind IN ('', r.kind) AND @source IN ('', r.code) AND `+newestRevision+`
		ORDER BY f.effective_from DESC, p.code, r.kind, r.code, c.part, c.locale LIMIT 500`,
		map[string]any{"policy": f.Policy, "kind": f.Kind, "source": f.Source}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("stale citations: %w", err)
	}
	names := newClauseNames(func(code string, n int) (Texts, error) { return textsOf(ctx, conn, code, n) })
	list := make([]Stale, len(rows))
	for i, r := range rows {
		list[i] = r.Stale
		list[i].Title, list[i].PolicyTitle = r.Titles.In(l), r.PolicyTitles.In(l)
		if list[i].ClauseName, list[i].order, err = names.of(r.Policy, r.Version, r.FoundIn, r.Clause, r.Address); err != nil {
			return nil, err
		}
	}
	sortByClause(list)
	return list, nil
}

// insertReviewTx records a review of the change that was shown, which must be the
// newest; done is false when it is not, or when the citation is not stale.
func insertReviewTx(ctx context.Context, tx database.Tx, actor people.Actor, in ReviewInput, now time.Time) (done bool, err error) {
	inserted := tx.WithContext(ctx).Exec(`INSERT INTO citation_reviews (citation_id, version_id, reviewer_id, note, reviewed_at)
		SELECT c.id, x.version_id, CAST(@actor AS bigint), @note, @now
		FROM citations c
		JOIN LATERAL (SELECT x.version_id, v.number FROM citation_changes x JOIN policy_versions v ON v.id = x.version_id
			WHERE x.citation_id = c.id ORDER BY v.number DESC LIMIT 1) x ON true
		WHERE c.id = @id AND x.number = @changed AND `+notReviewed+` ON CONFLICT DO NOTHING`,
		map[string]any{"actor": actor.By(), "note": in.Note, "now": now, "id": in.ID, "changed": in.Changed})
	if inserted.Error != nil {
		return false, fmt.Errorf("review citation %d: %w", in.ID, inserted.Error)
	}
	return inserted.RowsAffected > 0, nil
}
