package policies

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// AcknowledgeInput is the acceptance of one version as the reader saw it: which
// text, and which statement.
type AcknowledgeInput struct {
	Code            string
	Number          int
	Locale          i18n.Locale // of the text that was read
	TextSHA256      string
	StatementSHA256 string
	Answers         []json.RawMessage // one for each question of the version
	Password        string            // tier Stepped
	Address         string            // of the caller; kept in tier Stepped
}

// Acknowledgement is the fact that a person accepted a statement about a
// version.
type Acknowledgement struct {
	Code            string
	Number          int
	Locale          i18n.Locale
	TextSHA256      string
	Statement       string
	StatementSHA256 string
	AcknowledgedAt  time.Time
	Already         bool // it was there before; nothing was written

	// Right tells, question by question, what was answered right. When one is
	// not, nothing is acknowledged and AcknowledgedAt is zero: the try is kept.
	Right []bool `gorm:"-"`
}

// Acknowledge records that the actor accepts the statement about the version.
// Doing it again returns the first one. Forbidden to the program itself; NotFound
// for an unknown version; Conflict when the text or the statement is not the one on
// record, so that the reader must load the page again; Invalid when answers are
// missing or the password is wrong; TooMany after too many wrong passwords;
// Unavailable when too many passwords wait to be looked at.
func (s *Service) Acknowledge(ctx context.Context, actor people.Actor, in AcknowledgeInput) (Acknowledgement, error) {
	if actor.PersonID == 0 {
		return Acknowledgement{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	version, err := findVersion(ctx, s.db, in.Code, in.Number)
	if err != nil {
		return Acknowledgement{}, err
	}
	before, found, err := acknowledgementOf(ctx, s.db, version, actor.PersonID)
	if err != nil {
		return Acknowledgement{}, err
	}
	if found {
		before.Already = true
		return before, nil
	}
	accepted, err := asShown(ctx, s.db, version, in)
	if err != nil {
		return Acknowledgement{}, err
	}
	right, confirmed, err := s.proven(ctx, actor, version, in)
	if err != nil || slices.Contains(right, false) {
		return Acknowledgement{Code: in.Code, Number: in.Number, Right: right}, err
	}
	var now Acknowledgement
	err = s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		if version.Tier == Stepped {
			if err := confirmed.HoldTx(ctx, tx); err != nil {
				return err
			}
		}
		now, err = s.acknowledgeTx(ctx, tx, actor, version, in, accepted)
		return err
	})
	now.Right = right
	return now, err
}

// proven asks what the version's tier asks: the password first, then its
// questions.
func (s *Service) proven(ctx context.Context, actor people.Actor, v knownVersion, in AcknowledgeInput) (right []bool, confirmed people.Confirmation, err error) {
	questions, err := questionsOf(ctx, s.db, v.ID)
	if err != nil {
		return nil, confirmed, err
	}
	if v.Tier == Stepped {
		if s.identity == nil {
			return nil, confirmed, fmt.Errorf("version %d of policy %s asks for a password, and nobody can check it", v.Number, v.Code)
		}
		if confirmed, err = s.identity.ConfirmPassword(ctx, actor, in.Password, in.Address); err != nil {
			return nil, confirmed, err
		}
	}
	if len(questions) == 0 {
		return nil, confirmed, nil
	}
	judged, err := items.Judge(questions, actor.PersonID, in.Answers, "policies.answers_missing")
	if err != nil {
		return nil, confirmed, err
	}
	return judged.Right, confirmed, s.keepTry(ctx, actor, v, judged)
}

// keepTry keeps a try at the questions of a version, right or wrong.
func (s *Service) keepTry(ctx context.Context, actor people.Actor, v knownVersion, judged items.Judgement) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		if err := insertAnswerTx(ctx, tx, v.ID, actor.PersonID, judged, now); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "policies.try_questions", Subject: fmt.Sprintf("policy:%s/%d", v.Code, v.Number),
			Data: map[string]any{"correct": judged.Correct, "total": len(judged.Right)}})
	})
}

func (s *Service) acknowledgeTx(ctx context.Context, tx database.Tx, actor people.Actor, version knownVersion, in AcknowledgeInput, accepted string) (Acknowledgement, error) {
	inserted, err := s.insertAcknowledgementTx(ctx, tx, actor, version, in, accepted)
	if err != nil {
		return Acknowledgement{}, err
	}
	now, found, err := acknowledgementOf(ctx, tx, version, actor.PersonID)
	if err != nil {
		return Acknowledgement{}, err
	}
	if !found {
		return Acknowledgement{}, fmt.Errorf("acknowledge version %d of policy %s: no person %d", in.Number, in.Code, actor.PersonID)
	}
	if now.Already = !inserted; now.Already {
		return now, nil
	}
	return now, audit.RecordTx(ctx, tx, audit.Event{
		At: now.AcknowledgedAt, ActorID: actor.PersonID, Action: "policies.acknowledge",
		Subject: fmt.Sprintf("policy:%s/%d", in.Code, in.Number),
		Data:    map[string]any{"locale": now.Locale, "tier": version.Tier, "text_sha256": now.TextSHA256, "statement_sha256": now.StatementSHA256},
	})
}

// asShown returns the statement that the reader accepts. Conflict when the text or the
// statement is not the one on record; neither ever changes.
func asShown(ctx context.Context, conn database.Conn, v knownVersion, in AcknowledgeInput) (string, error) {
	stored, err := textSum(ctx, conn, v, in.Locale)
	if err != nil {
		return "", err
	}
	if stored == nil || hex.EncodeToString(stored) != in.TextSHA256 {
		return "", errs.New(errs.Conflict, "policies.other_text", nil)
	}
	return sameStatement(v, in)
}

// sameStatement returns the statement whose hash the reader hands back. It is
// one of the three languages': the reader's, which need not be the text's.
func sameStatement(v knownVersion, in AcknowledgeInput) (string, error) {
	if _, err := hex.DecodeString(in.StatementSHA256); err == nil {
		for _, l := range i18n.Locales {
			if text := statement(l, v.Titles, v.Number, v.EffectiveFrom); hash(text) == in.StatementSHA256 {
				return text, nil
			}
		}
	}
	return "", errs.New(errs.Conflict, "policies.other_statement", nil)
}
