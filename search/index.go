package search

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/policies/clauses"
)

// wanted are the sources that should be in the index: the newest of everything
// that is published.
const wanted = `
	SELECT 'policy' AS kind, max(id) AS source_id FROM policy_versions GROUP BY policy_id
	UNION ALL SELECT 'lesson', max(id) FROM course_revisions GROUP BY course_id
	UNION ALL SELECT 'briefing', max(id) FROM briefing_revisions GROUP BY briefing_id`

type source struct {
	Kind     Kind
	SourceID int64
}

// section is a part of a source in one language.
type section struct {
	locale         i18n.Locale
	code           string
	number         int
	title, heading string
	body           string
}

// CatchUp takes in what was published since, and drops what a newer text has
// replaced; it returns how many sources changed. Several instances may call it at
// once: one does the work.
func (s *Service) CatchUp(ctx context.Context) (changed int, err error) {
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		var mine bool
		if err := tx.Raw(`SELECT pg_try_advisory_xact_lock(hashtextextended('search', 0))`).Scan(&mine).Error; err != nil || !mine {
			return err
		}
		dropped := tx.Exec(`DELETE FROM search_sources o WHERE NOT EXISTS (SELECT FROM (` + wanted + `) w WHERE w.kind = o.kind AND w.source_id = o.source_id)`)
		if dropped.Error != nil {
			return dropped.Error
		}
		changed = int(dropped.RowsAffected)
		var fresh []source
		err := tx.Raw(`SELECT w.kind, w.source_id FROM (` + wanted + `) w
			WHERE NOT EXISTS (SELECT FROM search_sources o WHERE o.kind = w.kind AND o.source_id = w.source_id) ORDER BY 1, 2`).Scan(&fresh).Error
		if err != nil {
			return err
		}
		for _, src := range fresh {
			if err := takeInTx(tx, src); err != nil {
				return fmt.Errorf("index %s %d: %w", src.Kind, src.SourceID, err)
			}
			changed++
		}
		return nil
	})
	return changed, err
}

func takeInTx(tx database.Tx, src source) error {
	sections, err := readTx(tx, src)
	if err != nil {
		return err
	}
	var id int64
	if err := tx.Raw(`INSERT INTO search_sources (kind, source_id) VALUES (?, ?) RETURNING id`, string(src.Kind), src.SourceID).Scan(&id).Error; err != nil {
		return err
	}
	readers := readersOf(sections)
	titled := map[i18n.Locale]bool{}
	for _, c := range sections {
		if len(readers[c.locale]) == 0 {
			continue // nobody is shown this language while there are the others
		}
		// The title is found once, with the first section: else every section
		// would answer for it.
		title := c.title
		if titled[c.locale] {
			title = ""
		}
		titled[c.locale] = true
		err := tx.Exec(`INSERT INTO search_sections (source, shown_in, code, number, title, heading, body, words) VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS tsvector))`,
			id, database.Array[string](readers[c.locale]), c.code, c.number, c.title, c.heading, c.body, vector(title, c.heading, c.body)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// readersOf tells for each language of a source whose readers are shown it.
func readersOf(sections []section) map[i18n.Locale][]string {
	there := i18n.Texts{}
	for _, c := range sections {
		there[c.locale] = string(c.locale)
	}
	readers := map[i18n.Locale][]string{}
	for _, reader := range i18n.Locales {
		_, best := there.Pick(reader)
		readers[best] = append(readers[best], string(reader))
	}
	return readers
}

func readTx(tx database.Tx, src source) ([]section, error) {
	switch src.Kind {
	case Policy:
		return readPolicyTx(tx, src.SourceID)
	case Lesson:
		return readLessonsTx(tx, src.SourceID)
	}
	return readBriefingTx(tx, src.SourceID)
}

// readPolicy cuts a version into its clauses.
func readPolicyTx(tx database.Tx, version int64) ([]section, error) {
	var rows []struct {
		Code, Title, Markdown string
		Number                int
		Locale                i18n.Locale
	}
	err := tx.Raw(`SELECT p.code, v.number, t.locale, t.markdown, coalesce(p.titles ->> t.locale, p.titles ->> 'zh-Hans', p.titles ->> 'en', p.code) AS title
		FROM policy_texts t JOIN policy_versions v ON v.id = t.version_id JOIN policies p ON p.id = v.policy_id WHERE v.id = ?`, version).Scan(&rows).Error
	var list []section
	for _, r := range rows {
		for _, c := range clauses.Parse(r.Markdown).Clauses {
			list = append(list, section{locale: r.Locale, code: r.Code, number: r.Number, title: r.Title, heading: headingOf(c), body: readable(c.Text)})
		}
	}
	return list, err
}

func headingOf(c clauses.Clause) string {
	if c.Kind == clauses.Preamble || c.Kind == clauses.Paragraph {
		return ""
	}
	return c.Name()
}

func readLessonsTx(tx database.Tx, revision int64) ([]section, error) {
	var rows []struct {
		Slug, Title, Heading, Plain string
		N                           int
		Locale                      i18n.Locale
	}
	err := tx.Raw(`SELECT c.slug, l.n, t.locale, t.title AS heading, t.plain, coalesce(r.titles ->> t.locale, r.titles ->> 'zh-Hans', r.titles ->> 'en', c.slug) AS title
		FROM lesson_texts t JOIN lessons l ON l.id = t.lesson_id JOIN course_revisions r ON r.id = l.revision_id JOIN courses c ON c.id = r.course_id
		WHERE r.id = ? ORDER BY l.n`, revision).Scan(&rows).Error
	list := make([]section, len(rows))
	for i, r := range rows {
		list[i] = section{locale: r.Locale, code: r.Slug, number: r.N, title: r.Title, heading: r.Heading, body: r.Plain}
	}
	return list, err
}

func readBriefingTx(tx database.Tx, revision int64) ([]section, error) {
	var rows []struct {
		Month, Title, Changes, Impact, Plan string
		Locale                              i18n.Locale
	}
	err := tx.Raw(`SELECT b.month, t.locale, t.title, t.changes, t.impact, t.plan
		FROM briefing_texts t JOIN briefing_revisions r ON r.id = t.revision_id JOIN briefings b ON b.id = r.briefing_id WHERE r.id = ? AND b.unit_id IS NULL`, revision).Scan(&rows).Error
	var list []section
	for _, r := range rows {
		for i, part := range []string{r.Changes, r.Impact, r.Plan} {
			list = append(list, section{locale: r.Locale, code: r.Month, number: i + 1, title: r.Title, body: readable(part)})
		}
	}
	return list, err
}
