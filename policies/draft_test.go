package policies_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

const draftText = "第一条 为了规范投诉处理，制定本办法。\n\n第二条 投诉资料保存三年。\n"

func content(text string) policies.Content {
	return policies.Content{Titles: i18n.Texts{i18n.Hans: "办法"}, EffectiveFrom: "2026-12-01", Texts: i18n.Texts{i18n.Hans: text}}
}

// office is the room with people of every role.
type office struct {
	*policies.Service
	db *database.Pool
}

func newOffice(db *database.Pool) *office { return &office{service(db), db} }

// someone with a role over everything.
func (f *office) someone(t *testing.T, role people.Role) people.Actor {
	t.Helper()
	unit, path := testdb.Unit(t, f.db, 0)
	return people.Actor{PersonID: testdb.Person(t, f.db, unit), UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: role, UnitID: unit, UnitPath: "/"}}}
}

// through takes a text all the way to a published version by two people.
func (f *office) through(t *testing.T, code, text string, material bool) policies.Draft {
	t.Helper()
	ctx, writer, approver := context.Background(), f.someone(t, people.Author), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: code, Content: content(text)})
	if err == nil {
		d, err = f.SubmitDraft(ctx, writer, d.ID, d.Edition, 0)
	}
	if err == nil {
		d, err = f.ApproveDraft(ctx, approver, d.ID, d.Edition, material, "")
	}
	if err == nil {
		d, err = f.PublishDraft(ctx, approver, d.ID, d.Edition)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADraftBecomesAVersionByTwoPeople(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer, approver := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.ApproveDraft(ctx, approver, d.ID, 1, true, ""); errs.CodeOf(err) != "policies.draft_state" {
		t.Errorf("approved before it was submitted: %v", err)
	}
	if d, err = f.SubmitDraft(ctx, writer, d.ID, 1, 0); err != nil || d.State != policies.InReview {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := f.ApproveDraft(ctx, approver, d.ID, 1, false, ""); errs.KindOf(err) != errs.Invalid {
		t.Errorf("the first version was called editorial: %v", err)
	}
	if _, err := f.PublishDraft(ctx, writer, d.ID, 1); errs.CodeOf(err) != "policies.draft_state" {
		t.Errorf("published before it was approved: %v", err)
	}
	if d, err = f.ReturnDraft(ctx, approver, d.ID, 1, "第二条过短"); err != nil || d.State != policies.Writing || d.Note != "第二条过短" {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content(draftText + "第三条 施行。\n")}); err != nil || d.Edition != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = f.SubmitDraft(ctx, writer, d.ID, 2, 0); err != nil {
		t.Fatal(err)
	}
	if d, err = f.ApproveDraft(ctx, approver, d.ID, 2, true, "同意"); err != nil || d.State != policies.Approved || d.Approver == "" {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = f.PublishDraft(ctx, writer, d.ID, 2); err != nil || d.State != policies.Done || d.Number != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	if v, err := f.Version(ctx, writer, "POL-D", 1, i18n.Hans); err != nil || !v.Material || !strings.Contains(v.HTML, "第三条") {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 2, Code: "POL-D", Content: content("x")}); errs.CodeOf(err) != "policies.draft_state" {
		t.Errorf("a published draft could be saved: %v", err)
	}
}

func TestATextThatIsSavedAsItWasIsNoOtherEdition(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer, approver := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err == nil {
		d, err = f.SubmitDraft(ctx, writer, d.ID, 1, 0)
	}
	if err == nil {
		_, err = f.ApproveDraft(ctx, approver, d.ID, 1, true, "")
	}
	if err == nil {
		d, err = f.SaveDraft(ctx, approver, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content(draftText)})
	}
	if err != nil || d.Edition != 1 || d.State != policies.Approved || len(d.Editors) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if d, err = f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content(draftText + "x\n")}); err != nil || d.Edition != 2 || d.State != policies.Writing {
		t.Errorf("%+v, %v", d, err)
	}
	for field, change := range map[string]func(*policies.Content){
		"titles.zh-Hans": func(c *policies.Content) { c.Titles = policies.Texts{i18n.Hans: strings.Repeat("长", 201)} },
		"notes.en":       func(c *policies.Content) { c.Notes = policies.Texts{i18n.English: strings.Repeat("长", 2001)} },
	} {
		in := policies.SaveInput{Code: "POL-E", Content: content(draftText)}
		change(&in.Content)
		_, err := f.SaveDraft(ctx, writer, in)
		var e *errs.Error
		if !errors.As(err, &e) || len(e.Faults) != 1 || e.Faults[0].Field != field || e.Faults[0].Code != "policies.words_too_long" {
			t.Errorf("%s is too long: %v", field, err)
		}
	}
}

// The trigger policy_drafts_two_people holds it; without it this test is red.
func TestNobodyApprovesWhatTheyWrote(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	first, second := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, first, policies.SaveInput{Code: "POL-D", Content: content("一个字。\n")})
	if err == nil {
		d, err = f.SaveDraft(ctx, second, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content(draftText)})
	}
	if err == nil {
		d, err = f.SubmitDraft(ctx, second, d.ID, d.Edition, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, writer := range map[string]people.Actor{"the first writer": first, "the last writer": second} {
		if _, err := f.ApproveDraft(ctx, writer, d.ID, d.Edition, true, ""); errs.CodeOf(err) != "policies.own_draft" {
			t.Errorf("%s approved it: %v", name, err)
		}
	}
	if _, err := f.ApproveDraft(ctx, f.someone(t, people.Compliance), d.ID, d.Edition, true, ""); err != nil {
		t.Errorf("a third: %v", err)
	}
}

func TestWhatIsSavedAfterApprovalMustBeApprovedAgain(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err == nil {
		d, err = f.SubmitDraft(ctx, writer, d.ID, 1, 0)
	}
	if err == nil {
		d, err = f.ApproveDraft(ctx, approver, d.ID, 1, true, "")
	}
	if err == nil {
		d, err = f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content("别的文字。\n")})
	}
	if err != nil || d.State != policies.Writing || d.Approver != "" || d.Material != nil {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := f.PublishDraft(ctx, approver, d.ID, 2); errs.CodeOf(err) != "policies.draft_state" {
		t.Errorf("published all the same: %v", err)
	}
	if _, err := f.SubmitDraft(ctx, writer, d.ID, 1, 0); errs.CodeOf(err) != "policies.draft_changed" {
		t.Errorf("a decision about an edition that is not the newest: %v", err)
	}
}

// Of writers who began from the same edition one is stored; the others are told,
// and nothing is overwritten.
func TestWritersAtOnceNeverOverwriteEachOther(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	d, err := f.SaveDraft(ctx, f.someone(t, people.Author), policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err != nil {
		t.Fatal(err)
	}
	var writers []people.Actor
	for range 8 {
		writers = append(writers, f.someone(t, people.Author))
	}
	var stored, told atomic.Int32
	var wait sync.WaitGroup
	for _, w := range writers {
		wait.Go(func() {
			_, err := f.SaveDraft(ctx, w, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-D", Content: content(draftText + "第三条。\n")})
			switch {
			case err == nil:
				stored.Add(1)
			case errs.CodeOf(err) == "policies.draft_changed":
				told.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if stored.Load() != 1 || told.Load() != 7 {
		t.Errorf("%d were stored and %d were told", stored.Load(), told.Load())
	}
}

func TestADraftKeepsItsCodeAndThereIsNoneWithoutANumber(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer := f.someone(t, people.Author)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: 1, Code: "POL-E", Content: content(draftText)}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("another code: %v", err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{Edition: 1, Code: "POL-E", Content: content(draftText)}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("an edition of no draft: %v", err)
	}
	if n := scan[int](t, f.db, `SELECT count(*) FROM policy_draft_editions`); n != 1 {
		t.Errorf("%d editions", n)
	}
}

func TestAPolicyHasOneOpenDraft(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	writer := f.someone(t, people.Author)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)}); errs.CodeOf(err) != "policies.draft_open" {
		t.Errorf("a second draft: %v", err)
	}
	if _, err := f.WithdrawDraft(ctx, writer, d.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(draftText)}); err != nil {
		t.Errorf("after the first was withdrawn: %v", err)
	}
}

// An editorial version keeps what was acknowledged; a material one asks again.
func TestAnEditorialVersionCarriesAcknowledgements(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	f.through(t, "POL-D", draftText, true)
	unit, path := testdb.Unit(t, f.db, 0)
	var code string
	if err := f.db.Raw(`SELECT code FROM units WHERE id = ?`, unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	reader := people.Actor{PersonID: testdb.Person(t, f.db, unit), UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
	testdb.Person(t, f.db, unit) // who does not acknowledge
	officer := f.someone(t, people.Compliance)
	ask := func(number int) policies.Requested {
		t.Helper()
		r, err := f.RequestAcknowledgement(ctx, officer, policies.RequestInput{Code: "POL-D", Number: number, UnitCode: code})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	sign := func(number int) {
		t.Helper()
		v, err := f.Version(ctx, reader, "POL-D", number, i18n.Hans)
		if err == nil {
			_, err = f.Acknowledge(ctx, reader, policies.AcknowledgeInput{Code: "POL-D", Number: number, Locale: v.Locale, TextSHA256: v.TextSHA256, StatementSHA256: v.StatementSHA256})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	waiting := func(number int) (asked, waiting int) {
		t.Helper()
		o, err := f.Outstanding(ctx, officer, policies.OutstandingQuery{Code: "POL-D", Number: number})
		if err != nil {
			t.Fatal(err)
		}
		return o.Requested, o.Waiting
	}
	if r := ask(1); r.New != 2 {
		t.Fatalf("asked %+v", r)
	}
	sign(1)

	f.through(t, "POL-D", strings.Replace(draftText, "保存三年", "保存3年", 1), false)
	v, err := f.Version(ctx, reader, "POL-D", 2, i18n.Hans)
	if err != nil || v.AcknowledgedAt == nil || v.AcceptedNumber != 1 || v.Carries != 1 {
		t.Errorf("the editorial version: acknowledged %v, of %d, carries %d, %v", v.AcknowledgedAt, v.AcceptedNumber, v.Carries, err)
	}
	if asked, left := waiting(2); asked != 2 || left != 1 {
		t.Errorf("of the editorial version %d are asked and %d left", asked, left)
	}
	if r := ask(2); r.New != 0 || r.Asked != 2 {
		t.Errorf("asked for the same substance again: %+v", r)
	}

	f.through(t, "POL-D", strings.Replace(draftText, "三年", "五年", 1), true)
	v, err = f.Version(ctx, reader, "POL-D", 3, i18n.Hans)
	if err != nil || v.AcknowledgedAt != nil {
		t.Errorf("the material version is acknowledged at %v, %v", v.AcknowledgedAt, err)
	}
	if r := ask(3); r.New != 0 || r.Asked != 2 {
		t.Errorf("publishing asked for the new substance: %+v", r)
	}
	if asked, left := waiting(1); asked != 2 || left != 1 {
		t.Errorf("the record of the first version changed: %d asked, %d left", asked, left)
	}
}

func TestADraftsDifferenceIsAgainstTheNewestVersion(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	f.through(t, "POL-D", draftText, true)
	writer := f.someone(t, people.Author)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content(strings.Replace(draftText, "三年", "五年", 1))})
	if err != nil {
		t.Fatal(err)
	}
	diff, err := f.DraftDifference(ctx, writer, d.ID, i18n.English)
	if err != nil || diff.From != 1 || diff.Locale != i18n.Hans || diff.Summary()["changed"] != 1 || diff.Summary()["same"] != 1 {
		t.Errorf("%d → draft in %s: %v, %v", diff.From, diff.Locale, diff.Summary(), err)
	}
	if _, err := f.Difference(ctx, "POL-D", 0, 1, i18n.Hans); err != nil {
		t.Errorf("of the first version against nothing: %v", err)
	}
}

// A sign that was taken as a mark changes what the text says: its writer answers for it
// before anybody reviews it.
func TestWarningsAreConfirmedBeforeADraftIsReviewed(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	writer := f.someone(t, people.Author)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-D", Content: content("第一条 利息为本金*利率*天数。\n")})
	if err != nil || len(d.Warnings()) != 1 {
		t.Fatalf("%+v, %v", d.Warnings(), err)
	}
	for _, confirmed := range []int{0, 2} {
		_, err := f.SubmitDraft(ctx, writer, d.ID, 1, confirmed)
		if code, args := faultOf(err); errs.CodeOf(err) != "markdown.unconfirmed" || errs.KindOf(err) != errs.Conflict || code != "markdown.marks_taken" || args["words"] == "" {
			t.Errorf("%d confirmed: %v", confirmed, err)
		}
	}
	if _, err := f.SubmitDraft(ctx, writer, d.ID, 1, 1); err != nil {
		t.Errorf("confirmed: %v", err)
	}
}

// What a draft asks tells the key: it is shown to those alone who may write in it.
func TestWhatADraftAsksIsShownToItsWriters(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	in := input("第一条 甲。")
	writer := f.someone(t, people.Author)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "CP-007", Content: policies.Content{Titles: in.Titles, EffectiveFrom: in.EffectiveFrom, Tier: policies.Click,
		Questions: i18n.Texts{i18n.Hans: "::a:: 是吗？ {T}"}, Texts: in.Texts}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		actor people.Actor
		sees  bool
	}{"its writer": {writer, true}, "an officer over its unit": {f.someone(t, people.Compliance), true}, "an auditor": {f.someone(t, people.Auditor), false},
		"an author of another unit": {holder(people.Author, "/999/"), false}} {
		got, err := f.Draft(ctx, c.actor, d.ID)
		if err != nil || (len(got.Content.Questions) > 0) != c.sees || got.Writable != c.sees {
			t.Errorf("%s: %+v, %v", name, got.Content.Questions, err)
		}
	}
}

func TestADraftTellsWhomItAsksByTheRuleThatAsks(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	f.through(t, "REACH", draftText, true)
	unit, _ := testdb.Unit(t, f.db, 0)
	asked, left := testdb.Person(t, f.db, unit), testdb.Person(t, f.db, unit)
	testdb.Person(t, f.db, unit) // never asked
	for _, person := range []int64{asked, left} {
		if err := f.db.Exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at) SELECT id, ?, now() FROM policy_versions`, person).Error; err != nil {
			t.Fatal(err)
		}
	}
	if err := f.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, left).Error; err != nil {
		t.Fatal(err)
	}
	writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
	for _, c := range []struct {
		text     string
		material bool
		want     int
	}{{draftText + "\n", false, 0}, {strings.Replace(draftText, "三年", "五年", 1), true, 1}} {
		d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "REACH", Content: content(c.text + "第三条 自公布之日起施行。\n")})
		if err == nil {
			d, err = f.SubmitDraft(ctx, writer, d.ID, d.Edition, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		if effects, err := f.DraftEffects(ctx, approver, d.ID); err != nil || effects.AskedAgain != 1 {
			t.Errorf("before it is decided: %d, %v", effects.AskedAgain, err)
		}
		if d, err = f.ApproveDraft(ctx, approver, d.ID, d.Edition, c.material, ""); err != nil {
			t.Fatal(err)
		}
		effects, err := f.DraftEffects(ctx, approver, d.ID)
		if err != nil || effects.AskedAgain != c.want {
			t.Errorf("material %v: %d would be asked, want %d (%v)", c.material, effects.AskedAgain, c.want, err)
		}
		before := scan[int](t, f.db, `SELECT count(*) FROM acknowledgement_requests`)
		if _, err := f.PublishDraft(ctx, approver, d.ID, d.Edition); err != nil {
			t.Fatal(err)
		}
		if made := scan[int](t, f.db, `SELECT count(*) FROM acknowledgement_requests`) - before; made != effects.AskedAgain {
			t.Errorf("%d were announced, %d were asked", effects.AskedAgain, made)
		}
	}
}

func TestADecisionDoesNotMoveTheTimeOfTheText(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	at := time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	f.Service = policies.New(f.db, func() time.Time { return at })
	writer, approver := f.someone(t, people.Author), f.someone(t, people.Compliance)
	d, err := f.SaveDraft(ctx, writer, policies.SaveInput{Code: "WHEN", Content: content(draftText)})
	saved := at
	later := func(step func() (policies.Draft, error)) {
		t.Helper()
		at = at.Add(time.Hour)
		if err == nil {
			d, err = step()
		}
		if err != nil {
			t.Fatal(err)
		}
		if !d.UpdatedAt.Equal(saved) {
			t.Errorf("%s: saved at %s, want %s", d.State, d.UpdatedAt, saved)
		}
	}
	later(func() (policies.Draft, error) { return f.SubmitDraft(ctx, writer, d.ID, d.Edition, 0) })
	later(func() (policies.Draft, error) { return f.ApproveDraft(ctx, approver, d.ID, d.Edition, true, "") })
	if d.ApprovedAt == nil || !d.ApprovedAt.Equal(at) {
		t.Errorf("approved at %v, want %s", d.ApprovedAt, at)
	}
	later(func() (policies.Draft, error) { return f.PublishDraft(ctx, approver, d.ID, d.Edition) })
}
