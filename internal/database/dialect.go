package database

import (
	"gorm.io/driver/postgres"
)

// dialect is PostgreSQL's, except that statements are never written out with their
// values: GORM would do that for every Scan, whether or not anybody logs it, and
// values do not belong into a log.
type dialect struct{ *postgres.Dialector }

// Explain is the statement without its values.
func (dialect) Explain(sql string, _ ...any) string { return sql }
