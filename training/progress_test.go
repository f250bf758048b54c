package training

import (
	"context"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

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
	if outcome, err := st.pass(ctx, QuizPass{AssignmentID: one.AssignmentID, AttemptID: 7, At: st.clock}); err != nil || outcome.Completed {
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
	if outcome, err := st.pass(ctx, QuizPass{AssignmentID: one.AssignmentID, AttemptID: 8, At: st.clock}); err != nil || !outcome.Completed {
		t.Errorf("%v %v", outcome, err)
	}
	if id, cycle, err := st.assign(ctx, learner.PersonID, course.CourseID); err != nil || id != one.AssignmentID || cycle != 1 {
		t.Errorf("a completed course opened anew: %d %d %v", id, cycle, err)
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
			if _, err := st.pass(ctx, QuizPass{AssignmentID: p.AssignmentID, AttemptID: p.AssignmentID, At: st.clock}); err != nil {
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
	course, err := st.Course(ctx, learner, "complaint-handling")
	if err != nil || len(course.Lessons) != 3 || course.Lessons[0].Read || !course.Lessons[1].Read || course.Lessons[2].Read || course.Revision != 2 {
		t.Errorf("%+v %v", course, err)
	}
	if course.Assignment == nil || course.Assignment.LessonsRead != 1 || course.Assignment.LessonsTotal != 3 || course.Assignment.State != InProgress {
		t.Errorf("%+v", course.Assignment)
	}
	// A course of the first revision that is still open in a browser counts too.
	if p, err := st.ReadLesson(ctx, learner, "complaint-handling", 2, 1); err != nil || p.LessonsRead != 2 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := st.ReadLesson(ctx, learner, "complaint-handling", 3, 1); errs.KindOf(err) != errs.NotFound {
		t.Error(err)
	}
}

func TestCoursesShowsEveryCourseWithTheActorsState(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	unit, _ := testdb.Unit(t, st.db, 0)
	learner := st.employee(t, unit)
	list, err := st.Courses(ctx, learner)
	if err != nil || len(list) != 1 || list[0].State != None || list[0].LessonsTotal != 2 || list[0].Title != "投诉处理基础" {
		t.Errorf("%+v %v", list, err)
	}
	if course, err := st.Course(ctx, learner, "complaint-handling"); err != nil || course.Assignment != nil || !course.HasQuiz {
		t.Errorf("%+v %v", course, err)
	}
	if _, err := st.Course(ctx, learner, "none"); errs.KindOf(err) != errs.NotFound {
		t.Error(err)
	}
	if _, err := st.Course(ctx, learner, ""); errs.KindOf(err) != errs.NotFound {
		t.Error("no slug shows a course")
	}
}
