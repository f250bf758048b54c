package policies_test

import (
	"context"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func TestTheNextVersionBeginsWithAllThatItsBaseSays(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	in := input("第一条 甲。")
	in.Issuer, in.Owner, in.Tier = "某银行", "合规部", policies.Stepped
	in.Questions = i18n.Texts{i18n.Hans: "::a:: 是吗？ {T}"}
	publish(t, f.db, in)
	writer := f.someone(t, people.Author)
	base, err := f.BaseContent(ctx, writer, "CP-001", 1)
	if err != nil || base.Titles[i18n.Hans] != "投诉处理办法" || base.Titles[i18n.English] != "Complaint handling" || base.Issuer != "某银行" || base.Owner != "合规部" || base.Tier != policies.Stepped {
		t.Fatalf("%+v, %v", base, err)
	}
	if !strings.Contains(base.Texts[i18n.Hans], "第一条 甲。") || !strings.HasPrefix(base.Texts[i18n.English], "# Complaint handling") {
		t.Errorf("texts: %v", base.Texts)
	}
	if q := base.Questions[i18n.Hans]; !strings.Contains(q, "是吗？") || base.Withheld != 0 || base.Questions[i18n.English] != "" {
		t.Errorf("questions: %+v, %d withheld", base.Questions, base.Withheld)
	}
	// The questions can be published again as they are.
	next := input("第一条 乙。")
	next.Tier, next.Questions = base.Tier, base.Questions
	next.DryRun = true
	if _, err := f.Publish(ctx, people.System(), next); err != nil {
		t.Errorf("what it begins with cannot be published: %v", err)
	}
	for name, err := range map[string]error{
		"an unknown version": func() error { _, err := f.BaseContent(ctx, writer, "CP-001", 2); return err }(),
		"an unknown policy":  func() error { _, err := f.BaseContent(ctx, writer, "CP-9", 1); return err }(),
	} {
		if errs.KindOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.BaseContent(ctx, employee(1), "CP-001", 1); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
}

func TestWhoMustAnswerTheQuestionsOfAVersionIsNotGivenTheirKey(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	in := input("第一条 甲。")
	in.Questions = i18n.Texts{i18n.Hans: "::a:: 是吗？ {T}"}
	publish(t, f.db, in)
	writer := f.someone(t, people.Author)
	asked, err := f.RequestAcknowledgement(ctx, people.System(), policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: scan[string](t, f.db, `SELECT code FROM units WHERE id = ?`, writer.UnitID)})
	if err != nil {
		t.Fatalf("%+v, %v", asked, err)
	}
	if base, err := f.BaseContent(ctx, writer, "CP-001", 1); err != nil || base.Withheld != 1 || len(base.Questions) != 0 || base.Texts[i18n.Hans] == "" {
		t.Errorf("%+v, %v", base, err)
	}
}

// The questions of one version are mostly those of the others: whoever must still answer
// any of them sees those of none, in no draft but the open one that they write themselves.
func TestWhoMustAnswerAnyVersionSeesTheQuestionsOfNone(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	in := input("第一条 甲。")
	in.Questions = i18n.Texts{i18n.Hans: "::a:: 是吗？ {T}"}
	publish(t, f.db, in)
	writer, approver, other := f.someone(t, people.Author), f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	content := policies.Content{Titles: in.Titles, EffectiveFrom: in.EffectiveFrom, Tier: policies.Click, Questions: in.Questions, Notes: i18n.Texts{i18n.Hans: "甲改乙。"},
		Texts: i18n.Texts{i18n.Hans: "第一条 乙。"}}
	write := func(actor people.Actor) policies.Draft {
		t.Helper()
		d, err := f.SaveDraft(ctx, actor, policies.SaveInput{Code: "CP-001", Content: content})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	closed := write(writer)
	if _, err := f.WithdrawDraft(ctx, writer, closed.ID, 1); err != nil {
		t.Fatal(err)
	}
	open := write(writer)
	later := input("第一条 丙。")
	later.Questions = in.Questions
	publish(t, f.db, later)
	for _, asked := range []people.Actor{writer, approver} {
		if err := f.db.Exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at)
			SELECT id, ?, now() FROM policy_versions WHERE number = 2`, asked.PersonID).Error; err != nil {
			t.Fatal(err)
		}
	}
	seen := func(actor people.Actor, id int64) bool {
		t.Helper()
		d, err := f.Draft(ctx, actor, id)
		if err != nil {
			t.Fatal(err)
		}
		list, err := f.Drafts(ctx, actor)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			if l.ID == id && (len(l.Content.Questions) > 0) != (len(d.Content.Questions) > 0) {
				t.Errorf("draft %d differs in the list", id)
			}
		}
		return len(d.Content.Questions) > 0
	}
	for name, want := range map[string][3]bool{"the open draft": {true, false, true}, "the closed draft": {false, false, true}, "version 1": {false, false, true}} {
		for i, actor := range []people.Actor{writer, approver, other} {
			got := false
			switch name {
			case "version 1":
				base, err := f.BaseContent(ctx, actor, "CP-001", 1)
				if err != nil || (base.Withheld == 0) != (len(base.Questions) > 0) {
					t.Errorf("%+v, %v", base, err)
				}
				got = len(base.Questions) > 0
			case "the open draft":
				got = seen(actor, open.ID)
			default:
				got = seen(actor, closed.ID)
			}
			if got != want[i] {
				t.Errorf("%s, person %d: questions %v", name, i, got)
			}
		}
	}
	// What is not seen is neither written over nor approved.
	_, err := f.SaveDraft(ctx, approver, policies.SaveInput{ID: open.ID, Edition: 1, Code: "CP-001", Content: content})
	if errs.CodeOf(err) != "policies.must_answer" || errs.KindOf(err) != errs.Forbidden {
		t.Errorf("saved over: %v", err)
	}
	if err := f.db.Exec(`UPDATE policy_drafts SET state = 'in_review', base = 2 WHERE id = ?`, open.ID).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := f.ApproveDraft(ctx, approver, open.ID, 1, true, ""); errs.CodeOf(err) != "policies.must_answer" {
		t.Errorf("approved unseen: %v", err)
	}
	if _, err := f.ApproveDraft(ctx, other, open.ID, 1, true, ""); errs.CodeOf(err) == "policies.must_answer" {
		t.Errorf("by somebody who need not answer: %v", err)
	}
	err = f.db.Exec(`INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at)
		SELECT v.id, p.id, p.unit_id, '', t.locale, t.sha256, 'x', sha256('x'), now() FROM policy_versions v JOIN policy_texts t ON t.version_id = v.id JOIN people p ON p.id = ?
		WHERE v.number = 2 LIMIT 1`, approver.PersonID).Error
	if err != nil || !seen(approver, open.ID) {
		t.Errorf("closed to whoever has acknowledged it: %v", err)
	}
}

func TestATextIsComparedWhileItIsWritten(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	in := input("x")
	in.Texts = i18n.Texts{i18n.Hans: draftText}
	publish(t, f.db, in)
	writer := f.someone(t, people.Author)
	d, err := f.CompareText(ctx, writer, "CP-001", 1, i18n.Hans, strings.Replace(draftText, "三年", "五年", 1))
	if err != nil || d.From != 1 || d.Summary()["changed"] != 1 || d.Summary()["same"] != 1 {
		t.Errorf("%+v %v, %v", d.Summary(), d.From, err)
	}
	d, err = f.CompareText(ctx, writer, "CP-001", 1, i18n.English, "Article 1 One.\n")
	if err != nil || d.From != 0 || d.Summary()["added"] != len(d.Pairs) {
		t.Errorf("a language that the version has not: %+v, %v", d.Summary(), err)
	}
	long := strings.Repeat("第一条 甲。\n\n", 2001)
	if _, err := f.CompareText(ctx, writer, "CP-001", 1, i18n.Hans, long); errs.CodeOf(err) != "policies.too_long_to_compare" {
		t.Errorf("a text of 2,001 clauses: %v", err)
	}
	if _, err := f.CompareText(ctx, employee(1), "CP-001", 1, i18n.Hans, "x"); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
}
