package policies_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// today is 2026-09-15.
func TestARepealedPolicyIsNoLongerInForceAndKeepsItsRecords(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	first := publish(t, db, input("一"))
	next := input("二")
	next.EffectiveFrom = "2026-08-01"
	publish(t, db, next)
	officer := holder(people.Compliance, "/")
	for name, c := range map[string]struct{ code, from, reason, want string }{
		"another policy":                {"NONE", "2026-09-15", "x", "policies.not_found"},
		"before the newest took effect": {first.Code, "2026-07-31", "x", "policies.refused"},
		"no date, no reason":            {first.Code, "soon", " ", "policies.refused"},
	} {
		if err := service(db).Repeal(ctx, officer, c.code, c.from, c.reason); errs.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := service(db).Repeal(ctx, employee(1), first.Code, "2026-09-15", "x"); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	if err := service(db).Repeal(ctx, officer, first.Code, "2026-09-15", "合并入另一制度"); err != nil {
		t.Fatal(err)
	}
	p, err := service(db).Policy(ctx, officer, first.Code)
	if err != nil || p.InForce != 0 || p.RepealedFrom != "2026-09-15" || len(p.Versions) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if p.Versions[0].EffectiveUntil != "2026-09-14" || p.Versions[1].EffectiveUntil != "2026-07-31" {
		t.Errorf("in force until %s and %s", p.Versions[0].EffectiveUntil, p.Versions[1].EffectiveUntil)
	}
	list, _, err := service(db).List(ctx, officer, policies.ListQuery{})
	if err != nil || len(list) != 1 || list[0].InForce != 0 {
		t.Errorf("the list says %+v, %v", list, err)
	}
	if v := version(t, db, officer, 2, "zh-Hans"); v.InForce {
		t.Error("version 2 is still in force")
	}
	again := input("三")
	if _, err := service(db).Publish(ctx, officer, again); errs.CodeOf(err) != "policies.repealed" {
		t.Errorf("a version after the repeal: %v", err)
	}
	if err := service(db).Repeal(ctx, officer, first.Code, "2026-10-01", "x"); errs.CodeOf(err) != "policies.repealed" {
		t.Errorf("repealed twice: %v", err)
	}
}

func TestARepealToComeLeavesThePolicyInForce(t *testing.T) {
	db, ctx := testdb.Tx(t), context.Background()
	first := publish(t, db, input("一"))
	officer := holder(people.Compliance, "/")
	if err := service(db).Repeal(ctx, officer, first.Code, "2026-09-16", "x"); err != nil {
		t.Fatal(err)
	}
	p, err := service(db).Policy(ctx, officer, first.Code)
	if err != nil || p.InForce != 1 || p.Versions[0].EffectiveUntil != today {
		t.Errorf("%+v, %v", p, err)
	}
}
