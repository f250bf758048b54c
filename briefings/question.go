package briefings

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// maxQuestions is how many questions a briefing may ask.
const maxQuestions = 20

// readQuestions reads what a briefing asks. Every question must link to a clause
// that one of the cited versions changed: a briefing asks about nothing else.
func (s *Service) readQuestions(ctx context.Context, in Input, faults *errs.Faults) ([][]byte, error) {
	files := map[i18n.Locale][]byte{}
	for l, text := range in.Questions {
		if text != "" {
			files[l] = []byte(text)
		}
	}
	if len(files) == 0 || s.questions == nil {
		return nil, nil
	}
	at := errs.Place{Field: "body.questions"}
	list, wrong := s.questions.ReadQuestions(files)
	for _, f := range wrong {
		faults.Add(errs.Place{Field: at.Field, File: f.File, Line: f.Line}, f.Code, f.Args)
	}
	if len(wrong) > 0 {
		return nil, nil
	}
	if len(list) > maxQuestions {
		faults.Add(at, "briefings.too_many_questions", errs.Args{"max": maxQuestions})
	}
	stored := make([][]byte, len(list))
	for i, q := range list {
		stored[i] = q.Stored
		about, err := s.asksAboutChange(ctx, q, in.Policies)
		if err != nil {
			return nil, err
		}
		if !about {
			faults.Add(at, "briefings.question_without_change", errs.Args{"name": errs.Clip(q.Name)})
		}
	}
	return stored, nil
}

// asksAboutChange tells whether the question links to a clause that the cited
// version of its policy changed.
func (s *Service) asksAboutChange(ctx context.Context, q Question, cited []PolicyRef) (bool, error) {
	about := false
	for _, c := range q.Citations {
		i := slices.IndexFunc(cited, func(p PolicyRef) bool { return p.Code == c.Policy })
		if i < 0 || c.Clause == "" {
			continue
		}
		changed, err := s.policies.ChangesClause(ctx, c.Policy, cited[i].Number, c.Clause, c.Locale)
		if err != nil {
			return false, err
		}
		about = about || changed
	}
	return about, nil
}

func insertQuestionsTx(ctx context.Context, tx *gorm.DB, key string, revision int, items [][]byte) error {
	for i, item := range items {
		err := tx.WithContext(ctx).Exec(`INSERT INTO briefing_questions (revision_id, position, item)
			SELECT r.id, ?, ?::jsonb FROM briefing_revisions r JOIN briefings b ON b.id = r.briefing_id WHERE b.key = ? AND r.number = ?`,
			i+1, string(item), key, revision).Error
		if err != nil {
			return fmt.Errorf("store question %d of the briefing %s: %w", i+1, key, err)
		}
	}
	return nil
}

func (s *Service) questionsOf(ctx context.Context, key string, revision int) ([][]byte, error) {
	var rows []string
	err := s.db.WithContext(ctx).Raw(`SELECT q.item::text FROM briefing_questions q JOIN briefing_revisions r ON r.id = q.revision_id
		JOIN briefings b ON b.id = r.briefing_id WHERE b.key = ? AND r.number = ? ORDER BY q.position`, key, revision).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("questions of the briefing %s: %w", key, err)
	}
	items := make([][]byte, len(rows))
	for i, r := range rows {
		items[i] = []byte(r)
	}
	return items, nil
}
