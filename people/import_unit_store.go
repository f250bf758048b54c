package people

import (
	"context"

	"anwen/internal/database"
)

// insertUnitTx writes the unit below the path of its parent, and returns it with the
// id and the path that it got.
func insertUnitTx(ctx context.Context, tx database.Tx, u Unit, parentPath string) (Unit, error) {
	err := tx.WithContext(ctx).Raw(`WITH fresh AS (SELECT nextval(pg_get_serial_sequence('units', 'id')) AS id)
		INSERT INTO units (id, code, names, parent_id, path) OVERRIDING SYSTEM VALUE
		SELECT id, ?, CAST(? AS jsonb), ?, ?::text || id || '/' FROM fresh RETURNING id, path`,
		u.Code, u.Names, u.ParentID, parentPath).Row().Scan(&u.ID, &u.Path)
	return u, err
}
