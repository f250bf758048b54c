package courses

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

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
	report, err := st.Publish(ctx, people.System(), folder(nil), true, 0)
	if err != nil || report.Revision != 1 || !report.DryRun || report.Items != 2 || len(st.published) != 1 {
		t.Errorf("%+v %v", report, err)
	}
	if n := st.count(t, `SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM audit_events)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
	_, err = st.Publish(ctx, people.System(), folder(map[string]string{"quiz.en.gift": "bad"}), true, 0)
	if got := places(err); !slices.Equal(got, []string{"quiz.en.gift:1 quizzes.unreadable"}) {
		t.Errorf("%v", err)
	}
}

func TestARefusingQuizLeavesNothingBehind(t *testing.T) {
	st := newStage(t, testdb.New(t))
	st.refuse = errors.New("no")
	if _, err := st.Publish(context.Background(), people.System(), folder(nil), false, 0); err == nil {
		t.Fatal("published")
	}
	if n := st.count(t, `SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM course_revisions) + (SELECT count(*) FROM blobs)`); n != 0 {
		t.Errorf("%d rows stay", n)
	}
}

func TestOnlyAuthorsAndOfficersPublish(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	for _, role := range people.Roles {
		actor := people.Actor{Grants: []people.Grant{{Role: role, UnitPath: "/1/"}}}
		_, err := st.Publish(context.Background(), actor, folder(nil), true, 0)
		allowed := role == people.Author || role == people.Compliance
		if allowed != (err == nil) || !allowed && errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := st.Publish(context.Background(), people.Actor{}, folder(nil), true, 0); errs.KindOf(err) != errs.Forbidden {
		t.Error(err)
	}
}

func TestPublishingAtOnceMakesOneRevisionOfTheSameBytes(t *testing.T) {
	st := newStage(t, testdb.New(t))
	st.quizzes = nil
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := st.Publish(context.Background(), people.System(), folder(nil), false, 0); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := st.count(t, `SELECT count(*) FROM course_revisions`); n != 1 {
		t.Errorf("%d revisions", n)
	}
}
