package briefings

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

// november is a text of the month's briefing that is begun from a revision.
func november(base int, title string) Input {
	return Input{Month: "2026-11", Base: &base, Texts: map[i18n.Locale]Text{i18n.Hans: {Title: title, Changes: "甲", Impact: "乙", Plan: "丙"}}}
}

// meanwhile tells whether a failure says who published which number first.
func meanwhile(err error, name string, number int) bool {
	var refused *errs.Error
	return errors.As(err, &refused) && refused.Kind == errs.Conflict && refused.Code == "briefings.changed_meanwhile" &&
		refused.Args["name"] == name && refused.Args["number"] == number
}

func TestABriefingIsNotPublishedOverOneThatItsWriterHasNotSeen(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	first, second := officer(unit, path), officer(unit, path)
	first.PersonID = testdb.Person(t, st.db, unit)
	var name string
	if err := st.db.Raw(`SELECT name FROM people WHERE id = ?`, first.PersonID).Scan(&name).Error; err != nil {
		t.Fatal(err)
	}
	if r, err := st.Publish(ctx, first, november(0, "甲稿")); err != nil || r.Revision != 1 {
		t.Fatal(r, err)
	}
	theirs := november(0, "乙稿")
	for _, theirs.DryRun = range []bool{true, false} {
		if r, err := st.Publish(ctx, second, theirs); !meanwhile(err, name, 1) {
			t.Errorf("dry run %t: %+v %v", theirs.DryRun, r, err)
		}
	}
	if n := st.count(t, `SELECT count(*) FROM briefing_revisions`); n != 1 {
		t.Errorf("%d revisions", n)
	}
	if r, err := st.Publish(ctx, first, november(0, "甲稿")); err != nil || !r.Unchanged || r.Revision != 1 {
		t.Errorf("the same again, its answer lost: %+v %v", r, err)
	}
	if r, err := st.Publish(ctx, second, november(1, "乙稿")); err != nil || r.Revision != 2 {
		t.Errorf("on top of what was seen: %+v %v", r, err)
	}
	if r, err := st.Publish(ctx, second, november(7, "丙稿")); errs.KindOf(err) != errs.Conflict {
		t.Errorf("from a revision that never was: %+v %v", r, err)
	}
	imported := november(0, "丁稿")
	imported.Base = nil
	if r, err := st.Publish(ctx, people.System(), imported); err != nil || r.Revision != 3 {
		t.Errorf("an import asks for no base: %+v %v", r, err)
	}
}

func TestMinutesAreNotPublishedOverThoseThatTheirWriterHasNotSeen(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	chair := st.number(t, st.employee(t, unit))
	key := st.brief(t, Input{}).Key
	record := func(base *int, notes string) (int, error) {
		return st.RecordMeeting(ctx, officer(unit, path), MeetingInput{Key: key, HeldAt: noon.Add(-time.Hour), Place: "三楼会议室",
			ChairNo: chair, RecorderNo: chair, Notes: notes, Base: base})
	}
	none, one := 0, 1
	if n, err := record(&none, "一致同意。"); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if n, err := record(&none, "延期再议。"); !meanwhile(err, "安和银行", 1) {
		t.Errorf("over minutes that were not seen: %d %v", n, err)
	}
	if n := st.count(t, `SELECT count(*) FROM study_meetings`); n != 1 {
		t.Errorf("%d minutes on record", n)
	}
	if n, err := record(&one, "更正：延期再议。"); err != nil || n != 2 {
		t.Errorf("a correction of what was seen: %d %v", n, err)
	}
	if n, err := record(nil, "更正。"); err != nil || n != 3 {
		t.Errorf("a client that tells no base: %d %v", n, err)
	}
}

func TestOfWritersWhoPublishAtOnceFromTheSameOnlyOneDoes(t *testing.T) {
	st, ctx := newStage(t, testdb.New(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	boss, chair := officer(unit, path), st.number(t, st.employee(t, unit))
	for round := range 3 {
		st.atOnce(t, round+1, func(i int) error {
			_, err := st.Publish(ctx, boss, november(round, fmt.Sprint(round, i)))
			return err
		})
		st.atOnce(t, round+1, func(i int) error {
			_, err := st.RecordMeeting(ctx, boss, MeetingInput{Key: "2026-11", HeldAt: noon.Add(-time.Hour), Place: "三楼会议室",
				ChairNo: chair, RecorderNo: chair, Notes: fmt.Sprint(round, i), Base: &round})
			return err
		})
	}
}

// atOnce lets eight writers go together; one succeeds, and the others are told of the
// number that it made.
func (st *stage) atOnce(t *testing.T, number int, write func(i int) error) {
	t.Helper()
	var done sync.WaitGroup
	release, failures := make(chan struct{}), make(chan error, 8)
	for i := range cap(failures) {
		done.Go(func() {
			<-release
			failures <- write(i)
		})
	}
	close(release)
	done.Wait()
	close(failures)
	published := 0
	for err := range failures {
		switch {
		case err == nil:
			published++
		case !meanwhile(err, "安和银行", number):
			t.Error(err)
		}
	}
	if published != 1 {
		t.Errorf("%d of the writers published", published)
	}
}
