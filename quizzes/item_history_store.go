package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// versionOfItem is a version of an item with its use and results, and the item itself.
type versionOfItem struct {
	Name, Category, Fingerprint string
	State                       ItemState
	Tags                        []string `gorm:"serializer:json"`
	Level                       int
	ID                          int64
	Number                      int
	CreatedAt                   time.Time
	Body                        []byte
	Asked, Right, Partly        int
	Share                       *float64
	Uses                        []titledUse `gorm:"serializer:json"`
}

type titledUse struct {
	ItemUse
	Titles i18n.Texts
}

// versionsOfItem reads the versions of an item of the bank, the newest first.
func versionsOfItem(ctx context.Context, conn database.Conn, bankID, itemID int64) (rows []versionOfItem, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH fresh AS MATERIALIZED (SELECT * FROM quiz_uncounted), `+addedToItems+`
		SELECT i.name, i.state, i.category, to_json(i.tags) AS tags, coalesce(i.difficulty, 0) AS level, i.fingerprint, v.id, v.number, v.created_at, v.body, g.*, u.uses
		FROM items i JOIN item_versions v ON v.item_id = i.id
		LEFT JOIN item_figures f ON f.item_version_id = v.id LEFT JOIN asked n ON n.item_version_id = v.id
		CROSS JOIN LATERAL (
			SELECT coalesce(f.asked, 0) + coalesce(n.asked, 0) AS asked, coalesce(f."right", 0) + coalesce(n."right", 0) AS "right", coalesce(f.partly, 0) + coalesce(n.partly, 0) AS partly,
			       (coalesce(f.earned, 0) + coalesce(n.earned, 0))::float8 / nullif(coalesce(f.possible, 0) + coalesce(n.possible, 0), 0) AS share
		) g
		CROSS JOIN LATERAL (
			SELECT coalesce(jsonb_agg(jsonb_build_object('QuizID', q.quiz_id, 'Titles', q.titles, 'First', q.first, 'Last', q.last, 'Now', q.last = q.newest) ORDER BY q.quiz_id), '[]') AS uses
			FROM (
				SELECT r.quiz_id, min(r.number) AS first, max(r.number) AS last, (SELECT max(number) FROM quiz_revisions n WHERE n.quiz_id = r.quiz_id) AS newest,
				       (SELECT k.titles FROM course_revisions k JOIN quizzes z ON z.course_id = k.course_id WHERE z.id = r.quiz_id ORDER BY k.number DESC LIMIT 1) AS titles
				FROM quiz_items h JOIN quiz_revisions r ON r.id = h.revision_id WHERE h.item_version_id = v.id GROUP BY r.quiz_id
			) q
		) u
		WHERE i.id = @item AND i.bank_id = @bank ORDER BY v.number DESC`, map[string]any{"item": itemID, "bank": bankID}).Scan(&rows).Error
	return rows, err
}

// duplicatesOfItem reads up to fifty other items of the banks with the fingerprint.
func duplicatesOfItem(ctx context.Context, conn database.Conn, itemID int64, name, fingerprint string, banks database.Array[int64]) (list []Duplicate, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT @name AS name, d.name AS other, b.code AS bank FROM items d JOIN banks b ON b.id = d.bank_id
		WHERE d.fingerprint = @print AND d.id <> @item AND d.bank_id = ANY (@banks) ORDER BY b.code, d.name LIMIT 50`,
		map[string]any{"name": name, "print": fingerprint, "item": itemID, "banks": banks}).Scan(&list).Error
	return list, err
}
