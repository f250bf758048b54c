package policies

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
// Doing it again returns the first one. NotFound for an unknown version; Conflict
// when the text or the statement is not the one on record, so that the reader
// must load the page again; Invalid when answers are missing or the password is
// wrong.
func (s *Service) Acknowledge(ctx context.Context, actor people.Actor, in AcknowledgeInput) (Acknowledgement, error) {
	if actor.PersonID == 0 {
		return Acknowledgement{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	version, err := find(ctx, s.db, in.Code, in.Number)
	if err != nil {
		return Acknowledgement{}, err
	}
	before, err := acknowledgementOf(ctx, s.db, version, actor.PersonID)
	if err != nil {
		return Acknowledgement{}, err
	}
	if before != nil {
		return *before, nil
	}
	right, err := s.proven(ctx, actor, version, in)
	if err != nil || slices.Contains(right, false) {
		return Acknowledgement{Code: in.Code, Number: in.Number, Right: right}, err
	}
	var now Acknowledgement
	err = s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		now, err = s.acknowledgeTx(ctx, tx, actor, version, in)
		return err
	})
	now.Right = right
	return now, err
}

// proven asks what the version's tier asks: the password first, then its
// questions.
func (s *Service) proven(ctx context.Context, actor people.Actor, v versionRow, in AcknowledgeInput) ([]bool, error) {
	questions, err := questionsOf(ctx, s.db, v.ID)
	if err != nil {
		return nil, err
	}
	if v.Tier == Stepped {
		if s.identity == nil {
			return nil, fmt.Errorf("version %d of policy %s asks for a password, and nobody can check it", v.Number, v.Code)
		}
		if err := s.identity.ConfirmPassword(ctx, actor, in.Password, in.Address); err != nil {
			return nil, err
		}
	}
	if len(questions) == 0 {
		return nil, nil
	}
	judged, err := items.Judge(questions, in.Answers, "policies.answers_missing")
	if err != nil {
		return nil, err
	}
	return judged.Right, s.recordTry(ctx, v.ID, actor.PersonID, judged)
}

func (s *Service) acknowledgeTx(ctx context.Context, tx database.Tx, actor people.Actor, version versionRow, in AcknowledgeInput) (Acknowledgement, error) {
	if err := s.sameTextTx(ctx, tx, version, in); err != nil {
		return Acknowledgement{}, err
	}
	accepted, err := sameStatement(version, in)
	if err != nil {
		return Acknowledgement{}, err
	}
	address := ""
	if version.Tier == Stepped {
		address = in.Address
	}
	// Whoever comes second waits for the first and then inserts nothing.
	inserted := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at, tier, roles, address)
		SELECT ?, id, unit_id, position, ?, decode(?, 'hex'), ?, decode(?, 'hex'), ?, ?, ?, ? FROM people WHERE id = ?
		ON CONFLICT ON CONSTRAINT acknowledgements_key DO NOTHING`,
		version.ID, string(in.Locale), in.TextSHA256, accepted, hash(accepted), s.now(), version.Tier, roleNames(actor), address, actor.PersonID)
	if inserted.Error != nil {
		return Acknowledgement{}, fmt.Errorf("acknowledge version %d of policy %s: %w", in.Number, in.Code, inserted.Error)
	}
	now, err := acknowledgementOf(ctx, tx, version, actor.PersonID)
	if err != nil {
		return Acknowledgement{}, err
	}
	if now == nil {
		return Acknowledgement{}, fmt.Errorf("acknowledge version %d of policy %s: no person %d", in.Number, in.Code, actor.PersonID)
	}
	if inserted.RowsAffected == 0 {
		return *now, nil
	}
	now.Already = false
	return *now, audit.RecordTx(ctx, tx, audit.Event{
		At: now.AcknowledgedAt, ActorID: actor.PersonID, Action: "policies.acknowledge",
		Subject: fmt.Sprintf("policy:%s/%d", in.Code, in.Number),
		Data:    map[string]any{"locale": now.Locale, "tier": version.Tier, "text_sha256": now.TextSHA256, "statement_sha256": now.StatementSHA256},
	})
}

// roleNames are the roles that the person held then, each once.
func roleNames(actor people.Actor) string {
	var names []string
	for _, g := range actor.Grants {
		if !slices.Contains(names, string(g.Role)) {
			names = append(names, string(g.Role))
		}
	}
	return strings.Join(names, " ")
}

// acknowledgementOf is the one that the person gave before, or nil.
func acknowledgementOf(ctx context.Context, conn database.Conn, v versionRow, personID int64) (*Acknowledgement, error) {
	var rows []Acknowledgement
	err := conn.WithContext(ctx).Raw(`
		SELECT locale, encode(text_sha256, 'hex') AS text_sha256, statement, encode(statement_sha256, 'hex') AS statement_sha256, acknowledged_at
		FROM acknowledgements WHERE version_id = ? AND person_id = ?`, v.ID, personID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("acknowledgement of version %d of policy %s: %w", v.Number, v.Code, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	rows[0].Code, rows[0].Number, rows[0].Already = v.Code, v.Number, true
	return &rows[0], nil
}

// sameText refuses a hash that is not that of the stored text.
func (s *Service) sameTextTx(ctx context.Context, tx database.Tx, v versionRow, in AcknowledgeInput) error {
	var stored []string
	err := tx.WithContext(ctx).Raw(`SELECT encode(sha256, 'hex') FROM policy_texts WHERE version_id = ? AND locale = ?`,
		v.ID, string(in.Locale)).Scan(&stored).Error
	if err != nil {
		return fmt.Errorf("text of version %d of policy %s: %w", v.Number, v.Code, err)
	}
	if len(stored) == 0 || stored[0] != in.TextSHA256 {
		return errs.New(errs.Conflict, "policies.other_text", nil)
	}
	return nil
}

// sameStatement returns the statement whose hash the reader hands back. It is
// one of the three languages': the reader's, which need not be the text's.
func sameStatement(v versionRow, in AcknowledgeInput) (string, error) {
	if _, err := hex.DecodeString(in.StatementSHA256); err == nil {
		for _, l := range i18n.Locales {
			if text := statement(l, v.Titles.texts(), v.Number, v.EffectiveFrom); hash(text) == in.StatementSHA256 {
				return text, nil
			}
		}
	}
	return "", errs.New(errs.Conflict, "policies.other_statement", nil)
}
