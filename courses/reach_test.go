package courses

import (
	"context"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

func writer(t *testing.T, db *database.Pool, unit int64, path string, role people.Role) people.Actor {
	t.Helper()
	return people.Actor{PersonID: testdb.Person(t, db, unit), UnitID: unit, UnitPath: path, Locale: i18n.English, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: role, UnitID: unit, UnitPath: path}}}
}

// A branch writes courses of its own; it publishes none, and does not open those of
// the institution.
func TestACourseIsPublishedOverTheRoot(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	root, rootPath := testdb.Unit(t, st.db, 0)
	north, northPath := testdb.Unit(t, st.db, root)
	south, southPath := testdb.Unit(t, st.db, root)
	head, author := writer(t, st.db, root, rootPath, people.Author), writer(t, st.db, north, northPath, people.Author)
	colleague, stranger := writer(t, st.db, north, northPath, people.Compliance), writer(t, st.db, south, southPath, people.Compliance)
	if _, err := st.Publish(ctx, head, folder(nil), false, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := st.OpenManuscript(ctx, author, "new-one", plainFolder("new-one", "", "x")); err != nil {
		t.Fatal(err)
	}
	name := "lessons/01-only.en.md"
	forbidden := func(name string, err error) {
		t.Helper()
		if errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, dry := range []bool{true, false} {
		_, err := st.Publish(ctx, author, folder(nil), dry, 0)
		forbidden("a branch publishes", err)
	}
	_, err := st.OpenManuscript(ctx, author, "complaint-handling", nil)
	forbidden("a branch opens a published course", err)
	if _, err := st.OpenManuscript(ctx, head, "complaint-handling", nil); err != nil {
		t.Fatal(err)
	}
	for slug, who := range map[string]people.Actor{"new-one": stranger, "complaint-handling": author} {
		_, err := st.OpenManuscript(ctx, who, slug, nil)
		forbidden("open "+slug, err)
		_, err = st.Manuscript(ctx, who, slug)
		forbidden("list "+slug, err)
		_, _, err = st.File(ctx, who, slug, "course.md")
		forbidden("read "+slug, err)
		_, err = st.SaveFile(ctx, who, slug, name, 1, []byte("# X\n\nx\n"))
		forbidden("write "+slug, err)
		_, _, err = st.PreviewFile(ctx, who, slug, name, "# X\n\nx\n")
		forbidden("preview "+slug, err)
		_, err = st.ManuscriptImage(ctx, who, slug, "00")
		forbidden("a picture of "+slug, err)
		_, err = st.PublishManuscript(ctx, who, slug, true, 0)
		forbidden("check "+slug, err)
		forbidden("discard "+slug, st.DiscardManuscript(ctx, who, slug))
	}
	if _, err := st.SaveFile(ctx, colleague, "new-one", name, 1, []byte("# X\n\nxx\n")); err != nil {
		t.Errorf("a colleague of the unit: %v", err)
	}
	if _, err := st.PublishManuscript(ctx, author, "new-one", true, 0); err != nil {
		t.Errorf("a check by its writer: %v", err)
	}
	_, err = st.PublishManuscript(ctx, author, "new-one", false, 0)
	forbidden("a branch publishes its own", err)
	if _, err := st.PublishManuscript(ctx, head, "new-one", false, 0); err != nil {
		t.Errorf("over the root: %v", err)
	}
}

// The files of a course tell the key of its quiz; an auditor has to sit it like others.
func TestAnExportTellsTheKeyToThoseAloneWhoMayPublish(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	root, rootPath := testdb.Unit(t, st.db, 0)
	north, northPath := testdb.Unit(t, st.db, root)
	st.publish(t, nil)
	st.publish(t, map[string]string{"quiz.en.gift": "::a:: Another? {T}\n"})
	for name, c := range map[string]struct {
		who   people.Actor
		keyed bool
	}{
		"an author over the root": {writer(t, st.db, root, rootPath, people.Author), true}, "an officer over the root": {writer(t, st.db, root, rootPath, people.Compliance), true},
		"an author of a branch": {writer(t, st.db, north, northPath, people.Author), false}, "an auditor over the root": {writer(t, st.db, root, rootPath, people.Auditor), false},
	} {
		files, err := st.Export(ctx, c.who, "complaint-handling", 0)
		if err != nil || (files["quiz.en.gift"] != nil) != c.keyed || files["course.md"] == nil {
			t.Errorf("%s exports %v, %v", name, files.Names(), err)
		}
		d, err := st.DifferenceOf(ctx, c.who, "complaint-handling", 1, 2, "quiz.en.gift")
		if err != nil || (d.Name == "quiz.en.gift") != c.keyed {
			t.Errorf("%s compares %+v, %v", name, d.Files, err)
		}
	}
}
