package quizzes_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/testdb"
)

// Many who start in the same instant on a fresh process, with fewer connections
// than people: whoever holds one must not wait for a second. The deadline only ends
// a test in which everybody waits for everybody.
func TestSixteenStartsAtOnceOnFourConnections(t *testing.T) {
	db := testdb.New(t)
	few, err := database.Open(t.Context(), db.PGX().Config().ConnString(), 4)
	if err != nil {
		t.Fatal(err)
	}
	defer few.Close()
	s := open(t, few, "pass_mark: 80")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	release := make(chan struct{})
	var wait sync.WaitGroup
	for range 16 {
		learner := s.another(t)
		wait.Go(func() {
			<-release
			if _, err := s.quizzes.Start(ctx, learner, s.quizID, ""); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	wait.Wait()
	if n := count(t, db, "attempts"); n != 16 && !t.Failed() {
		t.Errorf("%d attempts of 16 are stored", n)
	}
}
