package quizzes

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"anwen/courses"
	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/people"
)

// CheckQuiz reads the quiz of a course folder without writing anything; see
// courses.QuizPublisher.
func (s *Service) CheckQuiz(quiz courses.QuizFiles) (courses.QuizCheck, []errs.Fault) {
	list, faults := s.read(quiz.GIFT)
	if len(faults) == 0 && !slices.ContainsFunc(list, Item.Asks) {
		faults = append(faults, errs.Fault{Code: "quizzes.no_items"})
	}
	check := courses.QuizCheck{Items: len(list)}
	for _, it := range list {
		check.Names = append(check.Names, it.Name)
		check.Citations = append(check.Citations, it.citations()...)
	}
	return check, faults
}

// PublishQuizTx makes the next revision of the course's quiz: a new version of
// every item whose bytes changed, and a revision that names versions, pass mark
// and limits. When all is as in the current revision nothing is written. Invalid
// when the files have faults.
func (s *Service) PublishQuizTx(ctx context.Context, tx *gorm.DB, actor people.Actor, quiz courses.QuizFiles) error {
	items, faults := s.read(quiz.GIFT)
	if len(faults) > 0 || len(items) == 0 {
		_, faults = s.CheckQuiz(quiz)
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	now := s.now()
	tx = tx.WithContext(ctx)
	versions := make([]int64, len(items))
	for i, it := range items {
		id, err := s.versionTx(tx, quiz.CourseID, it)
		if err != nil {
			return fmt.Errorf("publish item %q: %w", it.Name, err)
		}
		versions[i] = id
	}
	quizID, err := quizTx(tx, quiz.CourseID, now)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	revision, changed, err := revisionTx(tx, quizID, quiz, items, versions, now)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	if !changed {
		return nil
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.publish",
		Subject: fmt.Sprintf("quiz:%d", quizID), Data: map[string]any{"revision": revision, "items": len(items)}})
}

// versionTx returns the version of the item that has exactly these bytes, and
// makes the next one when the newest has others.
func (s *Service) versionTx(tx *gorm.DB, courseID int64, it Item) (int64, error) {
	body, sum, err := it.Digest()
	if err != nil {
		return 0, err
	}
	now := s.now()
	var itemID int64
	err = tx.Raw(`INSERT INTO items (course_id, name, created_at) VALUES (?, ?, ?)
		ON CONFLICT ON CONSTRAINT items_name_key DO UPDATE SET name = excluded.name RETURNING id`,
		courseID, it.Name, now).Scan(&itemID).Error
	if err != nil {
		return 0, err
	}
	var newest struct {
		ID     int64
		Number int
		SHA256 []byte `gorm:"column:sha256"`
	}
	err = tx.Raw(`SELECT id, number, sha256 FROM item_versions WHERE item_id = ? ORDER BY number DESC LIMIT 1`, itemID).Scan(&newest).Error
	if err != nil {
		return 0, err
	}
	if newest.ID != 0 && [sha256.Size]byte(newest.SHA256) == sum {
		return newest.ID, nil
	}
	var id int64
	err = tx.Raw(`INSERT INTO item_versions (item_id, number, body, sha256, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		itemID, newest.Number+1, body, sum[:], now).Scan(&id).Error
	return id, err
}
