package people

import (
	"context"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestALanguageIsStoredAtTheInstantThatWasGiven(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	me := Actor{PersonID: b.person}
	if err := b.SetLanguage(ctx, me, "en"); err != nil {
		t.Fatal(err)
	}
	if err := b.SetLanguage(ctx, me, "fr"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a language that is none of the three: %v", err)
	}
	var language string
	var at time.Time
	err := b.db.Raw(`SELECT language, updated_at FROM people WHERE id = ?`, b.person).Row().Scan(&language, &at)
	if err != nil || language != "en" || !at.Equal(b.now) { // GORM would write its own clock
		t.Errorf("got %s at %v, %v; want en at %v", language, at, err, b.now)
	}
}
