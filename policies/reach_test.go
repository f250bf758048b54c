package policies_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// A branch writes drafts of its own; what is in force for the whole institution is
// decided over its root.
func TestABranchDecidesNothingForTheInstitution(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	root, _ := testdb.Unit(t, f.db, 0)
	north, northPath := testdb.Unit(t, f.db, root)
	south, southPath := testdb.Unit(t, f.db, root)
	of := func(unit int64, path string, role people.Role) people.Actor {
		return people.Actor{PersonID: testdb.Person(t, f.db, unit), UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai",
			Grants: []people.Grant{{Role: role, UnitID: unit, UnitPath: path}}}
	}
	author, colleague, stranger := of(north, northPath, people.Author), of(north, northPath, people.Compliance), of(south, southPath, people.Compliance)
	asked := content(draftText)
	asked.Questions = i18n.Texts{i18n.Hans: "::q:: 三年吗？ {T}\n"}
	d, err := f.SaveDraft(ctx, author, policies.SaveInput{Code: "POL-D", Content: asked})
	if err != nil || !d.Writable {
		t.Fatalf("%+v, %v", d, err)
	}
	asked.Owner = "合规部"
	if d, err = f.SaveDraft(ctx, colleague, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: asked}); err != nil {
		t.Fatalf("a colleague of the unit: %v", err)
	}
	if seen, err := f.Draft(ctx, stranger, d.ID); err != nil || seen.Writable || len(seen.Content.Questions) != 0 {
		t.Errorf("another unit sees its questions: %+v, %v", seen, err)
	}
	list, err := f.Drafts(ctx, of(root, "/", people.Auditor))
	if err != nil || len(list) != 1 || len(list[0].Content.Questions) != 0 {
		t.Errorf("an auditor sees its questions: %+v, %v", list, err)
	}
	forbidden := func(name string, err error) {
		t.Helper()
		if errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = f.SaveDraft(ctx, stranger, policies.SaveInput{ID: d.ID, Edition: 2, Code: "POL-D", Content: content("x")})
	forbidden("another unit saves", err)
	_, err = f.WithdrawDraft(ctx, stranger, d.ID, 2)
	forbidden("another unit withdraws", err)
	_, err = f.SubmitDraft(ctx, stranger, d.ID, 2, 0)
	forbidden("another unit submits", err)
	if d, err = f.SubmitDraft(ctx, author, d.ID, 2, 0); err != nil {
		t.Fatal(err)
	}
	_, err = f.ApproveDraft(ctx, stranger, d.ID, 2, true, "")
	forbidden("a branch approves", err)
	_, err = f.ReturnDraft(ctx, stranger, d.ID, 2, "x")
	forbidden("a branch returns", err)
	if d, err = f.ApproveDraft(ctx, f.someone(t, people.Compliance), d.ID, 2, true, ""); err != nil {
		t.Fatal(err)
	}
	_, err = f.PublishDraft(ctx, colleague, d.ID, 2)
	forbidden("a branch publishes", err)
	_, err = f.Publish(ctx, colleague, input("一"))
	forbidden("a branch publishes without a draft", err)
	_, err = f.PublishFolder(ctx, colleague, policies.Folder{Code: "POL-F"}, true)
	forbidden("a branch publishes a folder", err)
	forbidden("a branch reviews a citation", f.ReviewCitation(ctx, colleague, policies.ReviewInput{ID: 1, Changed: 1}))
	// Who wrote it does not approve it, whatever role came in between.
	risen := author
	risen.Grants = []people.Grant{{Role: people.Compliance, UnitPath: "/"}}
	if d, err = f.ReturnDraft(ctx, risen, d.ID, 2, "x"); err != nil {
		t.Fatal(err)
	}
	if d, err = f.SubmitDraft(ctx, colleague, d.ID, 2, 0); err != nil {
		t.Fatal(err)
	}
	if _, err = f.ApproveDraft(ctx, risen, d.ID, 2, true, ""); errs.CodeOf(err) != "policies.own_draft" {
		t.Errorf("an author who has become an officer: %v", err)
	}
}
