package quizzes

import (
	"context"
	"encoding/json"

	"anwen/internal/database"
	"anwen/items"
)

// drawable is what a draw takes as one: a question, or a whole scenario.
type drawable struct {
	Name string // id of the item, or name of the scenario
	Size int    // questions
}

// drawableTx is what a draw may take beside the fixed versions.
func drawableTx(ctx context.Context, tx database.Tx, draw items.Draw, fixed []int64) ([]drawable, error) {
	raw, err := json.Marshal(draw)
	if err != nil {
		return nil, err
	}
	var list []drawable
	err = tx.WithContext(ctx).Raw(`WITH sections AS (SELECT 1 AS n, CAST(@draw AS jsonb) AS draw), `+drawables+`
		SELECT p.name, (SELECT count(*) FROM jsonb_array_elements(p.held) h WHERE h->>'points' <> '0') AS size FROM pools p
		WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(p.ids) AS e(id) JOIN item_versions v ON v.item_id = (e.id #>> '{}')::bigint WHERE v.id = ANY (@fixed))`,
		map[string]any{"draw": string(raw), "fixed": database.Array[int64](fixed)}).Scan(&list).Error
	return list, err
}
