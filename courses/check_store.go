package courses

import (
	"context"
	"encoding/json"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// checkRow is a row of lesson_checks.
type checkRow struct {
	LessonID int64
	Locale   i18n.Locale
	Position int
	Item     json.RawMessage `gorm:"serializer:json"`
}

func (checkRow) TableName() string { return "lesson_checks" }

// insertChecksTx writes the questions inside lesson n.
func insertChecksTx(ctx context.Context, tx database.Tx, lessonID int64, n int, checks map[checkKey][]byte) error {
	var rows []checkRow
	for key, item := range checks {
		if key.lesson == n {
			rows = append(rows, checkRow{LessonID: lessonID, Locale: key.locale, Position: key.position, Item: item})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return database.Table[checkRow](tx).CreateInBatches(ctx, &rows, len(rows))
}

// findCheck is a question inside a lesson; nil when there is none.
func findCheck(ctx context.Context, conn database.Conn, slug string, revision, n int, l i18n.Locale, position int) ([]byte, error) {
	var row checkRow
	err := conn.WithContext(ctx).Raw(`SELECT k.item FROM courses c JOIN course_revisions r ON r.course_id = c.id
		JOIN lessons l ON l.revision_id = r.id JOIN lesson_checks k ON k.lesson_id = l.id
		WHERE c.slug = ? AND r.number = ? AND l.n = ? AND k.locale = ? AND k.position = ?`, slug, revision, n, l, position).Scan(&row).Error
	return row.Item, err
}
