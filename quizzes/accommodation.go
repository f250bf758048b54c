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

// Accommodation is what one person is granted beyond the others, for attempts that
// begin after it. One that grants nothing ends an earlier one.
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

// keepers may see and grant accommodations of the people of their units.
var keepers = []people.Role{people.Compliance, people.HR}

// Accommodate grants one, or ends it by granting nothing. Forbidden for people of
// units that the actor keeps neither compliance nor HR over; NotFound for a person
// or quiz that is not there; Invalid beyond the limits or without a reason.
func (s *Service) Accommodate(ctx context.Context, actor people.Actor, quizID int64, in Accommodation) error {
	if !actor.Has(keepers...) {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return err
	}
	reason := strings.TrimSpace(in.Reason)
	if reason == "" || utf8.RuneCountInString(reason) > MaxReason || in.ExtraPercent < 0 || in.ExtraPercent > MaxExtraPercent ||
		in.ExtraAttempts < 0 || in.ExtraAttempts > MaxExtraAttempts {
		return errs.New(errs.Invalid, "quizzes.bad_accommodation", errs.Args{"percent": MaxExtraPercent, "attempts": MaxExtraAttempts})
	}
	var person struct {
		ID   int64
		Path string
	}
	err := s.db.WithContext(ctx).Raw(`SELECT p.id, u.path FROM people p JOIN units u ON u.id = p.unit_id WHERE p.employee_no = ?`, in.EmployeeNo).Scan(&person).Error
	if err != nil {
		return fmt.Errorf("find person %s: %w", in.EmployeeNo, err)
	}
	if person.ID == 0 || !actor.Covers(person.Path, keepers...) { // who is elsewhere is not told of
		return errs.New(errs.NotFound, "quizzes.unknown_person", errs.Args{"number": in.EmployeeNo})
	}
	var quiz *int64
	if !in.Everywhere {
		quiz = &quizID
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		err := tx.Exec(`INSERT INTO accommodations (person_id, quiz_id, extra_percent, extra_attempts, closes_at, reason, granted_by, granted_at)
			VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?)`, person.ID, quiz, in.ExtraPercent, in.ExtraAttempts, in.Closes, reason, actor.PersonID, s.now()).Error
		if err != nil {
			return fmt.Errorf("accommodate person %d: %w", person.ID, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.accommodate", Subject: fmt.Sprintf("person:%d", person.ID),
			Data: map[string]any{"quiz": quiz, "percent": in.ExtraPercent, "attempts": in.ExtraAttempts, "closes": in.Closes}})
	})
}

// Accommodations lists what holds for the quiz, of people whom the actor keeps
// compliance or HR over, a thousand at most. Forbidden as Accommodate.
func (s *Service) Accommodations(ctx context.Context, actor people.Actor, quizID int64) ([]Accommodation, error) {
	if !actor.Has(keepers...) {
		return nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var list []Accommodation
	err := s.db.WithContext(ctx).Raw(`
		SELECT p.employee_no, p.name, m.quiz_id IS NULL AS everywhere, m.extra_percent, m.extra_attempts, m.closes_at AS closes, m.reason,
		       coalesce(g.name, '') AS granted_by, m.granted_at
		FROM (SELECT DISTINCT ON (person_id) * FROM accommodations WHERE quiz_id = @quiz OR quiz_id IS NULL ORDER BY person_id, quiz_id IS NULL, id DESC) m
		JOIN people p ON p.id = m.person_id JOIN units u ON u.id = p.unit_id LEFT JOIN people g ON g.id = m.granted_by
		WHERE u.path LIKE ANY (@reach) AND (m.extra_percent > 0 OR m.extra_attempts > 0 OR m.closes_at IS NOT NULL)
		ORDER BY p.employee_no LIMIT 1000`,
		map[string]any{"quiz": quizID, "reach": database.Array[string](actor.Patterns(keepers...))}).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("accommodations of quiz %d: %w", quizID, err)
	}
	return list, nil
}
