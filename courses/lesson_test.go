package courses

import (
	"context"
	"fmt"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
)

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
	d, err := ReadFolder(folder(nil))
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
