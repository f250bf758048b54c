package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// citingRow is a row of citing_revisions: a revision that cites clauses.
type citingRow struct {
	ID       int64
	Kind     CitingKind
	Code     string
	Revision int
	Titles   Texts
	AuthorID *int64
	CitedAt  time.Time
}

func (citingRow) TableName() string { return "citing_revisions" }

// insertCitationsTx records a revision and what it cites; a clause that one part
// cites twice counts once.
func insertCitationsTx(ctx context.Context, tx database.Tx, source Citing, found []cited, author people.Actor, now time.Time) error {
	row := citingRow{Kind: source.Kind, Code: source.Code, Revision: source.Revision, Titles: trimmed(source.Titles), AuthorID: author.By(), CitedAt: now}
	err := database.Table[citingRow](tx).Create(ctx, &row)
	for i := 0; err == nil && i < len(found); i++ {
		c := found[i]
		err = tx.WithContext(ctx).Exec(`INSERT INTO citations (citing_id, part, locale, version_id, clause, address, found_in) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT citations_key DO NOTHING`,
			row.ID, c.Part, c.Locale, c.versionID, c.Clause, c.address, c.foundIn).Error
	}
	if err != nil {
		return fmt.Errorf("record what %s %s cites: %w", source.Kind, source.Code, err)
	}
	return nil
}

// currentCitation is a citation of a newest revision, with the version that it
// was last found right with.
type currentCitation struct {
	ID       int64
	Clause   string
	Address  string
	FoundIn  i18n.Locale
	Version  int // number of the version cited
	Part     string
	Locale   i18n.Locale
	Kind     CitingKind
	Source   string // its code
	Titles   Texts
	Author   string
	Reviewed int // number of the version that it was reviewed with; 0: never
}

// newestRevision keeps a citing revision r to which there is no newer one.
const newestRevision = `NOT EXISTS (SELECT FROM citing_revisions n WHERE n.kind = r.kind AND n.code = r.code AND n.revision > r.revision)`

// citationsOf lists what cites the policy now.
func citationsOf(ctx context.Context, conn database.Conn, policyCode string) (list []currentCitation, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT c.id, c.clause, c.address, c.found_in, v.number AS version, c.part, c.locale,
			r.kind, r.code AS source, r.titles, coalesce(a.name, '') AS author, coalesce(w.number, 0) AS reviewed
		FROM citations c
		JOIN citing_revisions r ON r.id = c.citing_id
		JOIN policy_versions v ON v.id = c.version_id
		JOIN policies p ON p.id = v.policy_id
		LEFT JOIN staff a ON a.id = r.author_id
		LEFT JOIN LATERAL (SELECT max(g.number) AS number FROM citation_reviews e JOIN policy_versions g ON g.id = e.version_id WHERE e.citation_id = c.id) w ON true
		WHERE p.code = ? AND `+newestRevision+`
		ORDER BY r.kind, r.code, c.part, c.locale, c.id`, policyCode).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("what cites policy %s: %w", policyCode, err)
	}
	return list, nil
}
