package policies_test

import (
	"context"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// Neither waits for the other; what is decided first decides, and then the other can
// only be taken back.
func TestADraftIsOpenWhileARepealIsDecided(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	publish(t, f.db, input("x"))
	writer, first, second := f.someone(t, people.Author), f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "CP-001", Content: content(draftText)})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.ProposeRepeal(ctx, first, policies.RepealInput{Code: "CP-001", EffectiveFrom: "2026-10-01", Reason: "x"}); err != nil {
		t.Fatalf("proposed beside a draft: %v", err)
	}
	if p := f.proposed(t, second); p == nil || p.Draft != d.ID {
		t.Errorf("the proposal does not tell of the draft: %+v", p)
	}
	if d, err = f.Draft(ctx, writer, d.ID); err != nil || d.RepealWaits != "2026-10-01" || d.RepealedFrom != "" {
		t.Errorf("the draft does not tell of the proposal: %+v, %v", d, err)
	}
	if err := f.ApproveRepeal(ctx, second, "CP-001", f.proposed(t, second).ID); err != nil {
		t.Fatalf("approved beside a draft: %v", err)
	}
	if d, err = f.Draft(ctx, writer, d.ID); err != nil || d.RepealedFrom != "2026-10-01" || d.RepealWaits != "" {
		t.Errorf("the draft does not tell of the repeal: %+v, %v", d, err)
	}
	if _, err := f.SubmitDraft(ctx, writer, d.ID, 1, 0); errs.CodeOf(err) != "policies.no_version_follows" {
		t.Errorf("a draft of a repealed policy was submitted: %v", err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 1, Code: "CP-001", Content: content(draftText)}); errs.CodeOf(err) != "policies.no_version_follows" {
		t.Errorf("a draft of a repealed policy was saved: %v", err)
	}
	if _, err := f.WithdrawDraft(ctx, writer, d.ID, 1); err != nil {
		t.Errorf("withdrawn: %v", err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "CP-001", Content: content(draftText)}); errs.CodeOf(err) != "policies.no_version_follows" {
		t.Errorf("a draft of a repealed policy was begun: %v", err)
	}
}

func TestAVersionIsPublishedWhileARepealIsProposed(t *testing.T) {
	f := newOffice(testdb.Tx(t))
	f.through(t, "CP-001", draftText, true)
	first, second := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	if err := f.ProposeRepeal(context.Background(), first, policies.RepealInput{Code: "CP-001", EffectiveFrom: "2026-12-01", Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	f.through(t, "CP-001", draftText+"第三条 施行。\n", true)
	if p := f.proposed(t, second); p == nil || p.Number != 1 || p.Newest != 2 {
		t.Errorf("the proposal is not overtaken: %+v", p)
	}
}

func TestWhoDecidesSeesEveryProposalAndWhatItWouldEnd(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	publish(t, f.db, input("第一条 甲。\n\n第二条 乙。"))
	officer := f.someone(t, people.Compliance)
	err := f.db.Transaction(ctx, func(tx database.Tx) error {
		return f.CiteTx(ctx, tx, officer, policies.Citing{Kind: policies.CitingCourse, Code: "handling", Revision: 1, Titles: i18n.Texts{i18n.Hans: "投诉处理"},
			Citations: []policies.Citation{{Part: "lesson/one", Locale: i18n.Hans, Code: "CP-001", Clause: "第二条"}, {Part: "item/deadline", Locale: i18n.Hans, Code: "CP-001"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.RepealEffect(ctx, officer, "CP-001"); errs.CodeOf(err) != "policies.no_repeal_proposed" {
		t.Errorf("before it is proposed: %v", err)
	}
	if err := f.ProposeRepeal(ctx, officer, policies.RepealInput{Code: "CP-001", EffectiveFrom: "2026-10-01", Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	list, err := f.Proposals(ctx, officer)
	if err != nil || len(list) != 1 || list[0].Code != "CP-001" || list[0].Title != "投诉处理办法" || !list[0].Mine {
		t.Errorf("%+v, %v", list, err)
	}
	effect, err := f.RepealEffect(ctx, officer, "CP-001")
	if err != nil || effect.Clauses != 2 || len(effect.Citing) != 2 || effect.Citing[0].Part != "item/deadline" || effect.Citing[1].Clause != "第二条" || effect.Citing[1].Title != "投诉处理" {
		t.Errorf("%+v, %v", effect, err)
	}
	for _, who := range []people.Actor{f.someone(t, people.Author), employee(officer.PersonID)} {
		if _, err := f.Proposals(ctx, who); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("the list: %v", err)
		}
		if _, err := f.RepealEffect(ctx, who, "CP-001"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("what it ends: %v", err)
		}
	}
}
