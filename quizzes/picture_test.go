package quizzes_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/quizzes"
)

func pixels(t *testing.T, width int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, 2))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAPaperShowsThePictureOfItsVersion(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	quiz := "::shown::[markdown]What is this? ![a form](images/form.png) {=A form ~[html]<img src\\=\"images/form.png\"> ~Nothing}\n"
	folder := func(files archive.Files) archive.Files {
		all := s.folder("pass_mark: 80", quiz)
		for name, data := range files {
			all[name] = data
		}
		return all
	}
	if _, err := s.courses.Publish(ctx, s.marker(t), folder(nil), false, 0); errs.KindOf(err) != errs.Invalid {
		t.Fatalf("a picture that is not there: %v", err)
	}
	var hashes []string
	for width := 2; width < 4; width++ {
		if _, err := s.courses.Publish(ctx, s.marker(t), folder(archive.Files{"images/form.png": pixels(t, width)}), false, 0); err != nil {
			t.Fatal(err)
		}
		a := s.sit(t)
		_, rest, found := strings.Cut(a.Questions[0].HTML, `src="/api/v1/pictures/`)
		if !found || len(rest) < 64 {
			t.Fatalf("shown as %s", a.Questions[0].HTML)
		}
		inOption := 0
		for _, o := range a.Questions[0].Options {
			inOption += strings.Count(o.HTML, rest[:64])
		}
		if inOption != 1 {
			t.Errorf("the option shows %+v", a.Questions[0].Options)
		}
		mediaType, data, err := s.quizzes.Picture(ctx, rest[:64])
		if err != nil || mediaType != "image/png" || !bytes.Equal(data, pixels(t, width)) {
			t.Errorf("%s, %d bytes, %v", mediaType, len(data), err)
		}
		hashes = append(hashes, rest[:64])
	}
	var versions int
	if err := s.db.Raw(`SELECT count(*) FROM item_versions v JOIN items i ON i.id = v.item_id WHERE i.name = 'shown'`).Scan(&versions).Error; err != nil || versions != 2 || hashes[0] == hashes[1] {
		t.Errorf("another picture is another version: %d versions, %v", versions, err)
	}
}

func TestABankHasPictures(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	source := "::shown::[markdown]What is this? ![](流程.png) {T}\n\n::other::[markdown]And ![](nowhere.png)? {T}\n"
	_, err := s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, source), true, quizzes.Based{})
	refused(t, err, "quizzes.faults")
	if _, err := s.quizzes.AddPicture(ctx, officer, "risk", "流程.png", pixels(t, 3)); err != nil {
		t.Fatal(err)
	}
	_, err = s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, source), true, quizzes.Based{})
	refused(t, err, "quizzes.faults")
	if report, err := s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, source)[:1], false, quizzes.Based{}); err != nil || report.Created != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	list, err := s.quizzes.BankContents(ctx, officer, "risk")
	if err != nil || len(list) != 1 || len(list[0].Attached) != 1 || !bytes.Equal(list[0].Attached[0].Bytes, pixels(t, 3)) {
		t.Fatalf("%+v, %v", list, err)
	}
	if report, err := s.quizzes.ImportItems(ctx, officer, "risk", list, false, quizzes.Based{}); err != nil || report.Unchanged != 1 {
		t.Errorf("what was exported comes back: %+v, %v", report, err)
	}
	attached := s.items(t, "::brought::[markdown]![](own.png)? {T}\n")
	attached[0].Attached = []items.Attachment{{Name: "own.png", Bytes: []byte("GIF89a but not really")}}
	_, err = s.quizzes.ImportItems(ctx, officer, "risk", attached, false, quizzes.Based{})
	refused(t, err, "quizzes.faults")
	for name, code := range map[string]string{"../x.png": "quizzes.bad_picture_name", "x.svg": "quizzes.bad_picture_name", ".png": "quizzes.bad_picture_name"} {
		_, err := s.quizzes.AddPicture(ctx, officer, "risk", name, pixels(t, 1))
		refused(t, err, code)
	}
	_, err = s.quizzes.AddPicture(ctx, officer, "risk", "x.png", []byte("<svg onload=alert(1)>"))
	refused(t, err, "courses.image_unreadable")
	_, err = s.quizzes.AddPicture(ctx, officer, "handling", "x.png", pixels(t, 1))
	refused(t, err, "quizzes.bank_of_course")
	_, err = s.quizzes.AddPicture(ctx, s.actor, "risk", "x.png", pixels(t, 1))
	refused(t, err, "people.forbidden")
}
