package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// revisionRow is a row of course_revisions; zero when a course has none yet.
type revisionRow struct {
	ID          int64
	CourseID    int64
	Number      int
	Category    string
	Titles      i18n.Texts
	Summaries   i18n.Texts
	Minutes     int
	HasQuiz     bool
	ValidMonths *int
	Lessons     int
	SHA256      []byte `gorm:"column:sha256"`
	PublishedAt time.Time
	PublishedBy *int64
	Tags        database.Array[string] `gorm:"type:text[]"`
	Requires    database.Array[string] `gorm:"type:text[]"`
	Equivalents database.Array[string] `gorm:"type:text[]"`
}

func (revisionRow) TableName() string { return "course_revisions" }

func (r revisionRow) sameBytes(sum [32]byte) bool { return slices.Equal(r.SHA256, sum[:]) }

// currentRevision reads ids, number and hash of a course's newest revision.
func currentRevision(ctx context.Context, conn database.Conn, slug string) (current revisionRow, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT r.course_id, r.id, r.number, r.sha256
		FROM course_revisions r JOIN courses c ON c.id = r.course_id
		WHERE c.slug = ? ORDER BY r.number DESC LIMIT 1`, slug).Scan(&current).Error
	if err != nil {
		return revisionRow{}, fmt.Errorf("current revision of course %s: %w", slug, err)
	}
	return current, nil
}

// revisionsOf is the history of a course, newest first.
func revisionsOf(ctx context.Context, conn database.Conn, slug string) (list []Revision, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT r.number, r.published_at, coalesce(p.name, '') AS published_by, r.sha256,
			EXISTS (SELECT FROM course_files f WHERE f.revision_id = r.id AND f.name = 'course.md') AS kept
		FROM courses c JOIN course_revisions r ON r.course_id = c.id LEFT JOIN staff p ON p.id = r.published_by
		WHERE c.slug = ? ORDER BY r.number DESC`, slug).Scan(&list).Error
	return list, err
}

// CourseID returns the course of the slug. NotFound when none is published.
func (s *Service) CourseID(ctx context.Context, slug string) (int64, error) {
	current, err := currentRevision(ctx, s.db, slug)
	if err != nil {
		return 0, err
	}
	if current.ID == 0 {
		return 0, NotFound(slug)
	}
	return current.CourseID, nil
}

// lockCourseTx returns the course, made if need be, and keeps other publishers
// of it waiting until the transaction ends.
func lockCourseTx(ctx context.Context, tx database.Tx, slug string, now func() time.Time) (id int64, err error) {
	err = tx.WithContext(ctx).Exec(`INSERT INTO courses (slug, created_at) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING`, slug, now()).Error
	if err == nil {
		err = tx.WithContext(ctx).Raw(`SELECT id FROM courses WHERE slug = ? FOR UPDATE`, slug).Scan(&id).Error
	}
	if err != nil {
		return 0, fmt.Errorf("lock course %s: %w", slug, err)
	}
	return id, nil
}

// insertRevisionTx writes a revision with its files and lessons.
func insertRevisionTx(ctx context.Context, tx database.Tx, actor people.Actor, courseID int64, number int, folder Folder, now time.Time) (id int64, err error) {
	row := revisionRow{CourseID: courseID, Number: number, Category: folder.Category, Titles: folder.Titles, Summaries: folder.Summaries,
		Minutes: folder.Minutes, HasQuiz: folder.Quiz != nil, ValidMonths: folder.ValidMonths, Lessons: len(folder.Lessons),
		SHA256: folder.SHA256[:], PublishedAt: now, PublishedBy: actor.By(),
		Tags: notNil(folder.Tags), Requires: notNil(folder.Requires), Equivalents: notNil(folder.Equivalents)}
	if err := database.Table[revisionRow](tx).Create(ctx, &row); err != nil {
		return 0, err
	}
	if err := insertFilesTx(ctx, tx, row.ID, folder.Files); err != nil {
		return 0, fmt.Errorf("files: %w", err)
	}
	for _, lesson := range folder.Lessons {
		if err := insertLessonTx(ctx, tx, row.ID, lesson, folder.checks); err != nil {
			return 0, fmt.Errorf("lesson %d: %w", lesson.N, err)
		}
	}
	return row.ID, nil
}

// notNil is for columns that are never null.
func notNil(list []string) []string { return append([]string{}, list...) }
