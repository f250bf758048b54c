package courses

import (
	"context"
	"encoding/json"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// lessonRow is a row of lessons.
type lessonRow struct {
	ID         int64
	RevisionID int64
	N          int
	Name       string
}

func (lessonRow) TableName() string { return "lessons" }

// lessonTextRow is a row of lesson_texts.
type lessonTextRow struct {
	LessonID int64
	Locale   i18n.Locale
	Title    string
	Markdown string
	HTML     string
	Plain    string
}

func (lessonTextRow) TableName() string { return "lesson_texts" }

func insertLessonTx(ctx context.Context, tx database.Tx, revisionID int64, lesson Lesson, checks map[checkKey][]byte) error {
	row := lessonRow{RevisionID: revisionID, N: lesson.N, Name: lesson.Name}
	if err := database.Table[lessonRow](tx).Create(ctx, &row); err != nil {
		return err
	}
	var texts []lessonTextRow
	for l, t := range lesson.Texts {
		texts = append(texts, lessonTextRow{LessonID: row.ID, Locale: l, Title: t.Title, Markdown: t.Markdown, HTML: t.HTML, Plain: t.Plain})
	}
	if err := database.Table[lessonTextRow](tx).CreateInBatches(ctx, &texts, len(texts)); err != nil {
		return err
	}
	return insertChecksTx(ctx, tx, row.ID, lesson.N, checks)
}

// findLesson reads a lesson in one statement; it is zero when there is none.
func findLesson(ctx context.Context, conn database.Conn, slug string, n int, locale i18n.Locale) (PublishedLesson, error) {
	var row struct {
		PublishedLesson
		Titles    i18n.Texts        // of the course
		Questions []json.RawMessage `gorm:"serializer:json"`
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT c.id AS course_id, c.slug, r.titles, l.n, r.lessons AS total,
			t.title, t.html, t.locale, r.id AS revision_id, r.number AS revision, r.minutes,
			coalesce((SELECT json_agg(item ORDER BY position) FROM lesson_checks k WHERE k.lesson_id = l.id AND k.locale = t.locale), '[]') AS questions
		FROM courses c
		JOIN LATERAL (SELECT * FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN lessons l ON l.revision_id = r.id AND l.n = ?
		JOIN LATERAL (SELECT * FROM lesson_texts WHERE lesson_id = l.id ORDER BY array_position(?::text[], locale) LIMIT 1) t ON true
		WHERE c.slug = ?`, n, database.Array[string](i18n.Preference(locale)), slug).Scan(&row).Error
	lesson := row.PublishedLesson
	lesson.CourseTitle = row.Titles.In(locale)
	for _, q := range row.Questions {
		lesson.Checks = append(lesson.Checks, q)
	}
	return lesson, err
}

// titledLesson is a lesson of a course in the nearest language.
type titledLesson struct{ Slug, Name, Title string }

func lessonTitles(ctx context.Context, conn database.Conn, slugs []string, l i18n.Locale) (rows []titledLesson, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT c.slug, l.name, t.title FROM courses c
		JOIN LATERAL (SELECT id FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN lessons l ON l.revision_id = r.id
		JOIN LATERAL (SELECT title FROM lesson_texts WHERE lesson_id = l.id ORDER BY array_position(?::text[], locale) LIMIT 1) t ON true
		WHERE c.slug = ANY (?)`, database.Array[string](i18n.Preference(l)), database.Array[string](slugs)).Scan(&rows).Error
	return rows, err
}
