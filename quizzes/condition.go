package quizzes

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
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
	Networks      []UnitNetwork `gorm:"serializer:json"` // none: from anywhere
	Number        int           // of the change, 0 for none yet
	SetBy         string
	SetAt         *time.Time
}

// UnitNetwork is a network from which the people of a unit, and of those below it,
// may answer a quiz.
type UnitNetwork struct {
	Unit    string // code
	Network netip.Prefix
}

// Limits of conditions.
const (
	MaxNetworks = 500
	MaxPassword = 100 // characters
)

// ConditionsOf returns the conditions of a quiz. Forbidden without the Author or
// Compliance role; NotFound for a quiz that does not exist.
func (s *Service) ConditionsOf(ctx context.Context, actor people.Actor, quizID int64) (Conditions, error) {
	if err := actor.Over(bankKeepers...).Require(); err != nil {
		return Conditions{}, err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return Conditions{}, err
	}
	found, err := newestConditions(ctx, s.db, quizID)
	if err != nil {
		return Conditions{}, fmt.Errorf("conditions of quiz %d: %w", quizID, err)
	}
	return found, nil
}

// SetConditions puts in force what in says, from now on; attempts that are open keep
// theirs. A nil password keeps the one there is, an empty one takes it away. in.Number
// is the change that the actor has seen; what is as it was makes no other. Forbidden without the Author or Compliance role
// over the root, and for whoever must still sit the quiz; NotFound for a quiz that does
// not exist; Invalid for a window that ends before it begins, an unknown unit, too many
// networks or too long a password; Conflict when somebody else changed the conditions
// since.
func (s *Service) SetConditions(ctx context.Context, actor people.Actor, quizID int64, in Conditions, password *string) error {
	if err := actor.Over(bankKeepers...).Root(ctx, s.db); err != nil {
		return err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return err
	}
	if err := refuseWhoMustSit(ctx, s.db, quizID, actor); err != nil {
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
		networks, err := networksTx(ctx, tx, in.Networks)
		if err != nil {
			return err
		}
		if now, err := newestConditions(ctx, tx, quizID); err != nil || password == nil && in.same(now) {
			return err
		}
		now := s.now()
		row := conditionRow{quizID: quizID, number: in.Number + 1, opens: in.Opens, closes: in.Closes, salt: salt, secret: secret,
			networks: networks, setBy: actor.By(), setAt: now}
		if err := insertConditionsTx(ctx, tx, row, password == nil); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.set_conditions", Subject: fmt.Sprintf("quiz:%d", quizID),
			Data: map[string]any{"opens": in.Opens, "closes": in.Closes, "password_changed": password != nil, "networks": len(in.Networks)}})
	})
}

// same reports whether these are the conditions that there are: set once, seen, and asked
// for again.
func (c Conditions) same(now Conditions) bool {
	at := func(a, b *time.Time) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(*b) }
	order := func(networks []UnitNetwork) []UnitNetwork {
		list := make([]UnitNetwork, len(networks))
		for i, n := range networks {
			list[i] = UnitNetwork{n.Unit, n.Network.Masked()}
		}
		slices.SortFunc(list, func(a, b UnitNetwork) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Network.String(), b.Network.String()))
		})
		return list
	}
	return now.Number > 0 && c.Number == now.Number && at(c.Opens, now.Opens) && at(c.Closes, now.Closes) && slices.Equal(order(c.Networks), order(now.Networks))
}

// networksTx is the stored form of networks. Invalid names the line of an unknown unit.
func networksTx(ctx context.Context, tx database.Tx, networks []UnitNetwork) (string, error) {
	codes := make([]string, len(networks))
	for i, n := range networks {
		codes[i] = n.Unit
	}
	units, err := people.UnitsByCode(ctx, tx, codes...)
	if err != nil {
		return "", err
	}
	type stored struct {
		UnitID  int64  `json:"unit_id"`
		Network string `json:"network"`
	}
	list := make([]stored, 0, len(networks))
	var faults []errs.Fault
	for i, n := range networks {
		unit, known := units[n.Unit]
		if !known {
			faults = append(faults, errs.Fault{Place: errs.Place{Line: i + 1, Field: "networks"}, Code: "quizzes.unknown_unit", Args: errs.Args{"unit": n.Unit}})
			continue
		}
		list = append(list, stored{unit.ID, n.Network.Masked().String()})
	}
	if len(faults) > 0 {
		return "", &errs.Error{Kind: errs.Invalid, Code: "quizzes.bad_networks", Faults: faults}
	}
	raw, err := json.Marshal(list)
	return string(raw), err
}
