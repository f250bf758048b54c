package quizzes

import (
	"context"
	"time"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/training"
)

// Progress is what this room needs of training: the assignment that an attempt
// belongs to, and to tell that it was passed.
type Progress interface {
	OpenAssignmentTx(ctx context.Context, tx *gorm.DB, personID, courseID int64) (assignmentID int64, cycle int, err error)
	QuizPassedTx(ctx context.Context, tx *gorm.DB, pass training.QuizPass) (training.Outcome, error)
}

// Reader reads the items of one quiz from its files, one per language. The
// readers stand in quizzes/formats, which imports this room.
type Reader func(files map[i18n.Locale][]byte) ([]Item, []errs.Fault)

// Service publishes quizzes and runs attempts.
type Service struct {
	db       *gorm.DB
	now      func() time.Time
	progress Progress
	read     Reader
	items    *itemCache
	papers   *paperCache
	answers  *answerLog
}

// New returns the room.
func New(db *gorm.DB, now func() time.Time, progress Progress, read Reader) *Service {
	return &Service{db: db, now: now, progress: progress, read: read, items: newItemCache(), papers: newPaperCache(), answers: &answerLog{db: db}}
}
