package records_test

import (
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/performance"
	"anwen/records"
)

var now = time.Date(2026, 9, 15, 2, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

func service(db *database.Pool) *records.Service {
	return records.New(db, clock, performance.New(db, clock))
}

func hr(path string, l i18n.Locale) people.Actor {
	return people.Actor{PersonID: 999, Locale: l, Zone: "Asia/Shanghai", Grants: []people.Grant{{Role: people.HR, UnitPath: path}}}
}

// school makes courses and what people did in them.
type school struct {
	t  testing.TB
	db *database.Pool
}

func (s school) scan(sql string, args ...any) (id int64) {
	s.t.Helper()
	if err := s.db.Raw(sql, args...).Scan(&id).Error; err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s school) exec(sql string, args ...any) {
	s.t.Helper()
	if err := s.db.Exec(sql, args...).Error; err != nil {
		s.t.Fatal(err)
	}
}

func (s school) course(slug string) (course, revision, certification int64) {
	course = s.scan(`INSERT INTO courses (slug, created_at) VALUES (?, now()) RETURNING id`, slug)
	revision = s.scan(`INSERT INTO course_revisions (course_id, number, category, titles, summaries, minutes, has_quiz, lessons, sha256, published_at)
		VALUES (?, 1, '', '{"zh-Hans":"投诉处理","en":"Complaint handling"}', '{}', 10, true, 1, sha256('x'), now()) RETURNING id`, course)
	certification = s.scan(`INSERT INTO certifications (course_id, created_at) VALUES (?, now()) RETURNING id`, course)
	return course, revision, certification
}

func (s school) assign(course, person int64, cycle int, at time.Time) int64 {
	return s.scan(`INSERT INTO assignments (course_id, person_id, cycle, due_on, reason, assigned_at)
		VALUES (?, ?, ?, '2026-12-31', 'unit', ?) RETURNING id`, course, person, cycle, at)
}

func (s school) complete(assignment, revision int64, at time.Time) int64 {
	return s.scan(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT a.id, a.person_id, a.course_id, ?, a.cycle, p.unit_id, ? FROM assignments a JOIN people p ON p.id = a.person_id
		WHERE a.id = ? RETURNING id`, revision, at, assignment)
}

func (s school) certify(completion, certification int64, serial, validUntil string) int64 {
	var until *string
	if validUntil != "" {
		until = &validUntil
	}
	return s.scan(`INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until)
		SELECT ?, ?, person_id, cycle, id, '{}', completed_at, (completed_at AT TIME ZONE 'Asia/Shanghai')::date, ?::date
		FROM completions WHERE id = ? RETURNING id`, serial, certification, until, completion)
}

func (s school) attempt(assignment int64, number int, earned, possible int64, at time.Time) {
	quiz := s.scan(`INSERT INTO quizzes (course_id, created_at) SELECT course_id, now() FROM assignments WHERE id = ?
		ON CONFLICT (course_id) DO UPDATE SET created_at = excluded.created_at RETURNING id`, assignment)
	revision := s.scan(`INSERT INTO quiz_revisions (quiz_id, number, pass_mark, published_at)
		SELECT ?, coalesce(max(number), 0) + 1, 80, now() FROM quiz_revisions WHERE quiz_id = ? RETURNING id`, quiz, quiz)
	attempt := s.scan(`INSERT INTO attempts (revision_id, assignment_id, person_id, number, seed, paper, pass_mark, started_at)
		SELECT ?, id, person_id, ?, 1, '{}', 80, ? FROM assignments WHERE id = ? RETURNING id`, revision, number, at, assignment)
	s.exec(`INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
		VALUES (?, ?, true, ?, ?, false, '[]')`, attempt, at, 1000*earned, 1000*possible)
}

func local(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.FixedZone("CST", 8*3600))
}
