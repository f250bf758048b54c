package training

import (
	"context"
	"sync"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

func TestAssigningAUnitGivesEachOneOpenCycle(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	course := st.publish(t, nil)
	root, path := testdb.Unit(t, st.db, 0)
	branch, _ := testdb.Unit(t, st.db, root)
	other, _ := testdb.Unit(t, st.db, 0)
	a, b, left, away := st.employee(t, root), st.employee(t, branch), st.employee(t, branch), st.employee(t, other)
	if err := st.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, left.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	// a opened the course before being asked.
	if _, err := st.ReadLesson(ctx, a, course.Slug, 1, 1); err != nil {
		t.Fatal(err)
	}
	due := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	in := AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, root), DueOn: &due, DryRun: true}
	boss := officer(root, path)

	dry, err := st.Assign(ctx, boss, in)
	if err != nil || dry.Assigned != 2 || dry.AlreadyAssigned != 0 || len(dry.Sample) != 2 {
		t.Errorf("dry run %+v %v", dry, err)
	}
	if n := st.count(t, `SELECT count(*) FROM assignments`); n != 1 {
		t.Errorf("a dry run wrote: %d", n)
	}
	in.DryRun = false
	report, err := st.Assign(ctx, boss, in)
	if err != nil || report.Assigned != 2 {
		t.Errorf("%+v %v", report, err)
	}
	again, err := st.Assign(ctx, boss, in)
	if err != nil || again.Assigned != 0 || again.AlreadyAssigned != 2 {
		t.Errorf("again %+v %v", again, err)
	}
	mine, err := st.MyAssignments(ctx, a)
	if err != nil || len(mine) != 1 || mine[0].LessonsRead != 1 || mine[0].DueOn == nil || mine[0].Reason != ForUnit || *mine[0].DaysLeft != 38 {
		t.Errorf("a: %+v %v", mine, err)
	}
	for name, actor := range map[string]people.Actor{"left": left, "away": away} {
		if list, err := st.MyAssignments(ctx, actor); err != nil || len(list) != 0 {
			t.Errorf("%s: %+v %v", name, list, err)
		}
	}
	if list, err := st.MyAssignments(ctx, b); err != nil || len(list) != 1 || list[0].State != NotStarted {
		t.Errorf("b: %+v %v", list, err)
	}
}

func codeOf(t *testing.T, db *database.Pool, unitID int64) (code string) {
	t.Helper()
	if err := db.Raw(`SELECT code FROM units WHERE id = ?`, unitID).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	return code
}

func TestAssigningIsRefusedWithItsReason(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	course := st.publish(t, nil)
	mine, path := testdb.Unit(t, st.db, 0)
	other, _ := testdb.Unit(t, st.db, 0)
	stranger := st.employee(t, other)
	var strangerNo string
	if err := st.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, stranger.PersonID).Scan(&strangerNo).Error; err != nil {
		t.Fatal(err)
	}
	gone := st.employee(t, mine)
	if err := st.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, gone.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	yesterday := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		actor people.Actor
		in    AssignInput
		want  errs.Kind
	}{
		"an employee":           {stranger, AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, mine)}, errs.Forbidden},
		"another unit":          {officer(mine, path), AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, other)}, errs.NotFound},
		"another unit's person": {officer(mine, path), AssignInput{Slug: course.Slug, EmployeeNo: strangerNo}, errs.NotFound},
		"a person who left":     {officer(mine, path), AssignInput{Slug: course.Slug, EmployeeNo: st.number(t, gone)}, errs.NotFound},
		"an unknown unit":       {officer(mine, path), AssignInput{Slug: course.Slug, UnitCode: "none"}, errs.NotFound},
		"an unknown course":     {officer(mine, path), AssignInput{Slug: "none", UnitCode: codeOf(t, st.db, mine)}, errs.NotFound},
		"both":                  {officer(mine, path), AssignInput{Slug: course.Slug, UnitCode: "a", EmployeeNo: "b"}, errs.Invalid},
		"neither":               {officer(mine, path), AssignInput{Slug: course.Slug}, errs.Invalid},
		"a past date":           {officer(mine, path), AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, mine), DueOn: &yesterday}, errs.Invalid},
	} {
		if _, err := st.Assign(ctx, c.actor, c.in); errs.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOverdueIsJudgedByTheLocalDate(t *testing.T) {
	due := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC) // already the 24th in Shanghai
	for name, c := range map[string]struct {
		a    facts
		zone *time.Location
		want State
	}{
		"the next day":       {facts{Assigned: true, DueOn: &due}, shanghai, Overdue},
		"the due day":        {facts{Assigned: true, DueOn: &due}, newYork, NotStarted},
		"begun":              {facts{Assigned: true, DueOn: &due, Read: 1}, newYork, InProgress},
		"begun and late":     {facts{Assigned: true, DueOn: &due, Read: 1}, shanghai, Overdue},
		"completed":          {facts{Assigned: true, DueOn: &due, Read: 1, Completed: true}, shanghai, Completed},
		"only the quiz":      {facts{Assigned: true, QuizPassed: true}, shanghai, InProgress},
		"without a due date": {facts{Assigned: true}, shanghai, NotStarted},
		"not assigned":       {facts{}, shanghai, None},
	} {
		if got := stateOf(c.a, date.In(at, c.zone)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if d := daysLeft(&due, date.In(at, shanghai)); *d != -1 {
		t.Errorf("%d days left", *d)
	}
}

func TestAssigningAHundredThousandPeopleIsOneStatement(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand people take seconds")
	}
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	course := st.publish(t, nil)
	unit, path := testdb.Unit(t, st.db, 0)
	err := st.db.Exec(`INSERT INTO people (employee_no, login, name, unit_id)
		SELECT 'M' || n, 'm' || n, '员工' || n, ? FROM generate_series(1, 100000) n`, unit).Error
	if err != nil {
		t.Fatal(err)
	}
	counted, counter := database.WithCounter(ctx)
	start := time.Now()
	report, err := st.Assign(counted, officer(unit, path), AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, unit)})
	t.Logf("%d people in %v, %d statements", report.Assigned, time.Since(start), counter.Statements())
	if err != nil || report.Assigned != 100_000 || counter.Statements() > 12 {
		t.Errorf("%+v %v", report, err)
	}
}

// Some open the course, and two officers assign it, all in one instant: nobody is left
// without being asked, and the officers' counts add up.
func TestAssigningWhileOthersOpenAndAssign(t *testing.T) {
	st, ctx := newStage(t, testdb.New(t)), context.Background()
	course := st.publish(t, nil)
	for round := range 8 {
		unit, path := testdb.Unit(t, st.db, 0)
		code, gate, wg := codeOf(t, st.db, unit), make(chan struct{}), sync.WaitGroup{}
		for range 30 {
			who := st.employee(t, unit)
			wg.Go(func() {
				<-gate
				if _, err := st.ReadLesson(ctx, who, course.Slug, 1, 1); err != nil {
					t.Error(err)
				}
			})
		}
		var reports [2]AssignReport
		due := func(officer int) time.Time { return time.Date(2026, 12, 1+2*round+officer, 0, 0, 0, 0, time.UTC) }
		for i := range reports {
			day := due(i)
			wg.Go(func() {
				<-gate
				var err error
				if reports[i], err = st.Assign(ctx, officer(unit, path), AssignInput{Slug: course.Slug, UnitCode: code, DueOn: &day}); err != nil {
					t.Error(err)
				}
			})
		}
		close(gate)
		wg.Wait()
		if alone := st.count(t, `SELECT count(*) FROM assignments WHERE due_on IS NULL`); alone != 0 {
			t.Errorf("round %d: %d were not asked", round, alone)
		}
		for i, r := range reports {
			dated := st.count(t, `SELECT count(*) FROM assignments WHERE due_on = ?`, due(i))
			if r.Assigned != dated || r.Assigned+r.AlreadyAssigned != 30 {
				t.Errorf("round %d, officer %d: %+v, %d rows", round, i, r, dated)
			}
		}
	}
}
