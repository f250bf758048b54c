package quizzes

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/items"
)

// quizRevisionRow is a row of quiz_revisions.
type quizRevisionRow struct {
	ID           int64
	QuizID       int64
	Number       int
	PassMark     int
	AttemptLimit *int
	Minutes      *int
	Plan         items.Plan `gorm:"serializer:json"`
	PublishedAt  time.Time
}

// TableName is for GORM.
func (quizRevisionRow) TableName() string { return "quiz_revisions" }

// quizItemRow is a row of quiz_items: an item that every paper of the quiz holds.
type quizItemRow struct {
	RevisionID    int64
	Position      int
	Section       int
	ItemVersionID int64
	Points        items.Points
}

// TableName is for GORM.
func (quizItemRow) TableName() string { return "quiz_items" }

// quizRow is a row of quizzes.
type quizRow struct {
	ID       int64
	CourseID int64
}

// TableName is for GORM.
func (quizRow) TableName() string { return "quizzes" }

// courseOfQuiz reports false when there is no such quiz.
func courseOfQuiz(ctx context.Context, conn database.Conn, quizID int64) (id int64, found bool, err error) {
	row, err := database.Table[quizRow](conn).Select("course_id").Where("id = ?", quizID).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, false, nil
	}
	return row.CourseID, err == nil, err
}

// quizOfCourseTx is the quiz of the course, made when there is none, and locked.
func quizOfCourseTx(ctx context.Context, tx database.Tx, courseID int64, now time.Time) (id int64, err error) {
	err = tx.WithContext(ctx).Raw(`INSERT INTO quizzes (course_id, created_at) VALUES (?, ?)
		ON CONFLICT ON CONSTRAINT quizzes_course_key DO UPDATE SET course_id = excluded.course_id RETURNING id`,
		courseID, now).Scan(&id).Error
	return id, err
}

// nextRevisionTx makes the next revision unless the current one is the same. The
// row of the quiz is locked by quizOfCourseTx, so numbers do not collide.
func nextRevisionTx(ctx context.Context, tx database.Tx, next quizRevisionRow, paper []quizItemRow) (number int, changed bool, err error) {
	newest, err := database.Table[quizRevisionRow](tx).Where("quiz_id = ?", next.QuizID).Order("number DESC").Limit(1).Find(ctx)
	if err != nil {
		return 0, false, err
	}
	next.Number = 1
	for _, current := range newest {
		held, err := database.Table[quizItemRow](tx).Where("revision_id = ?", current.ID).Order("position").Find(ctx)
		if err != nil {
			return 0, false, err
		}
		same, err := current.says(next)
		if err != nil {
			return 0, false, err
		}
		if same && slices.EqualFunc(held, paper, quizItemRow.holds) {
			return current.Number, false, nil
		}
		next.Number = current.Number + 1
	}
	if err := database.Table[quizRevisionRow](tx).Create(ctx, &next); err != nil {
		return 0, false, err
	}
	for i := range paper {
		paper[i].RevisionID = next.ID
	}
	if len(paper) == 0 { // every question is drawn
		return next.Number, true, nil
	}
	return next.Number, true, database.Table[quizItemRow](tx).CreateInBatches(ctx, &paper, len(paper))
}

// says reports whether a revision has the conditions and the plan of the other one.
func (r quizRevisionRow) says(other quizRevisionRow) (bool, error) {
	mine, err := r.Plan.Encode()
	if err != nil {
		return false, err
	}
	theirs, err := other.Plan.Encode()
	return mine == theirs && r.PassMark == other.PassMark && same(r.AttemptLimit, other.AttemptLimit) && same(r.Minutes, other.Minutes), err
}

// holds reports whether two revisions have the same item at the same place.
func (r quizItemRow) holds(other quizItemRow) bool {
	return r.ItemVersionID == other.ItemVersionID && r.Section == other.Section && r.Points == other.Points
}

func same(a, b *int) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}
