package quizzes

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// AttemptLine is one attempt in the list of those who answer for a quiz.
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

// MaxAttemptPage is the most that one page lists.
const MaxAttemptPage = 100

// Attempts lists the attempts of a quiz that count, the newest first and open ones
// among them, of people whom the actor oversees, from the cursor on. Forbidden to
// who oversees nobody, Invalid for a cursor that is none.
func (s *Service) Attempts(ctx context.Context, actor people.Actor, quizID int64, find, cursor string) (list []AttemptLine, next string, err error) {
	if !actor.Has(overseers...) {
		return nil, "", errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	before, err := idOf(cursor)
	if err != nil {
		return nil, "", err
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT a.id AS attempt_id, p.employee_no, p.name, u.code AS unit_code, a.number, a.started_at, a.deadline_at, b.submitted_at, coalesce(b.by_deadline, false) AS by_deadline,
		       coalesce(b.earned, 0) AS earned, coalesce(b.possible, 0) AS possible, coalesce(b.passed, false) AS passed, coalesce(b.regraded, 0) AS regraded,
		       coalesce(b.grades @> '[{"status": "waiting"}]', false) AS waiting,
		       a.accommodation_id IS NOT NULL AS extra,
		       (SELECT count(*) FROM attempt_events e WHERE e.attempt_id = a.id AND e.kind = 'left') AS leaves
		FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN people p ON p.id = a.person_id JOIN units u ON u.id = p.unit_id
		LEFT JOIN attempt_grades b ON b.attempt_id = a.id
		WHERE r.quiz_id = @quiz AND NOT a.practice AND u.path LIKE ANY (@reach) AND (@before = 0 OR a.id < @before)
		  AND (@find = '' OR p.employee_no = @find OR p.name ILIKE @like)
		ORDER BY a.id DESC LIMIT @limit`, map[string]any{"quiz": quizID, "reach": database.Array[string](actor.Patterns(overseers...)), "before": before,
		"find": find, "like": "%" + database.LikeLiteral(find) + "%", "limit": MaxAttemptPage + 1}).Scan(&list).Error
	if err != nil {
		return nil, "", fmt.Errorf("attempts of quiz %d: %w", quizID, err)
	}
	if len(list) > MaxAttemptPage {
		list = list[:MaxAttemptPage]
		next = strconv.FormatInt(list[MaxAttemptPage-1].AttemptID, 10)
	}
	return list, next, nil
}

// Log is everything that happened in an attempt, in the order of the server's
// clock. To look at it is recorded. NotFound for an attempt of nobody whom the
// actor oversees.
func (s *Service) Log(ctx context.Context, actor people.Actor, attemptID int64) ([]Event, error) {
	var path string
	err := s.db.WithContext(ctx).Raw(`SELECT u.path FROM attempts a JOIN people p ON p.id = a.person_id JOIN units u ON u.id = p.unit_id WHERE a.id = ?`, attemptID).Scan(&path).Error
	if err != nil {
		return nil, fmt.Errorf("whose attempt %d is: %w", attemptID, err)
	}
	if path == "" || !actor.Covers(path, overseers...) {
		return nil, attemptNotFound()
	}
	events, err := s.events(ctx, attemptID)
	if err != nil {
		return nil, err
	}
	return events, audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.read_log", Subject: fmt.Sprintf("attempt:%d", attemptID)})
}
