package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/cursor"
	"anwen/items"
	"anwen/people"
)

// AttemptLine is one attempt in the list that overseers see.
type AttemptLine struct {
	AttemptID   int64
	EmployeeNo  string
	Name        string
	UnitCode    string
	Number      int
	StartedAt   time.Time
	DeadlineAt  *time.Time
	SubmittedAt *time.Time
	ByDeadline  bool
	Earned      items.Points
	Possible    items.Points
	Passed      bool
	Waiting     bool // for the mark of an essay
	Regraded    int
	Extra       bool // begun with an accommodation
	Leaves      int  // how often the page was left
}

// overseers see attempts of the people of their units.
var overseers = []people.Role{people.Compliance, people.HR, people.Auditor}

// attemptList names the list in its cursors.
const attemptList = "attempts"

// MaxAttemptPage is the most that one page lists.
const MaxAttemptPage = 100

// Attempts lists the attempts of a quiz that count, the newest first and open ones
// among them, of people whom the actor oversees, behind the cursor. Forbidden
// without the Compliance, HR or Auditor role; Invalid for a cursor that is not of this
// list.
func (s *Service) Attempts(ctx context.Context, actor people.Actor, quizID int64, find, after string) (list []AttemptLine, next string, err error) {
	reach := actor.Over(overseers...)
	if err := reach.Require(); err != nil {
		return nil, "", err
	}
	var before int64
	if _, err := cursor.Read(after, attemptList, &before); err != nil {
		return nil, "", err
	}
	list, err = listAttempts(ctx, s.db, quizID, reach, find, before, MaxAttemptPage+1)
	if err != nil {
		return nil, "", fmt.Errorf("attempts of quiz %d: %w", quizID, err)
	}
	if len(list) > MaxAttemptPage {
		list = list[:MaxAttemptPage]
		next = cursor.After(attemptList, list[MaxAttemptPage-1].AttemptID)
	}
	return list, next, nil
}

// Log is everything that happened in an attempt, in the order of the server's
// clock. To look at it is recorded. NotFound for an attempt that does not exist or
// is of somebody whom the actor does not oversee.
func (s *Service) Log(ctx context.Context, actor people.Actor, attemptID int64) ([]Event, error) {
	path, err := unitPathOfAttempt(ctx, s.db, attemptID)
	if err != nil {
		return nil, fmt.Errorf("whose attempt %d is: %w", attemptID, err)
	}
	if path == "" || !actor.Over(overseers...).Covers(path) {
		return nil, attemptNotFound()
	}
	events, err := listEvents(ctx, s.db, attemptID)
	if err != nil {
		return nil, err
	}
	return events, audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.read_log", Subject: fmt.Sprintf("attempt:%d", attemptID)})
}
