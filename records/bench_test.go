package records_test

import (
	"context"
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"anwen/internal/cursor"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/records"
)

const benchPeople = 100_000

// bank is an institution of 100,000 people in 500 branches, each with one
// certificate, made by the database itself.
func bank(b *testing.B) *database.Pool {
	b.Helper()
	db := testdb.New(b)
	s := school{b, db}
	course, revision, certification := s.course("complaint-handling")
	for _, sql := range []string{
		`INSERT INTO units (code, names, path) VALUES ('root', '{"zh-Hans":"总行","en":"Head office"}', '/1/')`,
		`INSERT INTO units (code, names, parent_id, path)
			SELECT 'B' || i, jsonb_build_object('zh-Hans', '第' || i || '支行', 'en', 'Branch ' || i), 1, '/1/' || i + 1 || '/'
			FROM generate_series(1, 500) i`,
		`INSERT INTO people (employee_no, login, name, unit_id, position)
			SELECT 'E' || lpad(i::text, 6, '0'), 'e' || i, '员工' || i, 2 + i % 500, '柜员' FROM generate_series(1, 100000) i`,
	} {
		s.exec(sql)
	}
	s.exec(`INSERT INTO assignments (course_id, person_id, cycle, due_on, reason, assigned_at)
		SELECT ?, id, 1, '2026-06-30', 'unit', '2026-01-05T01:00Z' FROM people`, course)
	s.exec(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT a.id, a.person_id, a.course_id, ?, 1, p.unit_id, a.assigned_at + a.id % 170 * interval '1 day'
		FROM assignments a JOIN people p ON p.id = a.person_id`, revision)
	s.exec(`INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until)
		SELECT 'AW-' || id, ?, person_id, 1, id, '{}', completed_at, completed_at::date, completed_at::date + 365 FROM completions`, certification)
	quiz := s.scan(`INSERT INTO quizzes (course_id, created_at) VALUES (?, now()) RETURNING id`, course)
	paper := s.scan(`INSERT INTO quiz_revisions (quiz_id, number, pass_mark, published_at) VALUES (?, 1, 80, now()) RETURNING id`, quiz)
	s.exec(`INSERT INTO attempts (revision_id, assignment_id, person_id, number, seed, paper, pass_mark, started_at)
		SELECT ?, id, person_id, 1, 1, '{}', 80, assigned_at FROM assignments`, paper)
	s.exec(`INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
		SELECT id, started_at, true, 1000 * (80 + id % 21), 100000, true, '[]' FROM attempts`)
	s.exec(`VACUUM ANALYZE`)
	return db
}

// BenchmarkExport measures rows/s of the export of 100,000 people against COPY
// of the same query in the same run, and how much the heap grows meanwhile.
func BenchmarkExport(b *testing.B) {
	db := bank(b)
	svc, actor := service(db), hr("/", i18n.Hans)
	query := records.CopyForBenchmark(actor, now)
	copied := func() float64 {
		conn, err := db.PGX().Acquire(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Release()
		start := time.Now()
		tag, err := conn.Conn().PgConn().CopyTo(context.Background(), io.Discard, "COPY ("+query+") TO STDOUT")
		if err != nil || tag.RowsAffected() != benchPeople {
			b.Fatalf("%d rows, %v", tag.RowsAffected(), err)
		}
		return benchPeople / time.Since(start).Seconds()
	}
	copied() // warm
	for _, format := range []records.Format{records.CSV, records.JSON, records.XLSX} {
		b.Run(string(format), func(b *testing.B) {
			var ours, theirs float64
			var grown uint64
			for b.Loop() {
				theirs += copied()
				peak := watchHeap()
				start := time.Now()
				n, err := svc.ExportCertifications(context.Background(), actor, records.CertificationQuery{}, format, io.Discard)
				if err != nil || n != benchPeople {
					b.Fatalf("%d rows, %v", n, err)
				}
				ours += benchPeople / time.Since(start).Seconds()
				grown = max(grown, peak())
			}
			b.ReportMetric(ours/float64(b.N), "rows/s")
			b.ReportMetric(theirs/float64(b.N), "copy-rows/s")
			b.ReportMetric(ours/theirs, "of-copy")
			b.ReportMetric(float64(grown)/(1<<20), "MB-heap-growth")
		})
	}
}

// BenchmarkPage measures one page of records out of 100,000 people.
func BenchmarkPage(b *testing.B) {
	db := bank(b)
	svc, actor := service(db), hr("/", i18n.Hans)
	for name, q := range map[string]records.CertificationQuery{
		"first":   {},
		"middle":  {After: cursor.After("certifications", "E050000", int64(50000))},
		"unit":    {UnitCode: "B250"},
		"search":  {Search: "工99"},
		"expired": {State: records.Expired},
		"date":    {AsOf: "2026-03-31"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := svc.Certifications(context.Background(), actor, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// watchHeap begins to watch the heap in use and returns what tells its peak
// above the start.
func watchHeap() func() uint64 {
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	runtime.GC()
	start := inUse()
	var peak atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				if now := inUse(); now > start {
					peak.Store(max(peak.Load(), now-start))
				}
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return peak.Load()
	}
}
