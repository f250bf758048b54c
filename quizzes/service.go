package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/training"
)

// Progress is what this room needs of training: the assignment that an attempt
// belongs to, and to report that it was passed.
type Progress interface {
	OpenAssignmentTx(ctx context.Context, tx database.Tx, personID, courseID int64) (assignmentID int64, cycle int, err error)
	QuizPassedTx(ctx context.Context, tx database.Tx, pass training.QuizPass) (training.Outcome, error)
}

// Service publishes quizzes and runs attempts.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	progress Progress
	items    *itemCache
	papers   *paperCache
	answers  *answerLog
	kept     *keptCache
	learning *learningCache
}

// New returns the room.
func New(db *database.Pool, now func() time.Time, progress Progress) *Service {
	return &Service{db: db, now: now, progress: progress, items: newItemCache(), papers: newPaperCache(), answers: &answerLog{db: db},
		kept: newKeptCache(), learning: newLearningCache()}
}
