package testdb

import (
	"testing"
	"time"

	"anwen/internal/database"
)

// Waits reports true as soon as a statement of the database waits for a lock, and false
// when done tells before that what should wait did not. A test that would rather sleep
// says by it what it sleeps for.
func Waits[T any](t testing.TB, db *database.Pool, done <-chan T) bool {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		select {
		case <-done:
			return false
		case <-time.After(2 * time.Millisecond):
		}
		var waiting int
		if err := db.Raw(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting).Error; err != nil {
			t.Fatal(err)
		}
		if waiting > 0 {
			return true
		}
	}
	t.Fatal("nobody waits for a lock")
	return false
}
