package performance_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/performance"
)

// A cursor once named a person, whom the next page was looked up by: whoever wrote one of
// somebody out of reach learned that there is such a person, and where in the order.
func TestACursorTellsNothingOfWhoIsOutOfReach(t *testing.T) {
	db := testdb.Tx(t)
	mine, path := testdb.Unit(t, db, 0)
	theirs, _ := testdb.Unit(t, db, 0)
	d := newDesk(t, db, mine)
	stranger := testdb.Person(t, db, theirs)
	d.add(testdb.Person(t, db, mine), complaint{due: at(8, 1, 0)})
	var no string
	d.scan(&no, `SELECT employee_no FROM people WHERE id = ?`, stranger)
	for _, after := range []string{no, no + "-nobody"} {
		for _, sort := range []performance.Sort{performance.ByEmployeeNo, performance.ByName, performance.ByUnit} {
			page, err := service(db).Scores(context.Background(), hr(mine, path), quarter, performance.Filter{Sort: sort, After: after})
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("by %s after %s: %d people, %v", sort, after, len(page.Scores), err)
			}
		}
	}
}

// Whatever happens to the last person of a page, the next one begins where it ended.
func TestAPageFollowsAlsoWhenItsLastPersonChanges(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	elsewhere, _ := testdb.Unit(t, db, 0)
	d := newDesk(t, db, unit)
	for _, name := range []string{"A", "B", "C", "D"} {
		person := testdb.Person(t, db, unit)
		d.exec(`UPDATE people SET name = ? WHERE id = ?`, name, person)
		d.add(person, complaint{due: at(8, 1, 0)})
	}
	actor, f := hr(unit, path), performance.Filter{Sort: performance.ByName, Limit: 2}
	first := scores(t, db, actor, f)
	d.exec(`UPDATE people SET name = 'Z', unit_id = ? WHERE name = 'B'`, elsewhere)
	f.After = first.Next
	rest := scores(t, db, actor, f)
	if len(rest.Scores) != 2 || rest.Scores[0].Name != "C" || rest.Scores[1].Name != "D" || rest.Next != "" {
		t.Errorf("behind B come %+v", rest.Scores)
	}
	f.Sort = performance.ByEmployeeNo
	if _, err := service(db).Scores(context.Background(), actor, quarter, f); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a cursor of another order: %v", err)
	}
}
