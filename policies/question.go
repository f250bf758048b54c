package policies

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Questions reads and judges what readers of a version are asked about it; the
// room of the quizzes stands behind it.
type Questions interface {
	ReadQuestions(files map[i18n.Locale][]byte) (items [][]byte, faults []errs.Fault)
	JudgeAnswer(item, response []byte) (right bool, err error)
}

// Identity asks somebody signed in for the password again.
type Identity interface {
	ConfirmPassword(ctx context.Context, actor people.Actor, password, address string) error
}

// SetGuards hands in what stands in other rooms. Without them no version may ask
// questions or be of tier 2.
func (s *Service) SetGuards(questions Questions, identity Identity) {
	s.questions, s.identity = questions, identity
}

// The tiers of an acknowledgement.
const (
	Click   = 1 // a dated statement, accepted by somebody signed in
	Stepped = 2 // the password again, and every question about the version right
)

// MaxQuestions is how many questions a version may ask.
const MaxQuestions = 20

// readQuestions checks tier and questions of a version that is to be published.
func (s *Service) readQuestions(d *checked) error {
	if d.Tier == 0 {
		d.Tier = Click
	}
	var faults errs.Faults
	files := map[i18n.Locale][]byte{}
	for l, text := range trimmed(d.Questions) {
		files[l] = []byte(text)
	}
	if len(files) > 0 && s.questions != nil {
		items, wrong := s.questions.ReadQuestions(files)
		for _, f := range wrong {
			faults.Add(errs.Place{Field: "questions", File: f.File, Line: f.Line}, f.Code, f.Args)
		}
		if len(items) > MaxQuestions {
			faults.Add(errs.Place{Field: "questions"}, "policies.too_many_questions", errs.Args{"max": MaxQuestions})
		}
		d.items = items
	}
	switch {
	case d.Tier != Click && d.Tier != Stepped:
		faults.Add(errs.Place{Field: "tier"}, "policies.unknown_tier", nil)
	case d.Tier == Stepped && len(files) == 0:
		faults.Add(errs.Place{Field: "questions"}, "policies.tier_needs_questions", nil)
	}
	return faults.Err("policies.refused")
}

func insertQuestionsTx(tx *gorm.DB, versionID int64, items [][]byte) error {
	for i, item := range items {
		err := tx.Exec(`INSERT INTO policy_questions (version_id, position, item) VALUES (?, ?, ?::jsonb)`, versionID, i+1, string(item)).Error
		if err != nil {
			return fmt.Errorf("store question %d: %w", i+1, err)
		}
	}
	return nil
}

func questionsOf(ctx context.Context, tx *gorm.DB, versionID int64) ([][]byte, error) {
	var rows []string
	err := tx.WithContext(ctx).Raw(`SELECT item::text FROM policy_questions WHERE version_id = ? ORDER BY position`, versionID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("questions of version %d: %w", versionID, err)
	}
	items := make([][]byte, len(rows))
	for i, r := range rows {
		items[i] = []byte(r)
	}
	return items, nil
}

// judge tells which answers are right. Invalid when there are not as many as
// questions, or one does not fit.
func (s *Service) judge(items [][]byte, answers []json.RawMessage) ([]bool, error) {
	if len(answers) != len(items) {
		return nil, errs.New(errs.Invalid, "policies.answers_missing", errs.Args{"count": len(items)})
	}
	right := make([]bool, len(items))
	for i, item := range items {
		var err error
		if right[i], err = s.questions.JudgeAnswer(item, answers[i]); err != nil {
			return nil, err
		}
	}
	return right, nil
}

// recordTry keeps a try at the questions, whatever becomes of it.
func (s *Service) recordTry(ctx context.Context, versionID, personID int64, answers []json.RawMessage, right []bool) error {
	raw, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	correct := 0
	for _, r := range right {
		if r {
			correct++
		}
	}
	err = s.db.WithContext(ctx).Exec(`INSERT INTO policy_answers (version_id, person_id, responses, correct, total, answered_at)
		VALUES (?, ?, ?::jsonb, ?, ?, ?)`, versionID, personID, string(raw), correct, len(right), s.now()).Error
	if err != nil {
		return fmt.Errorf("record a try at version %d: %w", versionID, err)
	}
	return nil
}
