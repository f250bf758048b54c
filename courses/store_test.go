package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stage is the room on a database with a clock, and what it told the others.
type stage struct {
	*Service
	db        *gorm.DB
	clock     time.Time
	published []QuizFiles
	completed []Completion
	refuse    error // what the quiz publisher or listener answers
	mu        sync.Mutex
}

func newStage(t *testing.T, db *gorm.DB) *stage {
	t.Helper()
	st := &stage{db: db, clock: noon}
	st.Service = New(db, func() time.Time { return st.clock }, st, st)
	return st
}

func (st *stage) CheckQuiz(q QuizFiles) (int, []errs.Fault) {
	if slices.Contains([]string{"bad"}, string(q.GIFT[i18n.English])) {
		return 0, []errs.Fault{{Place: errs.Place{File: "quiz.en.gift", Line: 1}, Code: "quizzes.unreadable"}}
	}
	return len(q.GIFT), nil
}

func (st *stage) PublishQuizTx(_ context.Context, _ *gorm.DB, _ people.Actor, q QuizFiles) error {
	st.published = append(st.published, q)
	return st.refuse
}

func (st *stage) CourseCompletedTx(_ context.Context, _ *gorm.DB, c Completion) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.completed = append(st.completed, c)
	return st.refuse
}

// publish publishes the right folder with changes.
func (st *stage) publish(t *testing.T, changes map[string]string) PublishReport {
	t.Helper()
	report, err := st.Publish(context.Background(), people.System(), folder(changes), false)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (st *stage) employee(t *testing.T, unitID int64) people.Actor {
	t.Helper()
	return people.Actor{PersonID: testdb.Person(t, st.db, unitID), UnitID: unitID, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
}

func (st *stage) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := st.db.Raw(sql, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func officer(unitID int64, path string) people.Actor {
	return people.Actor{UnitID: unitID, Locale: i18n.Hans, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: people.Compliance, UnitID: unitID, UnitPath: path}}}
}

func TestPublishingMakesRevisionsAndKeepsTheEarlierOnes(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	first := st.publish(t, nil)
	if first.Revision != 1 || first.Unchanged || first.Lessons != 2 || first.Items != 2 || len(st.published) != 1 || st.published[0].CourseID != first.CourseID {
		t.Errorf("%+v, quiz %+v", first, st.published)
	}
	again := st.publish(t, nil)
	if again.RevisionID != first.RevisionID || again.Revision != 1 || !again.Unchanged || len(st.published) != 1 {
		t.Errorf("%+v", again)
	}
	second := st.publish(t, map[string]string{"lessons/02-reply.en.md": "# Reply anew\n\nIn time.\n"})
	if second.Revision != 2 || second.RevisionID == first.RevisionID {
		t.Errorf("%+v", second)
	}
	if n := st.count(t, `SELECT count(*) FROM lesson_texts t JOIN lessons l ON l.id = t.lesson_id
		WHERE l.revision_id = ? AND t.title = 'Reply'`, first.RevisionID); n != 1 {
		t.Error("the text of the first revision is gone")
	}
	page, err := st.Lesson(ctx, "complaint-handling", 2, i18n.English)
	if err != nil || page.Title != "Reply anew" || page.Revision != 2 {
		t.Errorf("%+v %v", page, err)
	}
	// Going back to the first bytes is a new revision: the current one differs.
	if back := st.publish(t, nil); back.Revision != 3 || back.Unchanged {
		t.Errorf("%+v", back)
	}
	if n := st.count(t, `SELECT count(*) FROM audit_events WHERE action = 'courses.publish'`); n != 3 {
		t.Errorf("%d audit events", n)
	}
}

func TestADryRunChecksEverythingAndWritesNothing(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	report, err := st.Publish(ctx, people.System(), folder(nil), true)
	if err != nil || report.Revision != 1 || !report.DryRun || report.Items != 2 || len(st.published) != 0 {
		t.Errorf("%+v %v", report, err)
	}
	if n := st.count(t, `SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM audit_events)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
	_, err = st.Publish(ctx, people.System(), folder(map[string]string{"quiz.en.gift": "bad"}), true)
	if got := places(err); !slices.Equal(got, []string{"quiz.en.gift:1 quizzes.unreadable"}) {
		t.Errorf("%v", err)
	}
}

func TestARefusingQuizLeavesNothingBehind(t *testing.T) {
	st := newStage(t, testdb.New(t).Gorm)
	st.refuse = errors.New("no")
	if _, err := st.Publish(context.Background(), people.System(), folder(nil), false); err == nil {
		t.Fatal("published")
	}
	if n := st.count(t, `SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM course_revisions) + (SELECT count(*) FROM images)`); n != 0 {
		t.Errorf("%d rows stay", n)
	}
}

func TestOnlyAuthorsAndOfficersPublish(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	for _, role := range people.Roles {
		actor := people.Actor{Grants: []people.Grant{{Role: role, UnitPath: "/1/"}}}
		_, err := st.Publish(context.Background(), actor, folder(nil), true)
		allowed := role == people.Author || role == people.Compliance
		if allowed != (err == nil) || !allowed && errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := st.Publish(context.Background(), people.Actor{}, folder(nil), true); errs.KindOf(err) != errs.Forbidden {
		t.Error(err)
	}
}

func TestPublishingAtOnceMakesOneRevisionOfTheSameBytes(t *testing.T) {
	st := newStage(t, testdb.New(t).Gorm)
	st.quizzes = nil
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := st.Publish(context.Background(), people.System(), folder(nil), false); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := st.count(t, `SELECT count(*) FROM course_revisions`); n != 1 {
		t.Errorf("%d revisions", n)
	}
}

func TestALessonIsOneStatementAndFallsBackToALanguageItHas(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	st.publish(t, nil)
	ctx, counter := database.WithCounter(context.Background())
	page, err := st.Lesson(ctx, "complaint-handling", 1, i18n.Hant)
	if err != nil || counter.Statements() != 1 || counter.Transactions() != 0 {
		t.Errorf("%d statements, %v", counter.Statements(), err)
	}
	if page.Locale != i18n.Hans || page.Title != "受理" || page.Total != 2 || page.CourseTitle != "投诉处理基础" || page.RevisionID == 0 {
		t.Errorf("%+v", page)
	}
	for _, c := range []struct {
		slug string
		n    int
	}{{"complaint-handling", 3}, {"complaint-handling", 0}, {"none", 1}} {
		if _, err := st.Lesson(ctx, c.slug, c.n, i18n.Hans); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestAnImageIsServedForItsOwnCourseOnly(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	d, err := ReadCourse(folder(nil))
	if err != nil {
		t.Fatal(err)
	}
	sha := fmt.Sprintf("%x", d.Images[0].SHA256)
	image, err := st.Image(ctx, "complaint-handling", sha)
	if err != nil || image.MediaType != "image/png" || len(image.Bytes) == 0 {
		t.Errorf("%+v %v", image, err)
	}
	for _, c := range [][2]string{{"other", sha}, {"complaint-handling", "00"}, {"complaint-handling", "zz"}, {"complaint-handling", sha[:62] + "00"}} {
		if _, err := st.Image(ctx, c[0], c[1]); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%v: %v", c, err)
		}
	}
}

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
	// a opened the course alone, before being asked.
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

func codeOf(t *testing.T, db *gorm.DB, unitID int64) (code string) {
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
	yesterday := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		actor people.Actor
		in    AssignInput
		want  errs.Kind
	}{
		"an employee":           {stranger, AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, mine)}, errs.Forbidden},
		"another unit":          {officer(mine, path), AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, other)}, errs.Forbidden},
		"another unit's person": {officer(mine, path), AssignInput{Slug: course.Slug, EmployeeNo: strangerNo}, errs.NotFound},
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

func TestReadingAndPassingCompleteTheCourseAtOnce(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner := st.employee(t, unit)

	one, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1)
	if err != nil || one.LessonsRead != 1 || one.LessonsTotal != 2 || one.Completed || one.Cycle != 1 {
		t.Fatalf("%+v %v", one, err)
	}
	st.clock = noon.Add(time.Hour)
	if repeated, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1); err != nil || repeated != one {
		t.Errorf("a repetition changes %+v to %+v, %v", one, repeated, err)
	}
	if n := st.count(t, `SELECT count(*) FROM lesson_reads WHERE read_at = ?`, noon); n != 1 {
		t.Error("the first reading is not what is kept")
	}
	if completed, err := st.QuizPassedTx(ctx, st.db, QuizPass{AssignmentID: one.AssignmentID, AttemptID: 7, At: st.clock}); err != nil || completed {
		t.Errorf("completed with a lesson unread: %v", err)
	}
	done, err := st.ReadLesson(ctx, learner, course.Slug, 2, 1)
	if err != nil || !done.Completed || len(st.completed) != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	c := st.completed[0]
	if c.PersonID != learner.PersonID || c.Slug != course.Slug || c.UnitID != unit || c.Titles[i18n.English] != "Handling complaints" ||
		*c.ValidMonths != 12 || c.RevisionID != course.RevisionID || c.Cycle != 1 || !c.CompletedAt.Equal(st.clock) || c.ID == 0 {
		t.Errorf("%+v", c)
	}
	// Afterwards reading is only reading, and the pass may be told again.
	if review, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1); err != nil || !review.Completed || review.Cycle != 1 {
		t.Errorf("%+v %v", review, err)
	}
	if completed, err := st.QuizPassedTx(ctx, st.db, QuizPass{AssignmentID: one.AssignmentID, AttemptID: 8, At: st.clock}); err != nil || !completed {
		t.Errorf("%v %v", completed, err)
	}
	if _, _, err := st.OpenAssignmentTx(ctx, st.db, learner.PersonID, course.CourseID); errs.CodeOf(err) != "courses.already_completed" {
		t.Error(err)
	}
	if len(st.completed) != 1 || st.count(t, `SELECT count(*) FROM assignments`) != 1 || st.count(t, `SELECT count(*) FROM audit_events WHERE action = 'courses.complete'`) != 1 {
		t.Error("the course was completed twice")
	}
}

func TestACourseWithoutQuizIsCompletedByReading(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	header := "---\nslug: short\ncategory: a\nminutes: 5\ntitles: {en: Short}\nsummaries: {en: Short}\n---\n"
	st.publish(t, map[string]string{"course.md": header, "quiz.en.gift": "", "quiz.zh-Hans.gift": "", "lessons/02-reply.en.md": "", "lessons/02-reply.zh-Hans.md": ""})
	unit, _ := testdb.Unit(t, st.db, 0)
	p, err := st.ReadLesson(ctx, st.employee(t, unit), "short", 1, 1)
	if err != nil || !p.Completed || st.completed[0].ValidMonths != nil {
		t.Errorf("%+v %v", p, err)
	}
}

func TestTheNextCycleLeavesTheOldOne(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	course := st.publish(t, nil)
	unit, path := testdb.Unit(t, st.db, 0)
	learner := st.employee(t, unit)
	first := st.finish(t, learner, course.Slug)
	assign := func() AssignReport {
		r, err := st.Assign(ctx, officer(unit, path), AssignInput{Slug: course.Slug, UnitCode: codeOf(t, st.db, unit)})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := assign(); r.Assigned != 1 {
		t.Errorf("%+v", r)
	}
	if r := assign(); r.Assigned != 0 || r.AlreadyAssigned != 1 {
		t.Errorf("%+v", r)
	}
	mine, err := st.MyAssignments(ctx, learner)
	if err != nil || len(mine) != 1 || mine[0].Cycle != 2 || mine[0].LessonsRead != 0 || mine[0].State != NotStarted || mine[0].QuizPassed {
		t.Errorf("%+v %v", mine, err)
	}
	second := st.finish(t, learner, course.Slug)
	if second.Cycle != 2 || second.AssignmentID == first.AssignmentID || len(st.completed) != 2 {
		t.Errorf("%+v", second)
	}
	if n := st.count(t, `SELECT count(*) FROM lesson_reads WHERE assignment_id = ?`, first.AssignmentID); n != 2 {
		t.Errorf("%d readings of the first cycle are left", n)
	}
}

// finish passes the quiz and reads both lessons.
func (st *stage) finish(t *testing.T, learner people.Actor, slug string) (p Progress) {
	t.Helper()
	ctx := context.Background()
	for n := 1; n <= 2; n++ {
		var err error
		if p, err = st.ReadLesson(ctx, learner, slug, n, 1); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			if _, err := st.QuizPassedTx(ctx, st.db, QuizPass{AssignmentID: p.AssignmentID, AttemptID: p.AssignmentID, At: st.clock}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !p.Completed {
		t.Fatalf("not completed: %+v", p)
	}
	return p
}

func TestANewRevisionKeepsWhatWasReadAndAsksForTheRest(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner := st.employee(t, unit)
	if _, err := st.ReadLesson(ctx, learner, "complaint-handling", 1, 1); err != nil {
		t.Fatal(err)
	}
	// "receive" moves to the second place, "start" is new.
	st.publish(t, map[string]string{
		"lessons/01-receive.en.md": "", "lessons/01-receive.zh-Hans.md": "", "lessons/02-reply.en.md": "", "lessons/02-reply.zh-Hans.md": "",
		"lessons/01-start.en.md": "# Start\n\ns", "lessons/02-receive.en.md": "# Receive\n\nr", "lessons/03-reply.en.md": "# Reply\n\nr",
	})
	page, err := st.Course(ctx, learner, "complaint-handling")
	if err != nil || len(page.Lessons) != 3 || page.Lessons[0].Read || !page.Lessons[1].Read || page.Lessons[2].Read || page.Revision != 2 {
		t.Errorf("%+v %v", page, err)
	}
	if page.Assignment == nil || page.Assignment.LessonsRead != 1 || page.Assignment.LessonsTotal != 3 || page.Assignment.State != InProgress {
		t.Errorf("%+v", page.Assignment)
	}
	// A page of the first revision that is still open in a browser counts too.
	if p, err := st.ReadLesson(ctx, learner, "complaint-handling", 2, 1); err != nil || p.LessonsRead != 2 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := st.ReadLesson(ctx, learner, "complaint-handling", 3, 1); errs.KindOf(err) != errs.NotFound {
		t.Error(err)
	}
}

func TestListShowsEveryCourseWithTheActorsState(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner := st.employee(t, unit)
	cards, err := st.List(ctx, learner)
	if err != nil || len(cards) != 1 || cards[0].State != None || cards[0].LessonsTotal != 2 || cards[0].Title != "投诉处理基础" {
		t.Errorf("%+v %v", cards, err)
	}
	if page, err := st.Course(ctx, learner, "complaint-handling"); err != nil || page.Assignment != nil || !page.HasQuiz {
		t.Errorf("%+v %v", page, err)
	}
	if _, err := st.Course(ctx, learner, "none"); errs.KindOf(err) != errs.NotFound {
		t.Error(err)
	}
	if _, err := st.Course(ctx, learner, ""); errs.KindOf(err) != errs.NotFound {
		t.Error("no slug shows a course")
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
		a    standing
		zone *time.Location
		want State
	}{
		"the next day":       {standing{Assigned: true, DueOn: &due}, shanghai, Overdue},
		"the due day":        {standing{Assigned: true, DueOn: &due}, newYork, NotStarted},
		"begun":              {standing{Assigned: true, DueOn: &due, Read: 1}, newYork, InProgress},
		"begun and late":     {standing{Assigned: true, DueOn: &due, Read: 1}, shanghai, Overdue},
		"completed":          {standing{Assigned: true, DueOn: &due, Read: 1, Completed: true}, shanghai, Completed},
		"only the quiz":      {standing{Assigned: true, QuizPassed: true}, shanghai, InProgress},
		"without a due date": {standing{Assigned: true}, shanghai, NotStarted},
		"not assigned":       {standing{}, shanghai, None},
	} {
		if got := stateOf(c.a, dateIn(at, c.zone)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if d := daysLeft(&due, dateIn(at, shanghai)); *d != -1 {
		t.Errorf("%d days left", *d)
	}
}

func TestTwoCompletionsAtOnceGiveOne(t *testing.T) {
	db := testdb.New(t)
	st := newStage(t, db.Gorm)
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	ctx := context.Background()
	for round := range 30 {
		learner := st.employee(t, unit)
		p, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		// The last lesson and several passes arrive together.
		gate, wg := make(chan struct{}), sync.WaitGroup{}
		for i := range 4 {
			wg.Go(func() {
				<-gate
				err := st.db.Transaction(func(tx *gorm.DB) error {
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
	if len(st.completed) != 30 {
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
	st := newStage(t, db.Gorm)
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	ctx := context.Background()
	if err := st.db.Exec(`ALTER TABLE completions DROP CONSTRAINT completions_cycle_key`).Error; err != nil {
		t.Fatal(err)
	}
	learner := st.employee(t, unit)
	p := st.finish(t, learner, course.Slug)
	// What QuizPassedTx would do without taking the lock and looking first.
	if _, done, err := insertCompletionTx(ctx, st.db, p.AssignmentID, noon); err != nil || !done {
		t.Fatal(done, err)
	}
	if n := st.count(t, `SELECT count(*) FROM completions`); n != 2 {
		t.Errorf("%d completions: the constraint is not what holds them to one", n)
	}
}

func TestAFailingListenerUndoesTheCompletion(t *testing.T) {
	st := newStage(t, testdb.New(t).Gorm)
	course := st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner, ctx := st.employee(t, unit), context.Background()
	p, err := st.ReadLesson(ctx, learner, course.Slug, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.QuizPassedTx(ctx, st.db, QuizPass{AssignmentID: p.AssignmentID, AttemptID: 1, At: noon}); err != nil {
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
