package courses

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

// plain publishes a course of one lesson without a quiz, with more in its header.
func (st *stage) plain(t *testing.T, slug, more, lesson string) (PublishReport, error) {
	t.Helper()
	return st.Publish(context.Background(), people.System(), plainFolder(slug, more, lesson), false, 0)
}

func plainFolder(slug, more, lesson string) archive.Files {
	return archive.Files{
		"course.md":             []byte("---\nslug: " + slug + "\ncategory: risk\nminutes: 5\ntitles: {en: " + slug + "}\nsummaries: {en: s}\n" + more + "---\n"),
		"lessons/01-only.en.md": []byte("# Only\n\n" + lesson + "\n"),
	}
}

func TestPrerequisitesThatAreUnknownOrLeadBackAreRefused(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	for _, c := range [][2]string{{"first", ""}, {"second", "requires: [first]\n"}} {
		if _, err := st.plain(t, c[0], c[1], "x"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := st.plain(t, "first", "requires: [second, nothing]\n", "y")
	if got := strings.Join(places(err), "; "); got != "course.md courses.linked_unknown; course.md courses.requires_circle" {
		t.Errorf("a circle: %s %v", got, err)
	}
}

func TestACourseComesOutAsItWentIn(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	in := folder(map[string]string{"lessons/02-reply.zh-Hans.md": "\ufeff# 回复\r\n\r\n四十八小时内。\r\n"})
	if _, err := st.Publish(ctx, people.System(), in, false, 0); err != nil {
		t.Fatal(err)
	}
	out, err := st.Export(ctx, people.System(), "complaint-handling", 0)
	if err != nil || out.SHA256() != in.SHA256() || len(out) != len(in) {
		t.Fatalf("%d files of %d, %v", len(out), len(in), err)
	}
	var first, second bytes.Buffer
	if err := out.Zip(&first); err != nil {
		t.Fatal(err)
	}
	again, err := archive.FromZip(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	report, err := st.Publish(ctx, people.System(), again, false, 0)
	if err != nil || !report.Unchanged {
		t.Errorf("the export is another revision: %+v %v", report, err)
	}
	if err := again.Zip(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the second zip has other bytes than the first")
	}
	dir := t.TempDir() + "/out"
	if err := out.WriteFolder(dir); err != nil {
		t.Fatal(err)
	}
	read, err := archive.Open(dir)
	if err != nil || read.SHA256() != in.SHA256() {
		t.Errorf("through a folder: %v", err)
	}
	if err := out.WriteFolder(dir); err == nil {
		t.Error("a folder that is not empty was written into")
	}
	if _, err := st.Export(ctx, people.System(), "complaint-handling", 9); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a revision that is none: %v", err)
	}
}

func TestTheDifferenceOfTwoRevisions(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	st.publish(t, map[string]string{"lessons/02-reply.zh-Hans.md": "# 回复\n\n二十四小时内。\n", "quiz.en.gift": "", "lessons/03-close.zh-Hans.md": "# 办结\n\n归档。\n", "lessons/03-close.en.md": "# Close\n\nFile it.\n"})
	d, err := st.DifferenceOf(ctx, people.System(), "complaint-handling", 0, 2, "")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range d.Files {
		files = append(files, f.Name+" "+f.Change)
	}
	if got := strings.Join(files, ", "); got != "lessons/02-reply.zh-Hans.md changed, lessons/03-close.en.md added, lessons/03-close.zh-Hans.md added, quiz.en.gift removed" {
		t.Errorf("%s", got)
	}
	if d.Name != "lessons/02-reply.zh-Hans.md" || !strings.Contains(d.NewText(), "二十四") || !strings.Contains(d.OldText(), "四十八") || d.From != 1 {
		t.Errorf("compared %s from %d", d.Name, d.From)
	}
	if _, err := st.DifferenceOf(ctx, people.Actor{}, "complaint-handling", 0, 2, ""); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee compares: %v", err)
	}
	if list, err := st.Revisions(ctx, people.System(), "complaint-handling"); err != nil || len(list) != 2 || list[0].Number != 2 || !list[0].Kept {
		t.Errorf("%+v %v", list, err)
	}
}
