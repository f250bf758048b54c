package database

import (
	"errors"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
)

// dialect is PostgreSQL's, except that statements are never written out with their
// values, and that errors are not translated into GORM's, which name no constraint.
type dialect struct {
	*postgres.Dialector
	refused *atomic.Bool // a statement was refused because nothing more can be written
}

// Explain is the statement without its values: GORM would write them out for every Scan,
// whether or not anybody logs it, and values do not belong into a log.
func (dialect) Explain(sql string, _ ...any) string { return sql }

// Translate sees every error that GORM meets.
func (d dialect) Translate(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && unwritable(pg.Code) {
		d.refused.Store(true)
	}
	return err
}
