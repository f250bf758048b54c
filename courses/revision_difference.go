package courses

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/people"
	"anwen/policies/clauses"
)

// Revision is a published state of a course, in its history.
type Revision struct {
	Number      int
	PublishedAt time.Time
	PublishedBy string
	SHA256      []byte `gorm:"column:sha256"`
	Kept        bool   // its files can be exported and compared
}

// FileChange is how a file changed between two revisions.
type FileChange struct {
	Name   string
	Change string // added, removed or changed
	Text   bool   // it can be compared line by line
}

// RevisionDifference is how a revision differs from an older one: the files, and
// the words of the one asked for.
type RevisionDifference struct {
	Slug     string
	From, To int
	Files    []FileChange
	Name     string // of the file compared; empty: none changed
	clauses.Difference
}

// Revisions lists the history of a course, newest first. Forbidden without the
// role Author, Compliance or Auditor; NotFound when there is no such course.
func (s *Service) Revisions(ctx context.Context, actor people.Actor, slug string) ([]Revision, error) {
	if err := readerOnly(actor); err != nil {
		return nil, err
	}
	list, err := revisionsOf(ctx, s.db, slug)
	if err != nil {
		return nil, fmt.Errorf("revisions of course %s: %w", slug, err)
	}
	if len(list) == 0 {
		return nil, NotFound(slug)
	}
	return list, nil
}

// DifferenceOf compares a revision with an older one, 0 being the one before it, and shows
// the named file, or the first text that changed, among those of Export. Forbidden without
// the role Author, Compliance or Auditor; NotFound for an unknown revision; Conflict when
// the files of one were not kept, and for a text that is too long to be compared.
func (s *Service) DifferenceOf(ctx context.Context, actor people.Actor, slug string, from, to int, name string) (RevisionDifference, error) {
	newer, err := s.readableFiles(ctx, actor, slug, to)
	if err != nil {
		return RevisionDifference{}, err
	}
	if from == 0 {
		from = to - 1
	}
	older := archive.Files{}
	if from > 0 {
		if older, err = s.readableFiles(ctx, actor, slug, from); err != nil {
			return RevisionDifference{}, err
		}
	}
	d, err := compareFiles(ctx, older, newer, name)
	d.Slug, d.From, d.To = slug, from, to
	return d, err
}

// compareFiles tells which files differ, and how the words of one do. Conflict when it is
// too long.
func compareFiles(ctx context.Context, older, newer archive.Files, name string) (d RevisionDifference, err error) {
	all := archive.Files{}
	for _, files := range []archive.Files{older, newer} {
		for n, data := range files {
			all[n] = data
		}
	}
	for _, n := range all.Names() {
		was, had := older[n]
		is, has := newer[n]
		change := FileChange{Name: n, Change: "changed", Text: isText(n)}
		switch {
		case !had:
			change.Change = "added"
		case !has:
			change.Change = "removed"
		case bytes.Equal(was, is):
			continue
		}
		d.Files = append(d.Files, change)
		if change.Text && (n == name || name == "" && d.Name == "") {
			d.Name = n
			if clauses.TooLong(readable(was), readable(is)) {
				return RevisionDifference{}, errs.New(errs.Conflict, "courses.too_long_to_compare", nil)
			}
			if d.Difference, err = clauses.CompareWithin(ctx, readable(was), readable(is)); err != nil {
				return RevisionDifference{}, err
			}
		}
	}
	return d, nil
}

// readable is a text file in UTF-8, whatever its encoding was.
func readable(raw []byte) string {
	text, _, ok := archive.Text(raw)
	if !ok {
		return ""
	}
	return string(text)
}
