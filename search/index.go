package search

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/i18n"
	"anwen/policies/clauses"
)

// source is a published text that the index holds or should hold.
type source struct {
	Kind     Kind
	SourceID int64  // of the policy's version, the course's or the briefing's revision
	InForce  string // the days, as PostgreSQL writes them
}

// section is a part of a source in one language.
type section struct {
	locale         i18n.Locale
	code           string
	number         int
	title, heading string
	body           string
}

// CatchUp takes in what was published since, and drops what a newer text or a repeal has
// replaced everywhere, which a day after it has in the east; it returns how many sources
// changed. Several instances may call it at once: one does the work.
func (s *Service) CatchUp(ctx context.Context) (changed int, err error) {
	day := date.Text(new(date.In(s.now(), time.UTC).AddDate(0, 0, -1)))
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		mine, err := lockIndexTx(ctx, tx)
		if err != nil || !mine {
			return err
		}
		if changed, err = deleteReplacedTx(ctx, tx, day); err != nil {
			return err
		}
		fresh, err := newSourcesTx(ctx, tx, day)
		if err != nil {
			return err
		}
		for _, src := range fresh {
			if err := takeInTx(ctx, tx, src); err != nil {
				return fmt.Errorf("index %s %d: %w", src.Kind, src.SourceID, err)
			}
			changed++
		}
		return nil
	})
	return changed, err
}

// takeInTx cuts a source into sections and stores those that somebody is shown.
func takeInTx(ctx context.Context, tx database.Tx, src source) error {
	sections, err := sectionsTx(ctx, tx, src)
	if err != nil {
		return err
	}
	readers := readersOf(sections)
	titled := map[i18n.Locale]bool{}
	var rows []sectionRow
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
		words := c.body
		if src.Kind == Lesson { // whose lines are paragraphs, not wrapped ones
			words = strings.ReplaceAll(words, "\n", "\n\n")
		}
		rows = append(rows, sectionRow{ShownIn: readers[c.locale], Code: c.code, Number: c.number,
			Title: c.title, Heading: c.heading, Name: nameOf(c.code, c.title), Body: c.body, Words: vector(title, c.heading, words, c.title, c.code)})
	}
	return insertSourceTx(ctx, tx, src, rows)
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

// sectionsTx are the clauses of a policy, the lessons of a course or the parts of a
// briefing.
func sectionsTx(ctx context.Context, tx database.Tx, src source) ([]section, error) {
	switch src.Kind {
	case Policy:
		return clausesTx(ctx, tx, src.SourceID)
	case Lesson:
		return lessonsTx(ctx, tx, src.SourceID)
	}
	return partsTx(ctx, tx, src.SourceID)
}

// headingOf is the name of a clause; "" where it has none.
func headingOf(c clauses.Clause) string {
	if c.Kind == clauses.Preamble || c.Kind == clauses.Paragraph {
		return ""
	}
	return c.Name()
}
