package policies_test

import (
	"context"
	"strings"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// overtaken is a draft in the state, of a policy whose version 2 came while it was
// being written against version 1: an import, which no draft stands behind.
func (f *office) overtaken(t *testing.T, writer, approver people.Actor, state policies.DraftState) policies.Draft {
	t.Helper()
	ctx := context.Background()
	f.through(t, "POL-D", draftText, true)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(strings.Replace(draftText, "三年", "五年", 1))})
	if err == nil && state != policies.Writing {
		d, err = f.SubmitDraft(ctx, writer, d.ID, 1, 0)
	}
	if err == nil && state == policies.Approved {
		d, err = f.ApproveDraft(ctx, approver, d.ID, 1, false, "")
	}
	if err == nil {
		_, err = f.Publish(ctx, people.System(), policies.PublishInput{Code: "POL-D", EffectiveFrom: "2026-12-01",
			Texts: i18n.Texts{i18n.Hans: draftText + "\n第三条 投诉人可以撤诉。\n"}})
	}
	if err == nil {
		d, err = f.Draft(ctx, writer, d.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if d.Base != 1 || d.Newest != 2 || d.State != state {
		t.Fatalf("%s, written against version %d of %d", d.State, d.Base, d.Newest)
	}
	return d
}

// newerThan tells whether a refusal names the version that came since.
func newerThan(err error, number int) bool {
	e, ok := err.(*errs.Error)
	return ok && e.Kind == errs.Conflict && e.Code == "policies.newer_version" && e.Args["number"] == number
}

func TestADraftIsNotTakenOnOverAVersionThatCameSinceItsBase(t *testing.T) {
	ctx := context.Background()
	for state, step := range map[policies.DraftState]func(f *office, writer, approver people.Actor, d policies.Draft) error{
		policies.Writing: func(f *office, writer, _ people.Actor, d policies.Draft) error {
			_, err := f.SubmitDraft(ctx, writer, d.ID, d.Edition, 0)
			return err
		},
		policies.InReview: func(f *office, _, approver people.Actor, d policies.Draft) error {
			_, err := f.ApproveDraft(ctx, approver, d.ID, d.Edition, true, "")
			return err
		},
		policies.Approved: func(f *office, _, approver people.Actor, d policies.Draft) error {
			_, err := f.PublishDraft(ctx, approver, d.ID, d.Edition)
			return err
		},
	} {
		t.Run(string(state), func(t *testing.T) {
			f := newOffice(testdb.Tx(t))
			writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
			d := f.overtaken(t, writer, approver, state)
			if err := step(f, writer, approver, d); !newerThan(err, 2) {
				t.Errorf("got %v", err)
			}
			if after, err := f.Draft(ctx, writer, d.ID); err != nil || after.State != state || after.Edition != d.Edition {
				t.Errorf("the draft is now %+v, %v", after, err)
			}
			saved, err := f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: d.Edition, Code: "POL-D", Content: content("别的文字。\n")})
			if err != nil || saved.Base != 1 {
				t.Errorf("its words could not be saved: %+v, %v", saved, err)
			}
		})
	}
}

// The writer sees what came, takes it as base, and the draft is decided anew.
func TestAWriterTakesTheNewestVersionAsBaseAndTheDraftIsApprovedAgain(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
	d := f.overtaken(t, writer, approver, policies.Approved)
	since, err := f.SinceBase(ctx, approver, d.ID, i18n.Hans)
	if err != nil || since.From != 1 || since.To != 2 || since.Summary()["added"] != 1 {
		t.Errorf("what came: %d → %d, %v, %v", since.From, since.To, since.Summary(), err)
	}
	if diff, err := f.DraftDifference(ctx, approver, d.ID, i18n.Hans); err != nil || diff.From != 1 || diff.Summary()["changed"] != 1 || diff.Summary()["removed"] != 0 {
		t.Errorf("the draft against its base: %d, %v, %v", diff.From, diff.Summary(), err)
	}
	if _, err := f.TakeBase(ctx, writer, d.ID, d.Edition, 1); !newerThan(err, 2) {
		t.Errorf("took a version that is not the newest: %v", err)
	}
	if _, err := f.TakeBase(ctx, f.someone(t, people.HR), d.ID, d.Edition, 2); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("HR took the base: %v", err)
	}
	taken, err := f.TakeBase(ctx, writer, d.ID, d.Edition, 2)
	if err != nil || taken.State != policies.Writing || taken.Base != 2 || taken.Approver != "" || taken.Material != nil ||
		taken.Content.Texts[i18n.Hans] != d.Content.Texts[i18n.Hans] {
		t.Fatalf("%+v, %v", taken, err)
	}
	if diff, err := f.DraftDifference(ctx, approver, d.ID, i18n.Hans); err != nil || diff.From != 2 || diff.Summary()["removed"] != 1 {
		t.Errorf("the draft against its new base: %d, %v, %v", diff.From, diff.Summary(), err)
	}
	if _, err := f.TakeBase(ctx, writer, d.ID, taken.Edition, 2); errs.CodeOf(err) != "policies.base_taken" {
		t.Errorf("taken twice: %v", err)
	}
	if _, err := f.SinceBase(ctx, writer, d.ID, i18n.Hans); errs.CodeOf(err) != "policies.base_taken" {
		t.Errorf("nothing came since: %v", err)
	}
	if d, err = f.SubmitDraft(ctx, writer, d.ID, taken.Edition, 0); err != nil {
		t.Fatal(err)
	}
	// Who has the draft on screen as it was against the old base decides nothing.
	if _, err := f.ApproveDraft(ctx, approver, d.ID, 1, true, ""); errs.CodeOf(err) != "policies.draft_changed" {
		t.Errorf("approved what was compared with version 1: %v", err)
	}
	if d, err = f.ApproveDraft(ctx, approver, d.ID, d.Edition, true, ""); err == nil {
		d, err = f.PublishDraft(ctx, approver, d.ID, d.Edition)
	}
	if err != nil || d.Number != 3 {
		t.Fatalf("%+v, %v", d, err)
	}
	if n := scan[int](t, f.db, `SELECT count(*) FROM audit_events WHERE action = 'policies.draft_base' AND data->>'base' = '2'`); n != 1 {
		t.Errorf("%d records of the base that was taken", n)
	}
}

func TestWhoeverTakesTheBaseDoesNotApprove(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	writer, officer := f.someone(t, people.Author), f.someone(t, people.Compliance)
	d := f.overtaken(t, writer, officer, policies.InReview)
	d, err := f.TakeBase(ctx, officer, d.ID, d.Edition, 2)
	if err == nil {
		d, err = f.SubmitDraft(ctx, writer, d.ID, d.Edition, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.ApproveDraft(ctx, officer, d.ID, d.Edition, true, ""); errs.CodeOf(err) != "policies.own_draft" {
		t.Errorf("got %v", err)
	}
}

func TestANewDraftIsWrittenAgainstTheVersionThatItsWriterNames(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer := f.someone(t, people.Author)
	for range 2 {
		f.through(t, "POL-D", draftText+strings.Repeat("\n附则。\n", scan[int](t, f.db, `SELECT count(*) FROM policy_versions`)), true)
	}
	for name, c := range map[string]struct {
		base *int
		want int
		code string
	}{
		"none: the newest": {nil, 2, ""}, "the newest": {new(2), 2, ""}, "one before it": {new(1), 1, ""}, "none at all": {new(0), 0, "policies.refused"},
		"one to come": {new(3), 0, "policies.refused"}, "less than none": {new(-1), 0, "policies.refused"},
	} {
		d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content("新文字。\n"), Base: c.base})
		if errs.CodeOf(err) != c.code || err == nil && d.Base != c.want {
			t.Errorf("%s: against version %d, %v", name, d.Base, err)
		}
		if err == nil {
			if _, err = f.WithdrawDraft(ctx, writer, d.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	if d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-NEW", Content: content(draftText)}); err != nil || d.Base != 0 {
		t.Errorf("of a new policy: %+v, %v", d, err)
	}
}

// The trigger policy_drafts_follow_their_base holds it; without it this test is red.
func TestADraftBecomesTheVersionRightAfterItsBaseInTheDatabaseToo(t *testing.T) {
	f := newOffice(testdb.New(t))
	writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
	d := f.overtaken(t, writer, approver, policies.Approved)
	err := f.db.Exec(`UPDATE policy_drafts SET state = 'published', version_id = (SELECT max(id) FROM policy_versions) WHERE id = ?`, d.ID).Error
	if err != nil {
		t.Errorf("version 2 follows version 1: %v", err)
	}
	err = f.db.Exec(`UPDATE policy_drafts SET version_id = (SELECT min(id) FROM policy_versions) WHERE id = ?`, d.ID).Error
	if !database.Violated(err, "policy_drafts_follow_their_base") {
		t.Errorf("version 1 follows version 1: %v", err)
	}
}
