package database

import (
	"context"
	"database/sql/driver"

	"github.com/jackc/pgx/v5"
)

type plannedKey struct{}

// PlanAnew returns a context under which each query is planned for the values that it is
// asked with. A list is narrowed by what is asked: a plan for any values, to which the
// server goes over after the fifth call, reads everything where the first five read a
// page. What is asked the same way each time does without: its plan is kept, and that is
// half of its time.
func PlanAnew(ctx context.Context) context.Context {
	return context.WithValue(ctx, plannedKey{}, true)
}

// planned are the arguments with the mode in which the driver asks: under PlanAnew by a
// statement without a name, which the server keeps no plan of.
func planned(ctx context.Context, args []driver.NamedValue) []driver.NamedValue {
	if ctx.Value(plannedKey{}) == nil {
		return args
	}
	return append([]driver.NamedValue{{Value: pgx.QueryExecModeCacheDescribe}}, args...)
}
