package search

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/policies/clauses"
)

// sourceRow is a row of search_sources.
type sourceRow struct {
	ID       int64
	Kind     Kind
	SourceID int64
	InForce  string // a daterange
}

func (sourceRow) TableName() string { return "search_sources" }

// sectionRow is a row of search_sections.
type sectionRow struct {
	Source  int64
	ShownIn database.Array[string] // the languages whose readers are shown it
	Code    string
	Number  int
	Title   string
	Heading string
	Name    string // code and title as they are compared
	InForce string // as of its source
	Body    string
	Words   string // a tsvector
}

func (sectionRow) TableName() string { return "search_sections" }

// wanted are the sources that should be in the index, with the days on which they are
// in force: the versions of a policy that are so on a day or will be, until the next one
// or the repeal, and the newest lessons and briefings.
const wanted = `
	SELECT 'policy' AS kind, id AS source_id, daterange(effective_from, until) AS in_force
	FROM (SELECT v.id, v.effective_from, least(x.effective_from,
			min(v.effective_from) OVER (PARTITION BY v.policy_id ORDER BY v.number ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS until
		FROM policy_versions v LEFT JOIN policy_repeals x ON x.policy_id = v.policy_id) days
	WHERE until IS NULL OR until > greatest(effective_from, CAST(@day AS date))
	UNION ALL SELECT 'lesson', max(id), daterange(NULL, NULL) FROM course_revisions GROUP BY course_id
	UNION ALL SELECT 'briefing', max(id), daterange(NULL, NULL) FROM briefing_revisions GROUP BY briefing_id`

// isWanted is a source o of the index that should be there with its days.
const isWanted = `w.kind = o.kind AND w.source_id = o.source_id AND w.in_force = o.in_force`

// lockIndexTx takes the index for this transaction; false when somebody has it.
func lockIndexTx(ctx context.Context, tx database.Tx) (mine bool, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT pg_try_advisory_xact_lock(hashtextextended('search', 0))`).Scan(&mine).Error
	return mine, err
}

// deleteReplacedTx drops the sources that were replaced before the day, and those
// whose days have changed.
func deleteReplacedTx(ctx context.Context, tx database.Tx, day string) (dropped int, err error) {
	done := tx.WithContext(ctx).Exec(`DELETE FROM search_sources o WHERE NOT EXISTS (SELECT FROM (`+wanted+`) w WHERE `+isWanted+`)`, map[string]any{"day": day})
	return int(done.RowsAffected), done.Error
}

// newSourcesTx are the sources that the index does not hold yet, with the day as
// deleteReplacedTx.
func newSourcesTx(ctx context.Context, tx database.Tx, day string) (list []source, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT w.kind, w.source_id, w.in_force::text AS in_force FROM (`+wanted+`) w
		WHERE NOT EXISTS (SELECT FROM search_sources o WHERE `+isWanted+`) ORDER BY 1, 2`, map[string]any{"day": day}).Scan(&list).Error
	return list, err
}

func insertSourceTx(ctx context.Context, tx database.Tx, src source, sections []sectionRow) error {
	row := sourceRow{Kind: src.Kind, SourceID: src.SourceID, InForce: src.InForce}
	if err := database.Table[sourceRow](tx).Create(ctx, &row); err != nil || len(sections) == 0 {
		return err
	}
	for i := range sections {
		sections[i].Source, sections[i].InForce = row.ID, row.InForce
	}
	return database.Table[sectionRow](tx).CreateInBatches(ctx, &sections, 1000)
}

// clausesTx cuts a version of a policy into its clauses.
func clausesTx(ctx context.Context, tx database.Tx, version int64) ([]section, error) {
	var rows []struct {
		Code, Markdown string
		Titles         i18n.Texts
		Number         int
		Locale         i18n.Locale
	}
	err := tx.WithContext(ctx).Raw(`SELECT p.code, v.titles, v.number, t.locale, t.markdown
		FROM policy_texts t JOIN policy_versions v ON v.id = t.version_id JOIN policies p ON p.id = v.policy_id WHERE v.id = ?`, version).Scan(&rows).Error
	var list []section
	for _, r := range rows {
		for _, c := range clauses.Parse(r.Markdown).Clauses {
			list = append(list, section{locale: r.Locale, code: r.Code, number: r.Number, title: titleOf(r.Titles, r.Locale, r.Code), heading: headingOf(c), body: readable(c.Text)})
		}
	}
	return list, err
}

// titleOf is a title in the language or the nearest there is, else the code.
func titleOf(titles i18n.Texts, l i18n.Locale, code string) string {
	if title := titles.In(l); title != "" {
		return title
	}
	return code
}

// lessonsTx are the lessons of a course's revision.
func lessonsTx(ctx context.Context, tx database.Tx, revision int64) ([]section, error) {
	var rows []struct {
		Slug, Heading, Plain string
		Titles               i18n.Texts
		N                    int
		Locale               i18n.Locale
	}
	err := tx.WithContext(ctx).Raw(`SELECT c.slug, r.titles, l.n, t.locale, t.title AS heading, t.plain
		FROM lesson_texts t JOIN lessons l ON l.id = t.lesson_id JOIN course_revisions r ON r.id = l.revision_id JOIN courses c ON c.id = r.course_id
		WHERE r.id = ? ORDER BY l.n`, revision).Scan(&rows).Error
	list := make([]section, len(rows))
	for i, r := range rows {
		list[i] = section{locale: r.Locale, code: r.Slug, number: r.N, title: titleOf(r.Titles, r.Locale, r.Slug), heading: r.Heading, body: r.Plain}
	}
	return list, err
}

// partsTx are the three parts of a briefing's revision; none when it is for one
// unit only.
func partsTx(ctx context.Context, tx database.Tx, revision int64) ([]section, error) {
	var rows []struct {
		Month, Title, Changes, Impact, Plan string
		Locale                              i18n.Locale
	}
	err := tx.WithContext(ctx).Raw(`SELECT b.month, t.locale, t.title, t.changes, t.impact, t.plan
		FROM briefing_texts t JOIN briefing_revisions r ON r.id = t.revision_id JOIN briefings b ON b.id = r.briefing_id WHERE r.id = ? AND b.unit_id IS NULL`, revision).Scan(&rows).Error
	var list []section
	for _, r := range rows {
		for i, part := range []string{r.Changes, r.Impact, r.Plan} {
			list = append(list, section{locale: r.Locale, code: r.Month, number: i + 1, title: r.Title, body: readable(part)})
		}
	}
	return list, err
}
