package quizzes

import (
	"context"
	"time"

	"gorm.io/gorm"

	"anwen/training"
)

// Progress is what this room needs of training: the assignment that an attempt
// belongs to, and to tell that it was passed.
type Progress interface {
	OpenAssignmentTx(ctx context.Context, tx *gorm.DB, personID, courseID int64) (assignmentID int64, cycle int, err error)
	QuizPassedTx(ctx context.Context, tx *gorm.DB, pass training.QuizPass) (training.Outcome, error)
}

// Service publishes quizzes and runs attempts.
type Service struct {
	db       *gorm.DB
	now      func() time.Time
	progress Progress
	items    *itemCache
	papers   *paperCache
	answers  *answerLog
}

// New returns the room.
func New(db *gorm.DB, now func() time.Time, progress Progress) *Service {
	return &Service{db: db, now: now, progress: progress, items: newItemCache(), papers: newPaperCache(), answers: &answerLog{db: db}}
}
