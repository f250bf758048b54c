package people

import (
	"context"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

// estate is a root with two branches, and somebody in each of the three.
type estate struct {
	db                 *database.Pool
	paths, codes, nos  [3]string
	people             [3]int64
	root, north, south Reach
}

func openEstate(t *testing.T) estate {
	t.Helper()
	e := estate{db: testdb.Tx(t)}
	root, _ := testdb.Unit(t, e.db, 0)
	north, _ := testdb.Unit(t, e.db, root)
	south, _ := testdb.Unit(t, e.db, root)
	for i, unit := range []int64{root, north, south} {
		e.people[i] = testdb.Person(t, e.db, unit)
		err := e.db.Raw(`SELECT unit_path, unit_code, employee_no FROM staff WHERE id = ?`, e.people[i]).Row().Scan(&e.paths[i], &e.codes[i], &e.nos[i])
		if err != nil {
			t.Fatal(err)
		}
	}
	over := func(path string) Reach { return Actor{Grants: []Grant{{Role: HR, UnitPath: path}}}.Over(HR, Auditor) }
	e.root, e.north, e.south = over(e.paths[0]), over(e.paths[1]), over(e.paths[2])
	return e
}

func TestReachGivesOneAnswer(t *testing.T) {
	e, ctx := openEstate(t), context.Background()
	none := Actor{Grants: []Grant{{Role: Author, UnitPath: "/"}}}.Over(HR, Auditor)
	for name, c := range map[string]struct {
		reach Reach
		at    int // whose unit; -1: one that does not exist
		want  errs.Kind
	}{
		"the own unit":            {e.north, 1, ""},
		"a unit below":            {e.root, 2, ""},
		"a unit above":            {e.north, 0, errs.NotFound},
		"a unit beside":           {e.north, 2, errs.NotFound},
		"one that does not exist": {e.root, -1, errs.NotFound},
		"without the role":        {none, 1, errs.Forbidden},
		"without any, of nothing": {Reach{}, -1, errs.Forbidden},
		"the program itself":      {System().Over(HR), 2, ""},
	} {
		code, no, id := "no such", "no such", int64(1)<<40
		if c.at >= 0 {
			code, no, id = e.codes[c.at], e.nos[c.at], e.people[c.at]
		}
		u, err := c.reach.Unit(ctx, e.db, code)
		if errs.KindOf(err) != c.want || (err != nil && c.want == "") || (err == nil && (u.Code != code || u.Names["en"] == "")) || (c.want == errs.NotFound && errs.CodeOf(err) != "people.unit_not_found") {
			t.Errorf("%s: unit %+v, %v", name, u, err)
		}
		for _, find := range []func() (Person, error){
			func() (Person, error) { return c.reach.Person(ctx, e.db, no) },
			func() (Person, error) { return c.reach.PersonByID(ctx, e.db, id) },
		} {
			p, err := find()
			if errs.KindOf(err) != c.want || (err != nil && c.want == "") || (err == nil && (p.ID != id || p.UnitCode != code)) || (c.want == errs.NotFound && errs.CodeOf(err) != "people.person_not_found") {
				t.Errorf("%s: person %+v, %v", name, p, err)
			}
		}
	}
}

func TestReachMatchesSetsAsItMatchesOne(t *testing.T) {
	e := openEstate(t)
	both := Actor{Grants: []Grant{{Role: HR, UnitPath: e.paths[1]}, {Role: Auditor, UnitPath: e.paths[2]}, {Role: Author, UnitPath: "/"}}}
	for name, c := range map[string]struct {
		reach Reach
		want  [3]bool
	}{
		"root": {e.root, [3]bool{true, true, true}}, "north": {e.north, [3]bool{false, true, false}},
		"two roles": {both.Over(HR, Auditor), [3]bool{false, true, true}}, "one of them": {both.Over(HR), [3]bool{false, true, false}},
		"none": {Reach{}, [3]bool{}},
	} {
		for i, path := range e.paths {
			var inSet bool
			if err := e.db.Raw(`SELECT CAST(? AS text) LIKE ANY (?)`, path, c.reach.Patterns()).Scan(&inSet).Error; err != nil {
				t.Fatal(err)
			}
			if inSet != c.want[i] || c.reach.Covers(path) != c.want[i] {
				t.Errorf("%s, %s: in the set %v, alone %v, want %v", name, path, inSet, c.reach.Covers(path), c.want[i])
			}
		}
	}
	if e.root.Covers(e.paths[0][:len(e.paths[0])-1] + "9/") {
		t.Error("a unit whose number begins alike is covered")
	}
}

func TestTheWholeInstitutionNeedsItsRoot(t *testing.T) {
	e, ctx := openEstate(t), context.Background()
	var others int
	if err := e.db.Raw(`SELECT count(*) FROM units WHERE parent_id IS NULL`).Scan(&others).Error; err != nil || others != 1 {
		t.Fatalf("%d roots, %v", others, err)
	}
	for name, c := range map[string]struct {
		reach Reach
		want  errs.Kind
	}{"root": {e.root, ""}, "branch": {e.north, errs.Forbidden}, "none": {Reach{}, errs.Forbidden}, "system": {System().Over(HR), ""}} {
		if err := c.reach.Root(ctx, e.db); errs.KindOf(err) != c.want || (err != nil && c.want == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
	testdb.Unit(t, e.db, 0)
	if err := e.root.Root(ctx, e.db); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("one of two roots: %v", err)
	}
}
