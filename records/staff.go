package records

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/performance"
)

// Staff is a page of people with their scores and their training.
type Staff struct {
	Quarter performance.Quarter
	Targets performance.Targets
	AsOf    time.Time
	People  []StaffRecord
	Next    string
}

// StaffRecord is one person's score of a quarter beside the state of the person's
// training today. Neither side is computed from the other.
type StaffRecord struct {
	performance.Score
	Cycles []NewestCycle // one of each course, by slug
}

// NewestCycle is a person's newest cycle of one course as it is today. Dates are local
// to the person's unit; an empty text means that there is no such date.
type NewestCycle struct {
	CourseSlug   string
	CourseTitles i18n.Texts
	Cycle        int
	DueOn        string
	CompletedOn  string
	Serial       string
	ValidUntil   string
	State        State
	Overdue      bool // not completed, and past the due date
}

// Staff lists people with their scores of a quarter and their training side by side.
// Forbidden without the HR or Auditor role; NotFound for a unit that is not reached;
// Invalid for a bad filter. Reading them is audited.
func (s *Service) Staff(ctx context.Context, actor people.Actor, quarter performance.Quarter, f performance.Filter) (Staff, error) {
	var staff Staff
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		page, err := s.scores.ScoresTx(ctx, tx, actor, quarter, f)
		if err != nil {
			return err
		}
		staff = Staff{Quarter: page.Quarter, Targets: page.Targets, AsOf: page.AsOf, Next: page.Next}
		ids := make([]int64, len(page.Scores))
		for i, score := range page.Scores {
			ids[i] = score.PersonID
		}
		cycles, err := readNewestCyclesTx(ctx, tx, page.AsOf, ids)
		if err != nil {
			return err
		}
		staff.People = make([]StaffRecord, len(page.Scores))
		for i, score := range page.Scores {
			staff.People[i] = StaffRecord{Score: score, Cycles: cycles[score.PersonID]}
		}
		return nil
	})
	return staff, err
}
