package quizzes

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Accommodation is what one person is granted more than the others, for attempts
// that begin after it. One that grants nothing ends an earlier one.
type Accommodation struct {
	EmployeeNo    string
	Name          string
	Everywhere    bool // for every quiz
	ExtraPercent  int  // of the minutes
	ExtraAttempts int
	Closes        *time.Time // instead of the quiz's own end
	Reason        string
	GrantedBy     string
	GrantedAt     time.Time
}

// Grants reports whether there is anything in it.
func (a Accommodation) Grants() bool {
	return a.ExtraPercent > 0 || a.ExtraAttempts > 0 || a.Closes != nil
}

// Limits of an accommodation.
const (
	MaxExtraPercent  = 300
	MaxExtraAttempts = 20
	MaxReason        = 500 // characters
)

// accommodators may see and grant accommodations of the people of their units.
var accommodators = []people.Role{people.Compliance, people.HR}

// Accommodate grants one to somebody else, or ends it by granting nothing. Forbidden
// without the Compliance or HR role and for the actor's own person; NotFound for a quiz
// that does not exist and for a person who does not exist within reach of the role;
// Invalid over the limits or without a reason.
func (s *Service) Accommodate(ctx context.Context, actor people.Actor, quizID int64, in Accommodation) error {
	reach := actor.Over(accommodators...)
	if err := reach.Require(); err != nil {
		return err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return err
	}
	reason := strings.TrimSpace(in.Reason)
	if reason == "" || utf8.RuneCountInString(reason) > MaxReason || in.ExtraPercent < 0 || in.ExtraPercent > MaxExtraPercent ||
		in.ExtraAttempts < 0 || in.ExtraAttempts > MaxExtraAttempts {
		return errs.New(errs.Invalid, "quizzes.bad_accommodation", errs.Args{"percent": MaxExtraPercent, "attempts": MaxExtraAttempts})
	}
	person, err := reach.Person(ctx, s.db, in.EmployeeNo)
	if errs.KindOf(err) == errs.NotFound {
		return errs.New(errs.NotFound, "quizzes.unknown_person", errs.Args{"number": in.EmployeeNo})
	}
	if err != nil {
		return err
	}
	if person.ID == actor.PersonID {
		return errs.New(errs.Forbidden, "quizzes.own_accommodation", nil)
	}
	var quiz *int64
	if !in.Everywhere {
		quiz = &quizID
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockAccommodatingTx(ctx, tx, person.ID); err != nil {
			return fmt.Errorf("accommodate person %d: %w", person.ID, err)
		}
		now := s.now()
		err := insertAccommodationTx(ctx, tx, accommodationRow{PersonID: person.ID, QuizID: quiz, ExtraPercent: in.ExtraPercent, ExtraAttempts: in.ExtraAttempts,
			ClosesAt: in.Closes, Reason: reason, GrantedBy: actor.By(), GrantedAt: now})
		if err != nil {
			return fmt.Errorf("accommodate person %d: %w", person.ID, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.accommodate", Subject: fmt.Sprintf("person:%d", person.ID),
			Data: map[string]any{"quiz": quiz, "percent": in.ExtraPercent, "attempts": in.ExtraAttempts, "closes": in.Closes}})
	})
}

// Accommodations lists what holds for the quiz, of people within reach of the
// actor's Compliance or HR role, a thousand at most. Forbidden without one of them.
func (s *Service) Accommodations(ctx context.Context, actor people.Actor, quizID int64) ([]Accommodation, error) {
	reach := actor.Over(accommodators...)
	if err := reach.Require(); err != nil {
		return nil, err
	}
	list, err := listAccommodations(ctx, s.db, quizID, reach)
	if err != nil {
		return nil, fmt.Errorf("accommodations of quiz %d: %w", quizID, err)
	}
	return list, nil
}
