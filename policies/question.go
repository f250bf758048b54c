package policies

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
)

// Identity asks somebody signed in for the password again.
type Identity interface {
	ConfirmPassword(ctx context.Context, actor people.Actor, password, address string) error
}

// SetIdentity hands in who checks passwords. Without it nobody can acknowledge a
// version of tier 2.
func (s *Service) SetIdentity(identity Identity) { s.identity = identity }

// The tiers of an acknowledgement.
const (
	Click   = 1 // a dated statement, accepted by somebody signed in
	Stepped = 2 // the password again, and every question about the version right
)

// MaxQuestions is how many questions a version may ask.
const MaxQuestions = 20

// readQuestions checks tier and questions of a version that is to be published.
func readQuestions(d *checked) error {
	if d.Tier == 0 {
		d.Tier = Click
	}
	var faults errs.Faults
	files := map[i18n.Locale][]byte{}
	for l, text := range trimmed(d.Questions) {
		files[l] = []byte(text)
	}
	if len(files) > 0 {
		list, wrong := formats.ReadQuestions(files)
		for _, f := range wrong {
			faults.Add(errs.Place{Field: "questions", File: f.File, Line: f.Line}, f.Code, f.Args)
		}
		if len(list) > MaxQuestions {
			faults.Add(errs.Place{Field: "questions"}, "policies.too_many_questions", errs.Args{"max": MaxQuestions})
		}
		var err error
		if d.questions, err = items.EncodeAll(list); err != nil {
			return err
		}
	}
	switch {
	case d.Tier != Click && d.Tier != Stepped:
		faults.Add(errs.Place{Field: "tier"}, "policies.unknown_tier", nil)
	case d.Tier == Stepped && len(files) == 0:
		faults.Add(errs.Place{Field: "questions"}, "policies.tier_needs_questions", nil)
	}
	return faults.Err("policies.refused")
}

func insertQuestionsTx(tx database.Tx, versionID int64, questions [][]byte) error {
	for i, question := range questions {
		err := tx.Exec(`INSERT INTO policy_questions (version_id, position, item) VALUES (?, ?, ?::jsonb)`, versionID, i+1, string(question)).Error
		if err != nil {
			return fmt.Errorf("store question %d: %w", i+1, err)
		}
	}
	return nil
}

func questionsOf(ctx context.Context, conn database.Conn, versionID int64) ([][]byte, error) {
	var rows []string
	err := conn.WithContext(ctx).Raw(`SELECT item::text FROM policy_questions WHERE version_id = ? ORDER BY position`, versionID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("questions of version %d: %w", versionID, err)
	}
	questions := make([][]byte, len(rows))
	for i, r := range rows {
		questions[i] = []byte(r)
	}
	return questions, nil
}

// recordTry keeps a try at the questions, whatever becomes of it.
func (s *Service) recordTry(ctx context.Context, versionID, personID int64, judged items.Judgement) error {
	err := s.db.WithContext(ctx).Exec(`INSERT INTO policy_answers (version_id, person_id, responses, correct, total, answered_at)
		VALUES (?, ?, ?::jsonb, ?, ?, ?)`, versionID, personID, string(judged.Responses), judged.Correct, len(judged.Right), s.now()).Error
	if err != nil {
		return fmt.Errorf("record a try at version %d: %w", versionID, err)
	}
	return nil
}
