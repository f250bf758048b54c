package quizzes

import (
	"context"

	"anwen/internal/database"
)

// listBankItems reads up to limit items of the bank whose ids are greater than after;
// duplicates of them are looked for in the open ones.
func listBankItems(ctx context.Context, conn database.Conn, bank, after int64, limit int, q BankQuery, open database.Array[int64]) ([]BankedItem, error) {
	var list []BankedItem
	err := conn.WithContext(ctx).Raw(`
		SELECT i.id, i.name, i.kind, i.category, to_json(i.tags) AS tags, coalesce(i.difficulty, 0) AS level, i.state, i.points, i.created_at, v.number AS version, v.body,
		       (SELECT count(DISTINCT r.quiz_id) FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id JOIN item_versions w ON w.id = q.item_version_id
		        WHERE w.item_id = i.id AND r.number = (SELECT max(number) FROM quiz_revisions n WHERE n.quiz_id = r.quiz_id)) AS quizzes,
		       CASE WHEN i.fingerprint = '' THEN 0 ELSE (SELECT count(*) - 1 FROM items d WHERE d.fingerprint = i.fingerprint AND d.bank_id = ANY (@open)) END AS duplicates
		FROM items i JOIN item_versions v ON v.id = i.version_id
		WHERE i.bank_id = @bank AND i.id > @after
		  AND (@kind = '' OR i.kind = @kind) AND (@state = '' OR i.state = @state) AND (@level = 0 OR i.difficulty = @level)
		  AND (@category = '' OR i.category = @category OR starts_with(i.category, @category || '/'))
		  AND (NOT @twice OR EXISTS (SELECT FROM items d WHERE d.fingerprint = i.fingerprint AND d.id <> i.id AND i.fingerprint <> '' AND d.bank_id = ANY (@open)))
		  AND (@tag = '' OR @tag = ANY (i.tags))
		  AND (@search = '' OR i.name ILIKE @like OR convert_from(v.body, 'UTF8') ILIKE @like)
		ORDER BY i.id LIMIT @limit`, map[string]any{"bank": bank, "after": after, "twice": q.Twice, "kind": q.Kind, "state": q.State, "level": q.Level,
		"category": q.Category, "tag": q.Tag, "search": q.Search, "like": "%" + database.LikeLiteral(q.Search) + "%", "limit": limit, "open": open}).Scan(&list).Error
	return list, err
}
