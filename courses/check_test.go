package courses

import (
	"context"
	"io"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

func TestAQuestionInALessonIsKeptApartFromIt(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	if _, err := st.plain(t, "asked", "", "Before.\n\n```check\nHow many hours? {#48}\n```\n\nAfter."); err != nil {
		t.Fatal(err)
	}
	page, err := st.Lesson(ctx, "asked", 1, i18n.English)
	if err != nil || len(page.Checks) != 1 || strings.Contains(page.HTML, "hours") || !strings.Contains(page.HTML, `id="check-1"`) {
		t.Errorf("%+v %v", page, err)
	}
	item, err := st.Check(ctx, "asked", 1, 1, i18n.English, 1)
	if err != nil || !strings.Contains(string(item), "How many hours?") {
		t.Errorf("%s %v", item, err)
	}
	for _, c := range [][3]int{{2, 1, 1}, {1, 2, 1}, {1, 1, 2}} {
		if _, err := st.Check(ctx, "asked", c[0], c[1], i18n.English, c[2]); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestAttachmentsAndVideosAreWhatTheirNamesSay(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	video := "\x00\x00\x00\x18ftypmp42" + strings.Repeat("v", 5000)
	files := plainFolder("rich", "", "![Intro](../media/intro.mp4)\n\nSee the [form](../files/form.pdf).")
	for name, data := range map[string]string{"files/form.pdf": "%PDF-1.7 x", "media/intro.mp4": video, "media/intro.en.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n"} {
		files[name] = []byte(data)
	}
	if _, err := st.Publish(ctx, people.System(), files, false, 0); err != nil {
		t.Fatal(err)
	}
	page, err := st.Lesson(ctx, "rich", 1, i18n.English)
	if err != nil || !strings.Contains(page.HTML, `<track kind="captions" srclang="en" label="English"`) {
		t.Fatal(page.HTML, err)
	}
	_, rest, _ := strings.Cut(page.HTML, `src="/api/v1/courses/rich/files/`)
	sum, _, _ := strings.Cut(rest, `"`)
	a, err := st.AttachmentOf(ctx, "rich", sum)
	if err != nil || !a.Inline || a.MediaType != "video/mp4" || a.Size != int64(len(video)) {
		t.Fatalf("%+v %v", a, err)
	}
	piece := make([]byte, 12)
	if _, err := a.Bytes.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(a.Bytes, piece); err != nil || string(piece) != video[4:16] {
		t.Errorf("a piece: %q %v", piece, err)
	}
	if _, err := a.Bytes.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if whole, err := io.ReadAll(a.Bytes); err != nil || string(whole) != video {
		t.Errorf("%d bytes, %v", len(whole), err)
	}
	if _, err := st.AttachmentOf(ctx, "other", sum); errs.KindOf(err) != errs.NotFound {
		t.Errorf("by way of another course: %v", err)
	}
	for name, data := range map[string]string{"files/form.pdf": "<script>", "media/intro.mp4": "no film", "media/intro.en.vtt": "no captions", "files/a.zip": "x", "files/a.csv": "\xff\xfe\x00\x00"} {
		bad := archive.Files{}
		for n, d := range files {
			bad[n] = d
		}
		bad[name] = []byte(data)
		if _, err := ReadFolder(bad); len(places(err)) != 1 || places(err)[0] != name+" courses.file_other_format" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
