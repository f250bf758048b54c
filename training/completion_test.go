package training

import (
	"context"
	"errors"
	"sync"
	"testing"

	"anwen/internal/database"
	"anwen/internal/testdb"
)

func TestTwoCompletionsAtOnceGiveOne(t *testing.T) {
	db := testdb.New(t)
	st := newStage(t, db)
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	ctx := context.Background()
	for round := range 60 {
		learner := st.employee(t, unit)
		p, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		// The last lesson and the pass arrive together, once or several times
		// each. Without the lock neither of a pair sees the other: none completes.
		gate, wg := make(chan struct{}), sync.WaitGroup{}
		for i := range []int{1, 1, 4}[round%3] {
			wg.Go(func() {
				<-gate
				err := st.db.Transaction(ctx, func(tx database.Tx) error {
					_, err := st.QuizPassedTx(ctx, tx, QuizPass{AssignmentID: p.AssignmentID, AttemptID: int64(100*round + i), At: noon})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				<-gate
				if _, err := st.ReadLesson(ctx, learner, course.Slug, 2, 1); err != nil {
					t.Error(err)
				}
			})
		}
		close(gate)
		wg.Wait()
		if n := st.count(t, `SELECT count(*) FROM completions WHERE person_id = ?`, learner.PersonID); n != 1 {
			t.Fatalf("round %d: %d completions", round, n)
		}
	}
	if len(st.completed) != 60 {
		t.Errorf("the listener heard of %d completions", len(st.completed))
	}
	// The lock is the first guard; the constraint is the last.
	err := st.db.Exec(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at FROM completions LIMIT 1`).Error
	if !database.Violated(err, "completions_cycle_key") {
		t.Errorf("a second completion of a cycle was let in: %v", err)
	}
	for name, sql := range map[string]string{
		"completions_append_only":  `DELETE FROM completions`,
		"lesson_reads_append_only": `UPDATE lesson_reads SET read_at = now()`,
		"quiz_passes_append_only":  `DELETE FROM quiz_passes`,
	} {
		if err := st.db.Exec(sql).Error; !database.Violated(err, name) {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestWithoutLockAndConstraintTwoCompletionsAppear(t *testing.T) {
	db := testdb.New(t)
	st := newStage(t, db)
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	if err := st.db.Exec(`ALTER TABLE completions DROP CONSTRAINT completions_cycle_key`).Error; err != nil {
		t.Fatal(err)
	}
	learner := st.employee(t, unit)
	p := st.finish(t, learner, course.Slug)
	// What QuizPassedTx would do without taking the lock and looking first.
	err := st.db.Transaction(context.Background(), func(tx database.Tx) error {
		_, done, err := insertCompletionTx(context.Background(), tx, p.AssignmentID, noon)
		if !done {
			t.Error("it is not stored")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := st.count(t, `SELECT count(*) FROM completions`); n != 2 {
		t.Errorf("%d completions: the constraint is not what holds them to one", n)
	}
}

func TestAFailingListenerUndoesTheCompletion(t *testing.T) {
	st := newStage(t, testdb.New(t))
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner, ctx := st.employee(t, unit), context.Background()
	p, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.pass(ctx, QuizPass{AssignmentID: p.AssignmentID, AttemptID: 1, At: noon}); err != nil {
		t.Fatal(err)
	}
	st.refuse = errors.New("no certificate")
	if _, err := st.ReadLesson(ctx, learner, course.Slug, 2, 1); err == nil {
		t.Error("completed without its certificate")
	}
	if n := st.count(t, `SELECT (SELECT count(*) FROM completions) + (SELECT count(*) FROM lesson_reads WHERE name = 'reply')`); n != 0 {
		t.Errorf("%d rows stay", n)
	}
}
