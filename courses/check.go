package courses

import (
	"context"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items/formats"
)

// readChecks reads the questions inside the folder's lessons, one for each place.
// Invalid with a fault per place.
func readChecks(folder *Folder) error {
	var faults errs.Faults
	folder.checks = map[checkKey][]byte{}
	for _, lesson := range folder.Lessons {
		for l, text := range lesson.Texts {
			file := "lessons/" + lessonNumber(lesson.N) + "-" + lesson.Name + "." + string(l) + ".md"
			for i, c := range text.Checks {
				list, found := formats.ReadQuestions(map[i18n.Locale][]byte{l: []byte(c.Source)})
				for _, f := range found {
					faults.Add(errs.Place{File: file, Line: c.Line + max(f.Line, 1) - 1}, f.Code, f.Args)
				}
				if len(found) == 0 && len(list) != 1 {
					faults.Add(errs.Place{File: file, Line: c.Line}, "courses.one_question_expected", errs.Args{"count": len(list)})
					continue
				}
				if len(list) == 1 {
					raw, err := list[0].Encode()
					if err != nil {
						return err
					}
					folder.checks[checkKey{lesson.N, l, i + 1}] = raw
				}
			}
		}
	}
	return faults.Err("courses.folder_refused")
}

type checkKey struct {
	lesson   int
	locale   i18n.Locale
	position int
}

// Check is a question inside a lesson, as it is stored, to judge a try at it. Tries
// are practice: they are neither graded nor kept. NotFound when there is no such
// question.
func (s *Service) Check(ctx context.Context, slug string, revision, n int, l i18n.Locale, position int) (item []byte, err error) {
	item, err = findCheck(ctx, s.db, slug, revision, n, l, position)
	if err != nil {
		return nil, fmt.Errorf("question %d in lesson %d of course %s: %w", position, n, slug, err)
	}
	if item == nil {
		return nil, errs.New(errs.NotFound, "courses.check_not_found", nil)
	}
	return item, nil
}
