package courses

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

func TestACourseIsWrittenAndPublishedAsItStands(t *testing.T) {
	st, ctx, me := newStage(t, testdb.Tx(t)), context.Background(), people.System()
	st.publish(t, nil)
	m, err := st.OpenManuscript(ctx, me, "complaint-handling", nil)
	if err != nil || m.Base != 1 || len(m.Files) != 8 {
		t.Fatalf("%+v %v", m, err)
	}
	again, err := st.OpenManuscript(ctx, me, "complaint-handling", nil)
	if err != nil || again.ID != m.ID {
		t.Errorf("opening twice: %v", err)
	}
	name := "lessons/02-reply.zh-Hans.md"
	if saved, err := st.SaveFile(ctx, me, "complaint-handling", name, 1, []byte("# 回复\n\n二十四小时内。\n")); err != nil || saved.Edition != 2 {
		t.Fatal(saved, err)
	}
	if saved, err := st.SaveFile(ctx, me, "complaint-handling", name, 2, []byte("# 回复\n\n二十四小时内。\n")); err != nil || saved.Edition != 2 || saved.SavedAt.IsZero() {
		t.Errorf("the same once more: %+v, %v", saved, err)
	}
	if _, err := st.SaveFile(ctx, me, "complaint-handling", name, 1, []byte("# 回复\n\n别的。\n")); errs.CodeOf(err) != "courses.file_changed" {
		t.Errorf("an old edition: %v", err)
	}
	if _, text, _ := st.File(ctx, me, "complaint-handling", name); !strings.Contains(string(text), "二十四") {
		t.Errorf("the file holds %q", text)
	}
	if _, err := st.SaveFile(ctx, me, "complaint-handling", "lessons/01-receive.en.md", 1, nil); err != nil {
		t.Fatal(err)
	}
	trial, err := st.PublishManuscript(ctx, me, "complaint-handling", true, 0)
	if err != nil || trial.Revision != 2 || len(trial.Warnings) == 0 {
		t.Errorf("a trial: %+v %v", trial, err)
	}
	unit, path := testdb.Unit(t, st.db, 0)
	if _, err := st.PublishManuscript(ctx, writer(t, st.db, unit, path, people.Author), "complaint-handling", false, 0); errs.CodeOf(err) != "markdown.unconfirmed" {
		t.Errorf("published with warnings that nobody confirmed: %v", err)
	}
	report, err := st.PublishManuscript(ctx, me, "complaint-handling", false, len(trial.Warnings))
	if err != nil || report.Revision != 2 {
		t.Fatal(report, err)
	}
	if files, err := st.Export(ctx, people.System(), "complaint-handling", 2); err != nil || len(files) != 7 || !strings.Contains(string(files[name]), "二十四") {
		t.Errorf("%d files, %v", len(files), err)
	}
	if _, err := st.Manuscript(ctx, me, "complaint-handling"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("still open: %v", err)
	}
	if n := st.count(t, `SELECT count(*) FROM manuscript_files`); n != 10 {
		t.Errorf("%d editions on record, want the eight, the save and the taking away", n)
	}
}

func TestWhatIsWrongStaysInTheManuscript(t *testing.T) {
	st, ctx, me := newStage(t, testdb.Tx(t)), context.Background(), people.System()
	if _, err := st.OpenManuscript(ctx, me, "new-one", plainFolder("new-one", "", "x")); err != nil {
		t.Fatal(err)
	}
	if _, err := st.SaveFile(ctx, me, "new-one", "lessons/01-only.en.md", 1, []byte("no title\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := st.PublishManuscript(ctx, me, "new-one", false, 0); strings.Join(places(err), "") != "lessons/01-only.en.md:1 courses.lesson_title_missing" {
		t.Errorf("%v", err)
	}
	if _, err := st.Manuscript(ctx, me, "new-one"); err != nil {
		t.Errorf("it was closed: %v", err)
	}
	for name, code := range map[string]string{"../../etc/passwd": "courses.unknown_file", "lessons/../x.md": "courses.unknown_file", "files/a.exe": "courses.file_name_refused", "images/a.svg": "courses.image_name_refused", "lessons/1.md": "courses.lesson_name_refused"} {
		if _, err := st.SaveFile(ctx, me, "new-one", name, 0, []byte("x")); errs.CodeOf(err) != code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := st.DiscardManuscript(ctx, people.Actor{}, "new-one"); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee discards it: %v", err)
	}
	if err := st.DiscardManuscript(ctx, me, "new-one"); err != nil {
		t.Error(err)
	}
}

func TestOfManyWritersAtOnceOneIsStoredAndTheOthersAreTold(t *testing.T) {
	db := testdb.New(t)
	st, ctx, me := newStage(t, db), context.Background(), people.System()
	if _, err := st.OpenManuscript(ctx, me, "new-one", plainFolder("new-one", "", "x")); err != nil {
		t.Fatal(err)
	}
	for round := range 5 {
		var wait sync.WaitGroup
		results := make(chan error, 8)
		start := make(chan struct{})
		for i := range 8 {
			wait.Go(func() {
				<-start
				_, err := st.SaveFile(ctx, me, "new-one", "lessons/01-only.en.md", round+1, fmt.Appendf(nil, "# Only\n\n%d of round %d\n", i, round))
				results <- err
			})
		}
		close(start)
		wait.Wait()
		close(results)
		stored := 0
		for err := range results {
			if err == nil {
				stored++
			} else if errs.CodeOf(err) != "courses.file_changed" {
				t.Fatal(err)
			}
		}
		if stored != 1 {
			t.Fatalf("round %d: %d were stored", round, stored)
		}
	}
}

func TestThePreviewIsThePage(t *testing.T) {
	st, ctx, me := newStage(t, testdb.Tx(t)), context.Background(), people.System()
	st.publish(t, nil)
	if _, err := st.OpenManuscript(ctx, me, "complaint-handling", nil); err != nil {
		t.Fatal(err)
	}
	text, faults, err := st.PreviewFile(ctx, me, "complaint-handling", "lessons/01-receive.zh-Hans.md", "# 受理\n\n**注意：**先登记。\n\n![流程](../images/flow.png)\n\n![没有](../images/none.png)\n")
	if err != nil || text.Title != "受理" || !strings.Contains(text.HTML, "<strong>注意：</strong>先登记。") || !strings.Contains(text.HTML, "/api/v1/manuscripts/complaint-handling/images/") {
		t.Errorf("%+v %v", text, err)
	}
	if len(faults) != 1 || faults[0].Code != "markdown.image_unknown" || faults[0].Line != 7 {
		t.Errorf("%+v", faults)
	}
}

// A manuscript that was discarded and opened anew is another one: what was begun in the
// first is never saved over it.
func TestAnEditionOfADiscardedManuscriptIsNoneOfTheNext(t *testing.T) {
	st, ctx, me := newStage(t, testdb.Tx(t)), context.Background(), people.System()
	st.publish(t, nil)
	kept, added := "lessons/02-reply.zh-Hans.md", "lessons/09-more.zh-Hans.md"
	open := func() {
		t.Helper()
		if _, err := st.OpenManuscript(ctx, me, "complaint-handling", nil); err != nil {
			t.Fatal(err)
		}
		if _, err := st.SaveFile(ctx, me, "complaint-handling", added, 0, []byte("# 新\n\n内容。\n")); err != nil {
			t.Fatal(err)
		}
	}
	open()
	if err := st.DiscardManuscript(ctx, me, "complaint-handling"); err != nil {
		t.Fatal(err)
	}
	open()
	for _, name := range []string{kept, added} {
		if _, err := st.SaveFile(ctx, me, "complaint-handling", name, 1, []byte("# 旧\n\n旧稿。\n")); errs.CodeOf(err) != "courses.file_changed" {
			t.Errorf("%s of the first manuscript: %v", name, err)
		}
		if f, text, err := st.File(ctx, me, "complaint-handling", name); err != nil || f.Edition != 2 || strings.Contains(string(text), "旧稿") {
			t.Errorf("%s: edition %d, %v", name, f.Edition, err)
		}
	}
}

func TestAManuscriptIsPublishedAsItsCourseFromTheRevisionThatItWasMadeFrom(t *testing.T) {
	const slug, lesson = "complaint-handling", "lessons/02-reply.zh-Hans.md"
	header := func(st *stage, t *testing.T) string {
		t.Helper()
		_, text, err := st.File(context.Background(), people.System(), slug, "course.md")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for name, c := range map[string]struct {
		change   func(*stage, *testing.T)
		checking func(*stage, *testing.T)
		code     string
	}{
		"nothing came between": {},
		"its header names another course": {change: func(st *stage, t *testing.T) {
			text := strings.Replace(header(st, t), "slug: "+slug, "slug: another-course", 1)
			if _, err := st.SaveFile(context.Background(), people.System(), slug, "course.md", 1, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}, code: "courses.folder_refused"},
		"another revision came between": {change: func(st *stage, t *testing.T) {
			st.publish(t, map[string]string{"lessons/03-more.zh-Hans.md": "# 更多\n\n内容。\n"})
		}, code: "courses.revised_meanwhile"},
		"a file is saved while the others are checked": {checking: func(st *stage, t *testing.T) {
			if _, err := st.SaveFile(context.Background(), people.System(), slug, lesson, 2, []byte("# 回复\n\n后来保存的。\n")); err != nil {
				t.Fatal(err)
			}
		}, code: "courses.saved_meanwhile"},
		"it is discarded and opened anew while it is checked": {checking: func(st *stage, t *testing.T) {
			if err := st.DiscardManuscript(context.Background(), people.System(), slug); err != nil {
				t.Fatal(err)
			}
			if _, err := st.OpenManuscript(context.Background(), people.System(), slug, nil); err != nil {
				t.Fatal(err)
			}
		}, code: "courses.manuscript_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			st, ctx, me := newStage(t, testdb.New(t)), context.Background(), people.System()
			st.publish(t, nil)
			if _, err := st.OpenManuscript(ctx, me, slug, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := st.SaveFile(ctx, me, slug, lesson, 1, []byte("# 回复\n\n二十四小时内。\n")); err != nil {
				t.Fatal(err)
			}
			if c.change != nil {
				c.change(st, t)
			}
			before := st.count(t, `SELECT count(*) FROM course_revisions`)
			if c.checking != nil {
				st.checking = func() {
					st.checking = nil
					c.checking(st, t)
				}
			}
			_, err := st.PublishManuscript(ctx, me, slug, false, 0)
			if errs.CodeOf(err) != c.code {
				t.Fatalf("%v, want %q", err, c.code)
			}
			published := st.count(t, `SELECT count(*) FROM course_revisions`) - before
			if open := st.count(t, `SELECT count(*) FROM manuscripts WHERE state = 'open'`); (open == 1) != (c.code != "") || (published == 1) != (c.code == "") {
				t.Errorf("%d are open, %d revisions were published", open, published)
			}
		})
	}
}

// Whatever is confirmed as saved is in the revision, or the manuscript stays open.
func TestASaveThatWasConfirmedIsNeverLostByPublishing(t *testing.T) {
	st, ctx, me := newStage(t, testdb.New(t)), context.Background(), people.System()
	const name = "lessons/01-only.en.md"
	for round := range 12 {
		slug := "course-" + strings.Repeat("x", round+1)
		if _, err := st.OpenManuscript(ctx, me, slug, plainFolder(slug, "", "x")); err != nil {
			t.Fatal(err)
		}
		var wait sync.WaitGroup
		var saved, published error
		start := make(chan struct{})
		wait.Go(func() {
			<-start
			_, saved = st.SaveFile(ctx, me, slug, name, 1, []byte("# Only\n\nsaved last\n"))
		})
		wait.Go(func() {
			<-start
			_, published = st.PublishManuscript(ctx, me, slug, false, 0)
		})
		close(start)
		wait.Wait()
		if saved != nil && errs.CodeOf(saved) != "courses.manuscript_not_found" || published != nil && errs.CodeOf(published) != "courses.saved_meanwhile" {
			t.Fatalf("saved: %v, published: %v", saved, published)
		}
		if saved != nil || published != nil {
			continue // it was closed before, or stays open
		}
		if files, err := st.Export(ctx, me, slug, 1); err != nil || !strings.Contains(string(files[name]), "saved last") {
			t.Fatalf("round %d: what was saved is not in the revision: %v", round, err)
		}
	}
}

func TestARemovedFileCanBeMadeAgain(t *testing.T) {
	st, ctx, me := newStage(t, testdb.New(t)), context.Background(), people.System()
	const slug, name = "new-one", "lessons/02-more.en.md"
	if _, err := st.OpenManuscript(ctx, me, slug, plainFolder(slug, "", "x")); err != nil {
		t.Fatal(err)
	}
	save := func(edition int, text string) (int, string) {
		var data []byte
		if text != "" {
			data = []byte(text)
		}
		saved, err := st.SaveFile(ctx, me, slug, name, edition, data)
		return saved.Edition, errs.CodeOf(err)
	}
	for _, c := range []struct {
		edition int
		text    string
		want    int
		code    string
	}{
		{0, "# More\n\nfirst\n", 1, ""},
		{1, "", 2, ""},                                      // removed
		{1, "# More\n\nold\n", 0, "courses.file_changed"},   // from before the removal
		{0, "# More\n\nagain\n", 3, ""},                     // made again as a new file
		{0, "# More\n\ntwice\n", 0, "courses.file_changed"}, // which is there now
		{3, "", 4, ""},                                      // removed again
		{4, "# More\n\nby who saw the removal\n", 5, ""},    // from the removal itself
	} {
		if got, code := save(c.edition, c.text); code != c.code || code == "" && got != c.want {
			t.Fatalf("%+v: edition %d, %s", c, got, code)
		}
	}
	if _, text, err := st.File(ctx, me, slug, name); err != nil || !strings.Contains(string(text), "by who saw") {
		t.Errorf("%q, %v", text, err)
	}
}
