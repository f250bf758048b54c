package training

import (
	"context"
	"sync"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestACourseIsNotRecordedBeforeItsPrerequisites(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, _ := testdb.Unit(t, st.db, 0)
	who := st.employee(t, unit)
	st.plain(t, "first", "")
	st.plain(t, "second", "requires: [first]\n")
	if _, err := st.ReadLesson(ctx, who, "second", 1, 1); errs.KindOf(err) != errs.Conflict || errs.CodeOf(err) != "training.prerequisite_missing" {
		t.Fatalf("read before its prerequisite: %v", err)
	}
	if n := st.count(t, `SELECT count(*) FROM assignments`); n != 0 {
		t.Errorf("%d assignments came of it", n)
	}
	course, err := st.Course(ctx, who, "second")
	if err != nil || len(course.Requires) != 1 || course.Requires[0].Completed || course.Requires[0].Title != "first" {
		t.Errorf("%+v %v", course.Requires, err)
	}
	for _, slug := range []string{"first", "second"} {
		if p, err := st.ReadLesson(ctx, who, slug, 1, 1); err != nil || !p.Completed {
			t.Errorf("%s: %+v %v", slug, p, err)
		}
	}
}

func TestACompletionCountsForAnEquivalentCourseWithoutItsCertificate(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	who := st.employee(t, unit)
	st.plain(t, "long", "")
	st.plain(t, "short", "equivalents: [long]\n")
	if _, err := st.Assign(ctx, officer(unit, path), AssignInput{Slug: "short", EmployeeNo: st.number(t, who)}); err != nil {
		t.Fatal(err)
	}
	if _, err := st.ReadLesson(ctx, who, "long", 1, 1); err != nil {
		t.Fatal(err)
	}
	list, err := st.MyAssignments(ctx, who)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for _, a := range list {
		if a.State != Completed || (a.Slug == "short") != (a.CreditedFrom == "long") {
			t.Errorf("%+v", a)
		}
	}
	if len(st.completed) != 1 || st.completed[0].Slug != "long" {
		t.Errorf("told of %+v, want the course that was taken alone", st.completed)
	}
}

// Each completion credits the other course: without an order both would wait.
func TestCoursesThatCreditEachOtherAreCompletedAtOnce(t *testing.T) {
	st, ctx := newStage(t, testdb.New(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	st.plain(t, "first", "")
	st.plain(t, "second", "equivalents: [first]\n")
	st.plain(t, "first", "equivalents: [second]\n")
	for range 30 {
		who := st.employee(t, unit)
		for _, slug := range []string{"first", "second"} {
			if _, err := st.Assign(ctx, officer(unit, path), AssignInput{Slug: slug, EmployeeNo: st.number(t, who)}); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for _, slug := range []string{"first", "second"} {
			wg.Go(func() {
				if _, err := st.ReadLesson(ctx, who, slug, 1, 1); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := st.count(t, `SELECT count(*) FROM completions WHERE person_id = ?`, who.PersonID); n != 2 {
			t.Fatalf("%d completions of two courses", n)
		}
	}
}
