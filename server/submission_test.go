package server_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"anwen/internal/database"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
	"anwen/server"
)

// Two submissions of one attempt, released together, fifty times: one
// completion and one certificate each time, and the same answer to both. With
// the lock in quizzes.lockAttemptTx and the constraints submissions_key,
// completions_cycle_key and certificates_cycle_key removed it goes red.
func TestTwoSubmissionsAtOnceGiveOneCompletionAndOneCertificate(t *testing.T) {
	w, ctx := buildApart(t), context.Background()
	for round := range 50 {
		no := fmt.Sprintf("R%02d", round)
		_, err := w.rooms.People.Import(ctx, people.System(), "staff.csv", []byte("employee_no,name,unit_code\n"+no+",丙,B\n"), false)
		w.must(err)
		id, err := w.rooms.People.IDOfLogin(ctx, strings.ToLower(no))
		w.must(err)
		learner := people.Actor{PersonID: id, UnitID: w.there.ID, UnitPath: w.there.Path, Locale: "en", Zone: "Asia/Shanghai"}
		_, err = w.rooms.Training.ReadLesson(ctx, learner, "handling", 1, 1)
		w.must(err)
		a, err := w.rooms.Quizzes.Start(ctx, learner, w.quiz, "")
		w.must(err)
		_, err = w.rooms.Quizzes.SaveAnswer(ctx, learner, a.ID, 1, quizzes.AnswerInput{Response: items.Write("48")})
		w.must(err)

		var ready, wait sync.WaitGroup
		release := make(chan struct{})
		results := make([]quizzes.Result, 2)
		for i := range results {
			ready.Add(1)
			wait.Go(func() {
				ready.Done()
				<-release
				r, err := w.rooms.Quizzes.Submit(ctx, learner, a.ID)
				if err != nil {
					t.Errorf("round %d: %v", round, err)
				}
				results[i] = r
			})
		}
		ready.Wait()
		close(release)
		wait.Wait()
		if !results[0].Passed || !results[1].Passed || results[0].Earned != results[1].Earned || !results[0].SubmittedAt.Equal(results[1].SubmittedAt) {
			t.Fatalf("round %d: %+v and %+v", round, results[0], results[1])
		}
		for _, table := range []string{"completions", "certificates"} {
			if n := w.number(`SELECT count(*) FROM `+table+` WHERE person_id = ?`, id); n != 1 {
				t.Fatalf("round %d: %d %s", round, n, table)
			}
		}
		var events []string
		w.must(w.db.Raw(`SELECT action FROM audit_events WHERE actor_id = ? AND action IN ('quizzes.submit', 'courses.complete', 'certificates.issue') ORDER BY id`, id).Scan(&events).Error)
		if fmt.Sprint(events) != "[quizzes.submit certificates.issue courses.complete]" {
			t.Fatalf("round %d: the audit log says %v", round, events)
		}
		if n := w.number(`SELECT count(*) FROM submissions WHERE attempt_id = ?`, a.ID); n != 1 {
			t.Fatalf("round %d: %d submissions", round, n)
		}
	}
}

// What a learner's requests cost in SQL, with the session read anew each time
// (no cache) and in a process that has seen the quiz.
func TestLearnerRequestsStayWithinTheirStatements(t *testing.T) {
	w := buildApart(t)
	w.must(w.db.Exec(`INSERT INTO assignments (course_id, person_id, cycle, reason, assigned_at)
		SELECT c.id, p.id, 1, 'person', now() FROM courses c, people p WHERE p.login = 'employee'`).Error)
	if status, raw := w.call("author", "POST", server.Prefix+fmt.Sprint("/quizzes/", w.quiz, "/attempts"), ""); status != http.StatusOK {
		t.Fatalf("the first who starts: %d %s", status, raw)
	}
	var attempt int64
	for _, c := range []struct {
		name, method, path, body string
		most                     int64
	}{
		{"a lesson", "GET", "/courses/handling/lessons/1", "", 2},
		{"start an attempt", "POST", fmt.Sprint("/quizzes/", w.quiz, "/attempts"), "", 3},
		{"save an answer", "PUT", "/attempts/ID/answers/1", `{"text":"48"}`, 2},
		{"read a lesson", "POST", "/courses/handling/lessons/1/read", `{"revision":1}`, 8},
		{"submit", "POST", "/attempts/ID/submission", "", 15},
		{"my training", "GET", "/me/assignments", "", 3},
		{"a course", "GET", "/courses/handling", "", 6},
	} {
		status, raw, counter := w.counted("employee", c.method, server.Prefix+strings.Replace(c.path, "ID", fmt.Sprint(attempt), 1), c.body)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", c.name, status, raw)
		}
		if attempt == 0 {
			attempt = w.number(`SELECT coalesce(max(id), 0) FROM attempts WHERE person_id = ?`, w.own.PersonID)
		}
		t.Logf("%-18s %2d statements, %d transactions", c.name, counter.Statements(), counter.Transactions())
		if counter.Statements() > c.most {
			t.Errorf("%s runs %d statements, at most %d", c.name, counter.Statements(), c.most)
		}
	}
}

// counted is call with the statements that it ran.
func (w *world) counted(role, method, path, body string) (int, string, *database.Counter) {
	var counter *database.Counter
	inner := w.web
	w.web = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var ctx context.Context
		ctx, counter = database.WithCounter(r.Context())
		inner.ServeHTTP(rw, r.WithContext(ctx))
	})
	status, raw := w.call(role, method, path, body)
	w.web = inner
	return status, raw, counter
}
