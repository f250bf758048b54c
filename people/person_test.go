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

func TestWhoHasLeftIsFoundByNumber(t *testing.T) {
	e, ctx := openEstate(t), context.Background()
	if err := e.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, e.people[1]).Error; err != nil {
		t.Fatal(err)
	}
	found, err := ByNumber(ctx, e.db, e.nos[0], e.nos[1], "no such")
	if err != nil || len(found) != 2 || found[e.nos[0]].Status != Active || found[e.nos[1]].Status != Left || found[e.nos[1]].ID != e.people[1] {
		t.Errorf("by number: %v, %v", found, err)
	}
	testdb.Grant(t, e.db, e.people[2], "hr", found[e.nos[0]].UnitID)
	if found, err := ByNumber(ctx, e.db); err != nil || len(found) != 0 {
		t.Errorf("without a number: %v, %v", found, err)
	}
	for _, c := range []struct {
		no    string
		roles []Role
		want  int64
	}{
		{e.nos[2], []Role{Author, HR}, e.people[2]},
		{e.nos[2], []Role{Author}, 0},
		{e.nos[0], []Role{HR}, 0},
		{"no such", []Role{HR}, 0},
	} {
		if p, found, err := HolderByNumber(ctx, e.db, c.no, c.roles...); err != nil || p.ID != c.want || found != (c.want != 0) {
			t.Errorf("%s with %v: %d, %v, %v", c.no, c.roles, p.ID, found, err)
		}
	}
}
