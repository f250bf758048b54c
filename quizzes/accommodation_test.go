package quizzes_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"anwen/internal/testdb"
	"anwen/quizzes"
)

// Of two grants to one person the one that is written later is the later one, though it
// was asked for before the first was done: the newest row counts.
func TestAGrantThatWaitsIsOfTheInstantWhenItsTurnComes(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, attempts: 1"), context.Background()
	var hours atomic.Int64
	begun := s.now
	room := quizzes.New(s.db, func() time.Time { return begun.Add(time.Duration(hours.Load()) * time.Hour) }, s.training)
	officer, number := s.marker(t), s.number(t, s.actor)
	first := s.db.Begin()
	defer first.Rollback()
	if err := first.Exec(`SELECT pg_advisory_xact_lock(hashtextextended('quizzes.accommodate:' || CAST(? AS bigint), 0))`, s.actor.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		done <- room.Accommodate(ctx, officer, s.quizID, quizzes.Accommodation{EmployeeNo: number, ExtraAttempts: 1, Reason: "x"})
	}()
	if !testdb.Waits(t, s.db, done) {
		t.Fatal("the second grant does not wait for the first")
	}
	hours.Store(1)
	if err := first.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var granted, told time.Time
	err := s.db.Raw(`SELECT m.granted_at, e.at FROM accommodations m, audit_events e WHERE e.action = 'quizzes.accommodate'`).Row().Scan(&granted, &told)
	if want := begun.Add(time.Hour); err != nil || !granted.Equal(want) || !told.Equal(want) {
		t.Errorf("granted at %s, in the log at %s, want %s, %v", granted, told, want, err)
	}
}
