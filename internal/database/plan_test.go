package database_test

import (
	"context"
	"testing"

	"anwen/internal/database"
	"anwen/internal/testdb"
)

// The server goes over to a plan for any values after the fifth call of a statement
// that it knows by a name.
func TestWhatIsPlannedAnewLeavesNoPlanBehind(t *testing.T) {
	db := testdb.New(t)
	plans := func(ctx context.Context, remark string) (n int) {
		err := db.Transaction(ctx, func(tx database.Tx) error {
			var sum int
			for i := range 7 {
				if err := tx.WithContext(ctx).Raw(`SELECT CAST(? AS integer) + ? /* `+remark+` */`, i, 1).Scan(&sum).Error; err != nil {
					return err
				}
				if sum != i+1 {
					t.Errorf("%d and 1 are %d", i, sum)
				}
			}
			return tx.WithContext(ctx).Raw(`SELECT coalesce(sum(custom_plans + generic_plans), 0) FROM pg_prepared_statements WHERE statement LIKE ?`,
				`SELECT CAST(%`+remark+`%`).Scan(&n).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := plans(context.Background(), "kept"); n != 7 {
		t.Errorf("%d plans of a statement that is kept", n)
	}
	if n := plans(database.PlanAnew(context.Background()), "anew"); n != 0 {
		t.Errorf("%d plans of a statement that is planned anew each time", n)
	}
}
