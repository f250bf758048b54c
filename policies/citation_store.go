package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// newestText is the newest published version of a policy, whether it is in force
// yet or not.
type newestText struct {
	versionID int64
	number    int
	texts     Texts
}

func newestTexts(ctx context.Context, conn database.Conn, codes []string) (map[string]newestText, error) {
	var rows []struct {
		Code, Markdown string
		ID             int64
		Number         int
		Locale         i18n.Locale
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT p.code, v.id, v.number, t.locale, t.markdown FROM policies p
		JOIN LATERAL (SELECT id, number FROM policy_versions WHERE policy_id = p.id ORDER BY number DESC LIMIT 1) v ON true
		JOIN policy_texts t ON t.version_id = v.id WHERE p.code = ANY (?)`, database.Array[string](codes)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("texts of the policies %v: %w", codes, err)
	}
	newest := map[string]newestText{}
	for _, r := range rows {
		if newest[r.Code].texts == nil {
			newest[r.Code] = newestText{versionID: r.ID, number: r.Number, texts: Texts{}}
		}
		newest[r.Code].texts[r.Locale] = r.Markdown
	}
	return newest, nil
}

func insertCitationsTx(ctx context.Context, tx database.Tx, source Citing, found []cited, authorID int64, now time.Time) error {
	titles, err := asJSON(source.Titles)
	if err != nil {
		return err
	}
	var id int64
	err = tx.WithContext(ctx).Raw(`INSERT INTO citing_revisions (kind, code, revision, titles, author_id, cited_at)
		VALUES (?, ?, ?, ?::jsonb, nullif(?, 0), ?) RETURNING id`, source.Kind, source.Code, source.Revision, titles, authorID, now).Scan(&id).Error
	for i := 0; err == nil && i < len(found); i++ {
		c := found[i]
		err = tx.WithContext(ctx).Exec(`INSERT INTO citations (citing_id, part, locale, version_id, clause, address, found_in) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT citations_key DO NOTHING`, // cited twice in one lesson
			id, c.Part, c.Locale, c.versionID, c.Clause, c.address, c.foundIn).Error
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
	VersedID int64
	Part     string
	Locale   i18n.Locale
	Kind     CitingKind
	Source   string // its code
	Titles   textsJSON
	Author   string
	Reviewed int // number of the version that it was reviewed with; 0: never
}

// citationsOf lists what cites the policy now.
func citationsOf(ctx context.Context, conn database.Conn, policyCode string) ([]currentCitation, error) {
	var rows []currentCitation
	err := conn.WithContext(ctx).Raw(`
		SELECT c.id, c.clause, c.address, c.found_in, v.number AS version, v.id AS versed_id, c.part, c.locale,
			r.kind, r.code AS source, r.titles::text AS titles, coalesce(a.name, '') AS author, coalesce(w.number, 0) AS reviewed
		FROM citations c
		JOIN citing_revisions r ON r.id = c.citing_id
		JOIN policy_versions v ON v.id = c.version_id
		JOIN policies p ON p.id = v.policy_id
		LEFT JOIN people a ON a.id = r.author_id
		LEFT JOIN LATERAL (SELECT max(g.number) AS number FROM citation_reviews e JOIN policy_versions g ON g.id = e.version_id WHERE e.citation_id = c.id) w ON true
		WHERE p.code = ? AND NOT EXISTS (SELECT FROM citing_revisions n WHERE n.kind = r.kind AND n.code = r.code AND n.revision > r.revision)
		ORDER BY r.kind, r.code, c.part, c.locale, c.id`, policyCode).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("what cites policy %s: %w", policyCode, err)
	}
	return rows, nil
}

// notReviewed holds for a citation c with a change x to version number x.number
// that no review has caught up with.
const notReviewed = `NOT EXISTS (SELECT FROM citation_reviews w JOIN policy_versions g ON g.id = w.version_id
	WHERE w.citation_id = c.id AND g.number >= x.number)`

// StaleFilter narrows a list of stale citations; empty fields do not.
type StaleFilter struct {
	Policy string
	Kind   CitingKind
	Source string
}

// StaleCitations lists what cites clauses that changed since and waits for a
// review, newest change first. Everybody may see it: a reader is told that a
// lesson waits for its author.
func (s *Service) StaleCitations(ctx context.Context, l i18n.Locale, f StaleFilter) ([]Stale, error) {
	var rows []struct {
		Stale
		Titles, PolicyTitles textsJSON
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.id, r.kind, r.code AS source, r.titles::text AS titles, c.part, c.locale, coalesce(a.name, '') AS author,
			p.code AS policy, p.titles::text AS policy_titles, c.clause, v.number AS version,
			x.number AS changed, x.effective_from, x.fate, x.now
		FROM citations c
		JOIN citing_revisions r ON r.id = c.citing_id
		JOIN policy_versions v ON v.id = c.version_id
		JOIN policies p ON p.id = v.policy_id
		LEFT JOIN people a ON a.id = r.author_id
		JOIN LATERAL (SELECT g.number, g.effective_from::text AS effective_from, y.fate, y.now FROM citation_changes y JOIN policy_versions g ON g.id = y.version_id
			WHERE y.citation_id = c.id ORDER BY g.number DESC LIMIT 1) x ON true
		WHERE `+notReviewed+` AND @policy IN ('', p.code) AND @kind IN ('', r.kind) AND @source IN ('', r.code)
			AND NOT EXISTS (SELECT FROM citing_revisions n WHERE n.kind = r.kind AND n.code = r.code AND n.revision > r.revision)
		ORDER BY x.effective_from DESC, p.code, r.kind, r.code, c.part, c.locale LIMIT 500`,
		map[string]any{"policy": f.Policy, "kind": string(f.Kind), "source": f.Source}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("stale citations: %w", err)
	}
	list := make([]Stale, len(rows))
	for i, r := range rows {
		list[i] = r.Stale
		list[i].Title, list[i].PolicyTitle = r.Titles.in(l), r.PolicyTitles.in(l)
	}
	return list, nil
}
