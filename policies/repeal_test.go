package policies_test

import (
	"context"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// proposed is the open proposal to repeal CP-001, as the actor sees it.
func (f *office) proposed(t *testing.T, actor people.Actor) *policies.RepealProposal {
	t.Helper()
	p, err := f.Policy(context.Background(), actor, "CP-001")
	if err != nil {
		t.Fatal(err)
	}
	return p.Proposed
}

// repeal takes a repeal of CP-001 through two people.
func (f *office) repeal(t *testing.T, from, reason string) {
	t.Helper()
	ctx, other := context.Background(), f.someone(t, people.Compliance)
	if err := f.ProposeRepeal(ctx, f.someone(t, people.Compliance), policies.RepealInput{Code: "CP-001", EffectiveFrom: from, Reason: reason}); err != nil {
		t.Fatal(err)
	}
	if err := f.ApproveRepeal(ctx, other, "CP-001", f.proposed(t, other).ID); err != nil {
		t.Fatal(err)
	}
}

// today is 2026-09-15.
func TestARepealedPolicyIsNoLongerInForceAndKeepsItsRecords(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	first := publish(t, f.db, input("一"))
	next := input("二")
	next.EffectiveFrom = "2026-08-01"
	publish(t, f.db, next)
	officer := f.someone(t, people.Compliance)
	for name, c := range map[string]struct{ code, from, reason, want string }{
		"another policy":                {"NONE", "2026-09-15", "x", "policies.not_found"},
		"before the newest took effect": {first.Code, "2026-07-31", "x", "policies.refused"},
		"no date":                       {first.Code, "soon", "x", "policies.refused"},
		"no reason":                     {first.Code, "2026-09-15", " ", "policies.refused"},
	} {
		if err := f.ProposeRepeal(ctx, officer, policies.RepealInput{Code: c.code, EffectiveFrom: c.from, Reason: c.reason}); errs.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, who := range map[string]people.Actor{"an employee": employee(1), "an officer of one branch": holder(people.Compliance, "/1/2/")} {
		for step, err := range map[string]error{"proposes": f.ProposeRepeal(ctx, who, policies.RepealInput{Code: first.Code, EffectiveFrom: today, Reason: "x"}), "approves": f.ApproveRepeal(ctx, who, first.Code, 1),
			"withdraws": f.WithdrawRepeal(ctx, who, first.Code)} {
			if errs.KindOf(err) != errs.Forbidden {
				t.Errorf("%s %s: %v", name, step, err)
			}
		}
	}
	f.repeal(t, "2026-09-15", "合并入另一制度")
	p, err := f.Policy(ctx, officer, first.Code)
	if err != nil || p.InForce != 0 || p.RepealedFrom != "2026-09-15" || p.RepealReason != "合并入另一制度" || len(p.Versions) != 2 || p.Proposed != nil {
		t.Fatalf("%+v, %v", p, err)
	}
	if p.Versions[0].EffectiveUntil != "2026-09-14" || p.Versions[1].EffectiveUntil != "2026-07-31" {
		t.Errorf("in force until %s and %s", p.Versions[0].EffectiveUntil, p.Versions[1].EffectiveUntil)
	}
	list, _, err := f.List(ctx, officer, policies.ListQuery{})
	if err != nil || len(list) != 1 || list[0].InForce != 0 {
		t.Errorf("the list says %+v, %v", list, err)
	}
	if v := version(t, f.db, officer, 2, "zh-Hans"); v.InForce {
		t.Error("version 2 is still in force")
	}
	again := input("三")
	if _, err := f.Publish(ctx, officer, again); errs.CodeOf(err) != "policies.no_version_follows" {
		t.Errorf("a version after the repeal: %v", err)
	}
	if err := f.ProposeRepeal(ctx, officer, policies.RepealInput{Code: first.Code, EffectiveFrom: "2026-10-01", Reason: "x"}); errs.CodeOf(err) != "policies.repealed" {
		t.Errorf("repealed twice: %v", err)
	}
}

func TestARepealToComeLeavesThePolicyInForce(t *testing.T) {
	f, ctx := newOffice(testdb.Tx(t)), context.Background()
	publish(t, f.db, input("一"))
	f.repeal(t, "2026-09-16", "x")
	p, err := f.Policy(ctx, holder(people.Compliance, "/"), "CP-001")
	if err != nil || p.InForce != 1 || p.Versions[0].EffectiveUntil != today {
		t.Errorf("%+v, %v", p, err)
	}
}

// The trigger policy_repeals_two_people holds it; without it this test is red.
func TestNobodyRepealsWhatTheyProposed(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	publish(t, f.db, input("一"))
	first, second := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	if err := f.ProposeRepeal(ctx, first, policies.RepealInput{Code: "CP-001", EffectiveFrom: today, Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	p := f.proposed(t, first)
	if p == nil || !p.Mine || p.Reason != "x" || p.EffectiveFrom != today || f.proposed(t, second).Mine {
		t.Fatalf("%+v", p)
	}
	if f.proposed(t, employee(first.PersonID)) != nil {
		t.Error("an employee is told of a proposal")
	}
	if err := f.ApproveRepeal(ctx, first, "CP-001", p.ID); errs.CodeOf(err) != "policies.own_repeal" || errs.KindOf(err) != errs.Forbidden {
		t.Errorf("whoever proposed it: %v", err)
	}
	if err := f.ProposeRepeal(ctx, second, policies.RepealInput{Code: "CP-001", EffectiveFrom: today, Reason: "y"}); errs.CodeOf(err) != "policies.repeal_proposed" {
		t.Errorf("proposed twice: %v", err)
	}
	// What the second person has seen is withdrawn, and another one stands in its place.
	if err := f.WithdrawRepeal(ctx, second, "CP-001"); err != nil {
		t.Fatal(err)
	}
	if err := f.WithdrawRepeal(ctx, second, "CP-001"); errs.CodeOf(err) != "policies.no_repeal_proposed" {
		t.Errorf("withdrawn twice: %v", err)
	}
	if err := f.ProposeRepeal(ctx, first, policies.RepealInput{Code: "CP-001", EffectiveFrom: "2027-01-01", Reason: "z"}); err != nil {
		t.Fatal(err)
	}
	if err := f.ApproveRepeal(ctx, second, "CP-001", p.ID); errs.CodeOf(err) != "policies.no_repeal_proposed" {
		t.Errorf("the one that was withdrawn: %v", err)
	}
	if got, err := f.Policy(ctx, second, "CP-001"); err != nil || got.RepealedFrom != "" {
		t.Errorf("repealed by one person: %+v, %v", got, err)
	}
	if err := f.ApproveRepeal(ctx, second, "CP-001", f.proposed(t, second).ID); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Policy(ctx, second, "CP-001"); err != nil || got.RepealedFrom != "2027-01-01" || got.RepealReason != "z" {
		t.Errorf("%+v, %v", got, err)
	}
}

// The version that a repeal was proposed for is the one that it ends; the trigger
// policy_repeals_of_the_newest holds it, and without it this test is red.
func TestARepealIsNotApprovedAroundANewerVersion(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	publish(t, f.db, input("一"))
	first, second := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	wish := policies.RepealInput{Code: "CP-001", Newest: 1, EffectiveFrom: "2026-10-01", Reason: "x"}
	if err := f.ProposeRepeal(ctx, first, wish); err != nil {
		t.Fatal(err)
	}
	publish(t, f.db, input("二")) // with the same date as the first
	p := f.proposed(t, second)
	if p.Number != 1 || p.Newest != 2 {
		t.Errorf("the proposal is shown as of version %d of %d", p.Number, p.Newest)
	}
	if err := f.ApproveRepeal(ctx, second, "CP-001", p.ID); errs.KindOf(err) != errs.Conflict || errs.CodeOf(err) != "policies.repeal_of_older" {
		t.Errorf("approved over version 2: %v", err)
	}
	err := f.db.Exec(`INSERT INTO policy_repeals (policy_id, effective_from, reason, repealed_at, repealed_by, proposal_id)
		SELECT policy_id, effective_from, reason, now(), ?, id FROM policy_repeal_proposals`, second.PersonID).Error
	if !database.Violated(err, "policy_repeals_of_the_newest") {
		t.Errorf("the database took it: %v", err)
	}
	if err := f.WithdrawRepeal(ctx, second, "CP-001"); err != nil {
		t.Fatal(err)
	}
	if err := f.ProposeRepeal(ctx, first, wish); errs.CodeOf(err) != "policies.repeal_of_older" {
		t.Errorf("proposed by somebody who saw version 1: %v", err)
	}
	wish.Newest = 2
	if err := f.ProposeRepeal(ctx, first, wish); err != nil {
		t.Fatal(err)
	}
	if err := f.ApproveRepeal(ctx, second, "CP-001", f.proposed(t, second).ID); err != nil {
		t.Error(err)
	}
}

// The trigger policy_repeals_two_people holds each of them.
func TestARepealIsWhatSomebodyElseProposedAndNothingElse(t *testing.T) {
	f, ctx := newOffice(testdb.New(t)), context.Background()
	publish(t, f.db, input("一"))
	other := input("二")
	other.Code = "CP-002"
	publish(t, f.db, other)
	first, second := f.someone(t, people.Compliance), f.someone(t, people.Compliance)
	for _, code := range []string{"CP-001", "CP-002"} {
		if err := f.ProposeRepeal(ctx, first, policies.RepealInput{Code: code, EffectiveFrom: "2026-12-01", Reason: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	const insert = `INSERT INTO policy_repeals (policy_id, effective_from, reason, repealed_at, repealed_by, proposal_id) SELECT `
	const from = ` FROM policy_repeal_proposals r JOIN policies p ON p.id = r.policy_id WHERE p.code = 'CP-001'`
	for name, c := range map[string]struct {
		by  int64
		sql string
	}{
		"by whoever proposed it": {first.PersonID, insert + `r.policy_id, r.effective_from, r.reason, now(), @by, r.id` + from},
		"from another day":       {second.PersonID, insert + `r.policy_id, r.effective_from + 1, r.reason, now(), @by, r.id` + from},
		"for another reason":     {second.PersonID, insert + `r.policy_id, r.effective_from, 'y', now(), @by, r.id` + from},
		"of another policy":      {second.PersonID, insert + `(SELECT id FROM policies WHERE code = 'CP-002'), r.effective_from, r.reason, now(), @by, r.id` + from},
		"without a proposal":     {second.PersonID, insert + `r.policy_id, r.effective_from, r.reason, now(), @by, NULL` + from},
	} {
		if err := f.db.Exec(c.sql, map[string]any{"by": c.by}).Error; !database.Violated(err, "policy_repeals_two_people") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.WithdrawRepeal(ctx, second, "CP-001"); err != nil {
		t.Fatal(err)
	}
	if err := f.db.Exec(insert+`r.policy_id, r.effective_from, r.reason, now(), @by, r.id`+from, map[string]any{"by": second.PersonID}).Error; !database.Violated(err, "policy_repeals_two_people") {
		t.Errorf("what was withdrawn: %v", err)
	}
}
