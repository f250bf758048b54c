package policies_test

import (
	"context"
	"testing"
	"time"

	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// A hundred thousand people are asked at once; the product promises less than
// two seconds, and everybody is asked when it returns:
//
//	go test -run '^$' -bench Request -benchtime 1x ./policies
func BenchmarkRequest(b *testing.B) {
	db, ctx := testdb.New(b), context.Background()
	unit, _ := testdb.Unit(b, db, 0)
	var code string
	if err := db.Raw(`SELECT code FROM units WHERE id = ?`, unit).Scan(&code).Error; err != nil {
		b.Fatal(err)
	}
	err := db.Exec(`INSERT INTO people (employee_no, login, name, unit_id) SELECT 'B' || n, 'b' || n, '员工', ? FROM generate_series(1, 100000) n`, unit).Error
	if err != nil {
		b.Fatal(err)
	}
	db.Exec(`ANALYZE people`)
	publish(b, db, input("一"))
	var seconds, again float64
	for b.Loop() {
		began := time.Now()
		r, err := service(db).RequestAcknowledgement(ctx, holder(people.Compliance, "/"), policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: code})
		if err != nil {
			b.Fatal(err)
		}
		if r.New == 100_000 {
			seconds = time.Since(began).Seconds()
		} else {
			again = time.Since(began).Seconds()
		}
	}
	// The next material version asks them all again while it is published.
	next := input("二")
	began := time.Now()
	done, err := service(db).Publish(ctx, people.System(), next)
	if err != nil || done.AskedAgain != 100_000 {
		b.Fatalf("asked again %d, %v", done.AskedAgain, err)
	}
	b.ReportMetric(time.Since(began).Seconds(), "seconds-publish")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(seconds, "seconds")
	b.ReportMetric(again, "seconds-again")
	b.ReportMetric(2, "goal-seconds")
}
