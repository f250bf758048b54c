package quizzes

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/netip"
	"time"
	"unicode/utf8"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Conditions say when and where a quiz may be begun. What holds at the start of an
// attempt holds to its end.
type Conditions struct {
	Opens, Closes *time.Time // nil: not bounded; an attempt ends at Closes whatever its minutes
	HasPassword   bool
	Networks      []UnitNetwork // none: from anywhere
	Number        int           // of the change, 0 for none yet
	SetBy         string
	SetAt         *time.Time
}

// UnitNetwork is a network from which the people of a unit, and of those below it,
// may sit a quiz.
type UnitNetwork struct {
	Unit    string // code
	Network netip.Prefix
}

// Limits of conditions.
const (
	MaxNetworks = 500
	MaxPassword = 100 // characters
)

// ConditionsOf returns the conditions of a quiz. Forbidden to who neither writes
// courses nor keeps compliance; NotFound for a quiz that is not there.
func (s *Service) ConditionsOf(ctx context.Context, actor people.Actor, quizID int64) (Conditions, error) {
	if err := mayBank(actor); err != nil {
		return Conditions{}, err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return Conditions{}, err
	}
	var row struct {
		Number            int
		OpensAt, ClosesAt *time.Time
		HasPassword       bool
		NetworkJSON       string
		SetBy             string
		SetAt             *time.Time
	}
	err := s.db.WithContext(ctx).Raw(`SELECT c.number, c.opens_at, c.closes_at, c.secret IS NOT NULL AS has_password, coalesce(p.name, '') AS set_by, c.set_at,
			(SELECT coalesce(json_agg(json_build_object('Unit', u.code, 'Network', n.network) ORDER BY u.code, n.network), '[]')
			 FROM jsonb_to_recordset(c.networks) AS n(unit_id bigint, network cidr) JOIN units u ON u.id = n.unit_id)::text AS network_json
		FROM quiz_conditions c LEFT JOIN people p ON p.id = c.set_by WHERE c.quiz_id = ? ORDER BY c.number DESC LIMIT 1`, quizID).Scan(&row).Error
	if err != nil {
		return Conditions{}, fmt.Errorf("conditions of quiz %d: %w", quizID, err)
	}
	found := Conditions{Opens: row.OpensAt, Closes: row.ClosesAt, HasPassword: row.HasPassword, Number: row.Number, SetBy: row.SetBy, SetAt: row.SetAt}
	if row.Number > 0 {
		if err := json.Unmarshal([]byte(row.NetworkJSON), &found.Networks); err != nil {
			return Conditions{}, fmt.Errorf("networks of quiz %d: %w", quizID, err)
		}
	}
	return found, nil
}

// SetConditions puts in force what in says, from now on; attempts that are
// open go on under theirs. A nil password keeps the one there is, an empty one takes
// it away. in.Number is the change that the actor has seen. Forbidden and NotFound
// as ConditionsOf; Invalid for a window that ends before it begins, an unknown unit
// or what is too long; Conflict when somebody else changed them since.
func (s *Service) SetConditions(ctx context.Context, actor people.Actor, quizID int64, in Conditions, password *string) error {
	if err := mayBank(actor); err != nil {
		return err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return err
	}
	if in.Opens != nil && in.Closes != nil && !in.Opens.Before(*in.Closes) {
		return errs.New(errs.Invalid, "quizzes.window_backwards", nil)
	}
	if len(in.Networks) > MaxNetworks || password != nil && utf8.RuneCountInString(*password) > MaxPassword {
		return errs.New(errs.Invalid, "quizzes.conditions_too_long", errs.Args{"networks": MaxNetworks, "characters": MaxPassword})
	}
	var salt, secret []byte
	if password != nil && *password != "" {
		salt = make([]byte, 16)
		rand.Read(salt)
		sum := sha256.Sum256(append(append([]byte{}, salt...), *password...))
		secret = sum[:]
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		networks, err := networksTx(tx, in.Networks)
		if err != nil {
			return err
		}
		done := tx.Exec(`INSERT INTO quiz_conditions (quiz_id, number, opens_at, closes_at, salt, secret, networks, set_by, set_at)
			SELECT @quiz, @seen + 1, @opens, @closes, CASE WHEN @keep THEN c.salt ELSE @salt END, CASE WHEN @keep THEN c.secret ELSE @secret END,
			       CAST(@networks AS jsonb), nullif(@actor, 0), @now
			FROM (VALUES (1)) AS one(n) LEFT JOIN quiz_conditions c ON c.id = (SELECT id FROM quiz_conditions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1)
			WHERE coalesce(c.number, 0) = @seen`, map[string]any{
			"quiz": quizID, "seen": in.Number, "opens": in.Opens, "closes": in.Closes, "keep": password == nil, "salt": bytesOrNull(salt), "secret": bytesOrNull(secret),
			"networks": networks, "actor": actor.PersonID, "now": s.now()})
		if done.Error == nil && done.RowsAffected == 0 || database.Violated(done.Error, "quiz_conditions_number_key") {
			return errs.New(errs.Conflict, "quizzes.conditions_changed", nil)
		}
		if done.Error != nil {
			return fmt.Errorf("set the conditions of quiz %d: %w", quizID, done.Error)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.set_conditions", Subject: fmt.Sprintf("quiz:%d", quizID),
			Data: map[string]any{"opens": in.Opens, "closes": in.Closes, "password_changed": password != nil, "networks": len(in.Networks)}})
	})
}

// networksTx is the stored form. Invalid names the line of an unknown unit.
func networksTx(tx database.Tx, networks []UnitNetwork) (string, error) {
	type stored struct {
		UnitID  int64  `json:"unit_id"`
		Network string `json:"network"`
	}
	list := make([]stored, 0, len(networks))
	var faults []errs.Fault
	for i, n := range networks {
		var id int64
		if err := tx.Raw(`SELECT id FROM units WHERE code = ?`, n.Unit).Scan(&id).Error; err != nil {
			return "", fmt.Errorf("find unit %s: %w", n.Unit, err)
		}
		if id == 0 {
			faults = append(faults, errs.Fault{Place: errs.Place{Line: i + 1, Field: "networks"}, Code: "quizzes.unknown_unit", Args: errs.Args{"unit": n.Unit}})
			continue
		}
		list = append(list, stored{id, n.Network.Masked().String()})
	}
	if len(faults) > 0 {
		return "", &errs.Error{Kind: errs.Invalid, Code: "quizzes.bad_networks", Faults: faults}
	}
	raw, err := json.Marshal(list)
	return string(raw), err
}

// bytesOrNull keeps the driver from writing an empty value for none.
func bytesOrNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
