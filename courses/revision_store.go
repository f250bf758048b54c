package courses

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// revisionRow is a revision without its texts; zero when a course has none yet.
type revisionRow struct {
	CourseID int64
	ID       int64
	Number   int
	SHA256   []byte `gorm:"column:sha256"`
}

func (r revisionRow) sameBytes(sum [32]byte) bool { return slices.Equal(r.SHA256, sum[:]) }

func currentRevision(ctx context.Context, conn database.Conn, slug string) (revisionRow, error) {
	var rows []revisionRow
	err := conn.WithContext(ctx).Raw(`SELECT r.course_id, r.id, r.number, r.sha256
		FROM course_revisions r JOIN courses c ON c.id = r.course_id
		WHERE c.slug = ? ORDER BY r.number DESC LIMIT 1`, slug).Scan(&rows).Error
	if err != nil {
		return revisionRow{}, fmt.Errorf("current revision of course %s: %w", slug, err)
	}
	if len(rows) == 0 {
		return revisionRow{}, nil
	}
	return rows[0], nil
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
func lockCourseTx(ctx context.Context, tx database.Tx, slug string, now time.Time) (id int64, err error) {
	if err = tx.Exec(`INSERT INTO courses (slug, created_at) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING`, slug, now).Error; err == nil {
		err = tx.Raw(`SELECT id FROM courses WHERE slug = ? FOR UPDATE`, slug).Scan(&id).Error
	}
	if err != nil {
		return 0, fmt.Errorf("lock course %s: %w", slug, err)
	}
	return id, nil
}

func insertRevisionTx(ctx context.Context, tx database.Tx, actor people.Actor, courseID int64, number int, d Folder, now time.Time) (id int64, err error) {
	titles, err := json.Marshal(d.Titles)
	if err != nil {
		return 0, err
	}
	summaries, err := json.Marshal(d.Summaries)
	if err != nil {
		return 0, err
	}
	err = tx.Raw(`INSERT INTO course_revisions
			(course_id, number, category, titles, summaries, minutes, has_quiz, valid_months, lessons, sha256, published_at, published_by, tags, requires, equivalents)
		VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?) RETURNING id`,
		courseID, number, d.Category, string(titles), string(summaries), d.Minutes, d.Quiz != nil, d.ValidMonths,
		len(d.Lessons), d.SHA256[:], now, actor.PersonID,
		database.Array[string](notNil(d.Tags)), database.Array[string](notNil(d.Requires)), database.Array[string](notNil(d.Equivalents))).Scan(&id).Error
	if err != nil {
		return 0, err
	}
	for _, name := range d.Files.Names() {
		if err := insertFileTx(ctx, tx, id, name, d.Files[name]); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, lesson := range d.Lessons {
		if err := insertLessonTx(tx, id, lesson, d.checks); err != nil {
			return 0, fmt.Errorf("lesson %d: %w", lesson.N, err)
		}
	}
	return id, nil
}

func insertLessonTx(tx database.Tx, revisionID int64, lesson Lesson, checks map[checkKey][]byte) error {
	var id int64
	err := tx.Raw(`INSERT INTO lessons (revision_id, n, name) VALUES (?, ?, ?) RETURNING id`,
		revisionID, lesson.N, lesson.Name).Scan(&id).Error
	if err != nil {
		return err
	}
	for _, l := range i18n.Locales {
		text, there := lesson.Texts[l]
		if !there {
			continue
		}
		err := tx.Exec(`INSERT INTO lesson_texts (lesson_id, locale, title, markdown, html, plain) VALUES (?, ?, ?, ?, ?, ?)`,
			id, string(l), text.Title, text.Markdown, text.HTML, text.Plain).Error
		if err != nil {
			return err
		}
	}
	return insertChecksTx(tx, id, lesson.N, checks)
}

// insertFileTx keeps a file of a revision as it came.
func insertFileTx(ctx context.Context, tx database.Tx, revisionID int64, name string, data []byte) error {
	sum, err := keepBlobTx(ctx, tx, name, data)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO course_files (revision_id, name, sha256) VALUES (?, ?, ?)`, revisionID, name, sum).Error
}

// keepBlobTx stores bytes once and returns their hash.
func keepBlobTx(ctx context.Context, tx database.Tx, name string, data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	// The hash is not first: GORM spells a slice out that follows a parenthesis.
	err := tx.Exec(`INSERT INTO blobs (media_type, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
		mediaType(name), sum[:], data).Error
	return sum[:], err
}

func notNil(list []string) []string { return append([]string{}, list...) }

// texts reads a jsonb of texts per locale.
func texts(raw string) (i18n.Texts, error) {
	var m i18n.Texts
	err := json.Unmarshal([]byte(raw), &m)
	return m, err
}
