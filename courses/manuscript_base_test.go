package courses

import (
	"context"
	"slices"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

func TestOfTwoChangesOfAFileTheWritersOwnStays(t *testing.T) {
	one, two, three := []byte{1}, []byte{2}, []byte{3}
	base := sums{"same": one, "theirs": one, "mine": one, "both": one, "alike": one, "gone there": one, "gone here": one, "gone there, changed here": one}
	newest := sums{"same": one, "theirs": two, "mine": one, "both": two, "alike": two, "gone here": two, "new there": two}
	written := sums{"same": one, "theirs": one, "mine": three, "both": three, "alike": two, "gone there": one, "gone here": nil, "gone there, changed here": three, "new here": three}
	o := overtaking(base, newest, written)
	if want := []string{"gone there", "new there", "theirs"}; !slices.Equal(o.Theirs, want) {
		t.Errorf("taken: %q, want %q", o.Theirs, want)
	}
	if want := []string{"both", "gone here", "gone there, changed here"}; !slices.Equal(o.Both, want) {
		t.Errorf("kept: %q, want %q", o.Both, want)
	}
}

func TestAManuscriptTakesTheNewestRevisionAsItsBase(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	const slug = "complaint-handling"
	st.publish(t, nil)
	unit, path := testdb.Unit(t, st.db, 0)
	me := writer(t, st.db, unit, path, people.Author)
	m, err := st.OpenManuscript(ctx, me, slug, nil)
	if err != nil || m.Since.Newest != 1 {
		t.Fatal(m, err)
	}
	const mine, theirs = "lessons/02-reply.zh-Hans.md", "lessons/01-receive.zh-Hans.md"
	if _, err := st.SaveFile(ctx, me, slug, mine, 1, []byte("# 回复\n\n我的文字。\n")); err != nil {
		t.Fatal(err)
	}
	st.publish(t, map[string]string{mine: "# 回复\n\n别人的文字。\n", theirs: "# 受理\n\n别人的新文字。\n"})
	m, err = st.Manuscript(ctx, me, slug)
	if err != nil || m.Base != 1 || m.Since.Newest != 2 || !slices.Equal(m.Since.Theirs, []string{theirs}) || !slices.Equal(m.Since.Both, []string{mine}) {
		t.Fatalf("%+v, %v", m.Since, err)
	}
	for number, code := range map[int]string{1: "courses.revised_meanwhile", 3: "courses.revised_meanwhile"} {
		if _, err := st.TakeBase(ctx, me, slug, number); errs.CodeOf(err) != code {
			t.Errorf("revision %d: %v", number, err)
		}
	}
	m, err = st.TakeBase(ctx, me, slug, 2)
	if err != nil || m.Base != 2 || m.Since.Newest != 2 || len(m.Since.Theirs)+len(m.Since.Both) != 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	for name, words := range map[string]string{mine: "我的文字", theirs: "别人的新文字"} {
		if _, text, err := st.File(ctx, me, slug, name); err != nil || !strings.Contains(string(text), words) {
			t.Errorf("%s holds %q, %v", name, text, err)
		}
	}
	if _, err := st.TakeBase(ctx, me, slug, 2); errs.CodeOf(err) != "courses.base_taken" {
		t.Errorf("taken twice: %v", err)
	}
	trial, err := st.PublishManuscript(ctx, me, slug, true, 0)
	if err != nil {
		t.Fatal(err)
	}
	report, err := st.PublishManuscript(ctx, me, slug, false, len(trial.Warnings))
	if err != nil || report.Revision != 3 {
		t.Errorf("published: %+v, %v", report, err)
	}
}
