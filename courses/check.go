package courses

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items/formats"
)

// readChecks reads the questions inside the folder's lessons. Each place holds
// one.
func readChecks(d *Folder) error {
	var faults errs.Faults
	d.checks = map[checkKey][]byte{}
	for _, lesson := range d.Lessons {
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
					d.checks[checkKey{lesson.N, l, i + 1}] = raw
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

func insertChecksTx(tx database.Tx, lessonID int64, n int, checks map[checkKey][]byte) error {
	for key, item := range checks {
		if key.lesson != n {
			continue
		}
		err := tx.Exec(`INSERT INTO lesson_checks (lesson_id, locale, position, item) VALUES (?, ?, ?, ?::jsonb)`,
			lessonID, string(key.locale), key.position, string(item)).Error
		if err != nil {
			return fmt.Errorf("question %d: %w", key.position, err)
		}
	}
	return nil
}

// Check is a question inside a lesson, as it is stored, to judge a try at it.
// Tries are for oneself: they are neither graded nor kept. NotFound when there is
// no such question.
func (s *Service) Check(ctx context.Context, slug string, revision, n int, l i18n.Locale, position int) (item []byte, err error) {
	var rows []string
	err = s.db.WithContext(ctx).Raw(`SELECT k.item::text FROM courses c JOIN course_revisions r ON r.course_id = c.id
		JOIN lessons l ON l.revision_id = r.id JOIN lesson_checks k ON k.lesson_id = l.id
		WHERE c.slug = ? AND r.number = ? AND l.n = ? AND k.locale = ? AND k.position = ?`, slug, revision, n, string(l), position).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("question %d in lesson %d of course %s: %w", position, n, slug, err)
	}
	if len(rows) == 0 {
		return nil, errs.New(errs.NotFound, "courses.check_not_found", nil)
	}
	return []byte(rows[0]), nil
}
