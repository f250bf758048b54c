package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/people"
)

// CourseQuiz is what the course page says of its quiz, for one person.
type CourseQuiz struct {
	QuizID       int64
	Items        int
	PassMark     int
	AttemptLimit *int
	Minutes      *int
	AttemptsUsed int
	OpenAttempt  *int64
	Passed       bool // under the rule of which attempt counts, as the course reads it
	BestPercent  *int // by the grades that count now

	Opens, Closes *time.Time // for this person
	HasPassword   bool
	Fenced        bool // answered from the unit's networks only
	ExtraPercent  int  // of the minutes, which hold it already
	Practice      bool // may be practised
	OpenPractice  *int64
}

// QuizOfCourse returns the quiz of a course and how the actor stands with it in the
// newest cycle; nil when the course has none.
func (s *Service) QuizOfCourse(ctx context.Context, actor people.Actor, courseID int64) (*CourseQuiz, error) {
	found, err := courseQuizzesOf(ctx, s.db, courseID, actor.PersonID)
	if err != nil {
		return nil, fmt.Errorf("quiz of course %d: %w", courseID, err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}
