package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anwen/internal/i18n"
	"anwen/items/formats"
	"anwen/people"
)

const (
	submissionsOfRound = 200
	submittedItems     = 20
)

// Submitting twenty answered items through completion and certificate, against the
// same reads and rows of one transaction by pgx alone. Nothing is submitted twice,
// so each side uses its own people up.
func BenchmarkSubmission(b *testing.B) {
	s, ctx := newStage(b), context.Background()
	play := benchQuiz{People: 2 * (benchRounds + 1) * submissionsOfRound, Items: submittedItems}
	players, quizID, slug, err := play.prepare(ctx, s.house)
	if err != nil {
		b.Fatal(err)
	}
	s.answerAll(b, players, quizID, play)
	floorQueue, ourQueue := queueOf(players[:len(players)/2]), queueOf(players[len(players)/2:])
	f := floorSubmission{stage: s}
	if err := s.db.PGX().QueryRow(ctx, `SELECT id FROM courses WHERE slug = $1`, slug).Scan(&f.course); err != nil {
		b.Fatal(err)
	}
	// The course has its certification before anybody is measured.
	if err := s.db.PGX().QueryRow(ctx, `INSERT INTO certifications (course_id, created_at) VALUES ($1, now()) RETURNING id`, f.course).Scan(&f.certification); err != nil {
		b.Fatal(err)
	}
	floor := func() float64 { return eachOnce(b, floorQueue, func(p *player) error { return f.submit(ctx, p) }) }
	ours := func() float64 {
		return eachOnce(b, ourQueue, func(p *player) error {
			_, err := send("POST", fmt.Sprintf("%s/api/v1/attempts/%d/submission", s.url, p.attempt), p.token, nil)
			return err
		})
	}
	floor() // A connection plans a statement anew the first five times; that is not
	ours()  // what is measured.
	against(b, "submissions", 0.5, floor, ours)
	var issued int
	err = s.db.PGX().QueryRow(ctx, `SELECT count(*) FROM certificates WHERE certification_id = $1`, f.certification).Scan(&issued)
	if err != nil || issued != len(players) {
		b.Fatalf("%d certificates of %d people, %v", issued, len(players), err)
	}
}

// answerAll starts an attempt for everybody and answers it rightly.
func (s *stage) answerAll(b *testing.B, players []*player, quizID int64, play benchQuiz) {
	b.Helper()
	ctx := context.Background()
	queue := queueOf(players)
	eachUntilEmpty(b, queue, func(p *player) error {
		actor, err := s.people.Authenticate(ctx, p.token)
		if err != nil {
			return err
		}
		a, err := s.quizzes.Start(ctx, actor, quizID, "")
		p.attempt = a.ID
		return err
	})
	items, faults := formats.ReadQuiz(map[i18n.Locale][]byte{i18n.Hans: play.paper(i18n.Hans)})
	if len(faults) > 0 {
		b.Fatalf("%+v", faults)
	}
	for i, it := range items {
		response, err := json.Marshal(it.Key())
		if err != nil {
			b.Fatal(err)
		}
		_, err = s.db.PGX().Exec(ctx, `INSERT INTO answers (attempt_id, position, revision, response, saved_at)
			SELECT a.id, $1, 1, $2::jsonb, now() FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE r.quiz_id = $3`, i+1, string(response), quizID)
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.db.PGX().Exec(ctx, `ANALYZE`); err != nil {
		b.Fatal(err)
	}
}

type queue chan *player

func queueOf(players []*player) queue {
	q := make(queue, len(players))
	for _, p := range players {
		q <- p
	}
	close(q)
	return q
}

// eachOnce lets the clients work off one round's share and returns how many a second.
func eachOnce(b *testing.B, q queue, do func(*player) error) float64 {
	b.Helper()
	var left atomic.Int64
	left.Store(submissionsOfRound)
	began := time.Now()
	eachClient(b, func() (*player, bool) {
		if left.Add(-1) < 0 {
			return nil, false
		}
		p, ok := <-q
		return p, ok
	}, do)
	return submissionsOfRound / time.Since(began).Seconds()
}

func eachUntilEmpty(b *testing.B, q queue, do func(*player) error) {
	b.Helper()
	eachClient(b, func() (*player, bool) { p, ok := <-q; return p, ok }, do)
}

func eachClient(b *testing.B, next func() (*player, bool), do func(*player) error) {
	b.Helper()
	var wait sync.WaitGroup
	for range benchClients {
		wait.Go(func() {
			for p, ok := next(); ok; p, ok = next() {
				if err := do(p); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// floorSubmission writes what a submission writes, with pgx alone.
type floorSubmission struct {
	*stage
	course, certification int64
	serial                atomic.Int64
}

func (f *floorSubmission) submit(ctx context.Context, p *player) error {
	actor := people.Actor{PersonID: p.person}
	return pgx.BeginFunc(ctx, f.db.PGX(), func(tx pgx.Tx) error {
		var assignment, unit, revision, completion int64
		var paper, answers, name, number string
		err := tx.QueryRow(ctx, `SELECT assignment_id, paper::text FROM attempts WHERE id = $1 FOR UPDATE`, p.attempt).Scan(&assignment, &paper)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT jsonb_object_agg(position, response)::text FROM (
			SELECT DISTINCT ON (position) position, response FROM answers WHERE attempt_id = $1 ORDER BY position, revision DESC) w`, p.attempt).Scan(&answers)
		if err != nil {
			return err
		}
		grades := make([]map[string]any, submittedItems)
		for i := range grades {
			grades[i] = map[string]any{"earned": 1000, "max": 1000, "status": "right"}
		}
		raw, err := json.Marshal(grades)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
			VALUES ($1, now(), false, $2, $2, true, $3::jsonb)`, p.attempt, submittedItems*1000, string(raw)); err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT p.name, p.employee_no, p.unit_id, (SELECT id FROM course_revisions WHERE course_id = $2 ORDER BY number DESC LIMIT 1)
			FROM people p WHERE p.id = $1`, p.person, f.course).Scan(&name, &number, &unit, &revision)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO quiz_passes (assignment_id, attempt_id, passed_at) VALUES ($1, $2, now())`, assignment, p.attempt); err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
			VALUES ($1, $2, $3, $4, 1, $5, now()) RETURNING id`, assignment, p.person, f.course, revision, unit).Scan(&completion)
		if err != nil {
			return err
		}
		serial := fmt.Sprintf("FLOOR-%d", f.serial.Add(1))
		content, err := json.Marshal(map[string]any{"holder": name, "employee_no": number, "titles": map[string]string{"zh-Hans": "试压", "en": "Trial of load"},
			"institution": "安和银行", "locale": "zh-Hans", "verify_url": f.url + "/verify/" + serial})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until)
			VALUES ($1, $2, $3, 1, $4, $5::jsonb, now(), current_date, current_date + 365)`, serial, f.certification, p.person, completion, string(content)); err != nil {
			return err
		}
		for _, action := range []string{"quizzes.submit", "courses.complete", "certificates.issue"} {
			if _, err := tx.Exec(ctx, `INSERT INTO audit_events (at, actor_id, action, subject, data, request_id) VALUES (now(), $1, $2, $3, '{}', '')`,
				actor.PersonID, action, serial); err != nil {
				return err
			}
		}
		return nil
	})
}
