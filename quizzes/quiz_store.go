package quizzes

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/items"
	"anwen/people"
)

func quizTx(tx database.Tx, courseID int64, now time.Time) (id int64, err error) {
	err = tx.Raw(`INSERT INTO quizzes (course_id, created_at) VALUES (?, ?)
		ON CONFLICT ON CONSTRAINT quizzes_course_key DO UPDATE SET course_id = excluded.course_id RETURNING id`,
		courseID, now).Scan(&id).Error
	return id, err
}

// revisionTx makes the next revision unless the current one is the same. The
// row of the quiz is locked by quizTx, so numbers do not collide.
func revisionTx(tx database.Tx, quizID int64, quiz courses.QuizFiles, plan items.Plan, paper []paperItem, now time.Time) (number int, changed bool, err error) {
	var current struct {
		ID, Number, PassMark  int64
		AttemptLimit, Minutes *int
		SamePlan              bool
	}
	planned, err := plan.Encode()
	if err != nil {
		return 0, false, err
	}
	err = tx.Raw(`SELECT id, number, pass_mark, attempt_limit, minutes, plan = ?::jsonb AS same_plan FROM quiz_revisions
		WHERE quiz_id = ? ORDER BY number DESC LIMIT 1`, planned, quizID).Scan(&current).Error
	if err != nil {
		return 0, false, err
	}
	var held []paperItem
	err = tx.Raw(`SELECT item_version_id AS version, section, points FROM quiz_items WHERE revision_id = ? ORDER BY position`, current.ID).Scan(&held).Error
	if err != nil {
		return 0, false, err
	}
	if current.SamePlan && slices.Equal(held, paper) && int(current.PassMark) == quiz.PassMark &&
		same(current.AttemptLimit, quiz.Attempts) && same(current.Minutes, quiz.Minutes) {
		return int(current.Number), false, nil
	}
	var id int64
	number = int(current.Number) + 1
	err = tx.Raw(`INSERT INTO quiz_revisions (quiz_id, number, pass_mark, attempt_limit, minutes, plan, published_at)
		VALUES (?, ?, ?, ?, ?, ?::jsonb, ?) RETURNING id`, quizID, number, quiz.PassMark, quiz.Attempts, quiz.Minutes, planned, now).Scan(&id).Error
	if err != nil {
		return 0, false, err
	}
	for i, p := range paper {
		err := tx.Exec(`INSERT INTO quiz_items (revision_id, position, section, item_version_id, points) VALUES (?, ?, ?, ?, ?)`,
			id, i+1, p.Section, p.Version, int64(p.Points)).Error
		if err != nil {
			return 0, false, err
		}
	}
	return number, true, nil
}

// paperItem is an item that every paper of the quiz holds.
type paperItem struct {
	Version int64
	Section int
	Points  items.Points
}

func same(a, b *int) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}

// Card is what the course page says of its quiz, for one person.
type Card struct {
	QuizID       int64
	Items        int
	PassMark     int
	AttemptLimit *int
	Minutes      *int
	AttemptsUsed int
	OpenAttempt  *int64
	Passed       bool
	BestPercent  *int

	Opens, Closes *time.Time // for this person
	HasPassword   bool
	Fenced        bool // to be sat from the unit's networks
	ExtraPercent  int  // of the minutes, which hold it already
	Practice      bool // may be practised
	OpenPractice  *int64
}

// CardOf returns the quiz of a course and how the actor stands with it in the
// newest cycle; nil when the course has none.
func (s *Service) CardOf(ctx context.Context, actor people.Actor, courseID int64) (*Card, error) {
	var cards []Card
	err := s.db.WithContext(ctx).Raw(`
		WITH newest AS (
			SELECT id FROM assignments WHERE course_id = @course AND person_id = @person ORDER BY cycle DESC LIMIT 1
		), practised AS (
			SELECT max(a.id) AS open_id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN quizzes q ON q.id = r.quiz_id
			WHERE a.person_id = @person AND a.practice AND q.course_id = @course AND NOT EXISTS (SELECT FROM submissions b WHERE b.attempt_id = a.id)
		), mine AS (
			SELECT a.id, b.attempt_id IS NOT NULL AS done, b.passed, b.earned, b.possible
			FROM attempts a LEFT JOIN submissions b ON b.attempt_id = a.id
			WHERE a.assignment_id = (SELECT id FROM newest)
		)
		SELECT q.id AS quiz_id, r.pass_mark, r.attempt_limit + coalesce(m.extra_attempts, 0) AS attempt_limit,
		       ceil(r.minutes * (100 + coalesce(m.extra_percent, 0)) / 100.0)::integer AS minutes, coalesce(m.extra_percent, 0) AS extra_percent,
		       c.opens_at AS opens, coalesce(m.closes_at, c.closes_at) AS closes, c.secret IS NOT NULL AS has_password, coalesce(c.networks, '[]') <> '[]' AS fenced,
		       coalesce((r.plan->>'practice')::boolean, false) AS practice, (SELECT open_id FROM practised) AS open_practice,
		       (SELECT count(*) FROM quiz_items i WHERE i.revision_id = r.id AND i.points > 0)
		           + (SELECT coalesce(sum(coalesce((s->'draw'->>'count')::integer, (s->'draw'->>'scenarios')::integer * (s->'draw'->>'size')::integer)), 0) FROM jsonb_array_elements(r.plan->'sections') s) AS items,
		       (SELECT count(*) FROM mine) AS attempts_used,
		       (SELECT max(id) FROM mine WHERE NOT done) AS open_attempt,
		       coalesce((SELECT bool_or(passed) FROM mine), false) AS passed,
		       (SELECT max(earned * 100 / possible) FROM mine) AS best_percent
		FROM quizzes q JOIN LATERAL (
			SELECT * FROM quiz_revisions r WHERE r.quiz_id = q.id ORDER BY number DESC LIMIT 1
		) r ON true
		LEFT JOIN quiz_conditions c ON c.id = (SELECT id FROM quiz_conditions WHERE quiz_id = q.id ORDER BY number DESC LIMIT 1)
		LEFT JOIN accommodations m ON m.id = (SELECT id FROM accommodations WHERE person_id = @person AND (quiz_id = q.id OR quiz_id IS NULL) ORDER BY quiz_id IS NULL, id DESC LIMIT 1)
		WHERE q.course_id = @course`,
		map[string]any{"course": courseID, "person": actor.PersonID}).Scan(&cards).Error
	if err != nil {
		return nil, fmt.Errorf("quiz of course %d: %w", courseID, err)
	}
	if len(cards) == 0 {
		return nil, nil
	}
	return &cards[0], nil
}
