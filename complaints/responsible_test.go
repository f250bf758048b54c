package complaints_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"anwen/complaints"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

// numberOf is the employee number of the person.
func (d *desk) numberOf(t *testing.T, id int64) (no string) {
	t.Helper()
	if err := d.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, id).Scan(&no).Error; err != nil {
		t.Fatal(err)
	}
	return no
}

// file1 imports one complaint with its responsible person and returns the code of its
// fault, or of the error.
func (d *desk) file1(actor people.Actor, reference, responsible string) string {
	_, err := d.Import(context.Background(), actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen",
		Raw: d.file(reference + ",general,UNIT,2026-10-20 09:00,,,," + responsible + ",,")})
	var e *errs.Error
	if errors.As(err, &e) && len(e.Faults) == 1 {
		return e.Faults[0].Code
	}
	return errs.CodeOf(err)
}

func TestTheResponsiblePersonIsOfTheDesksUnits(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,,,")
	var unit int64
	if err := d.db.Raw(`SELECT id FROM units WHERE code = ?`, d.outside).Scan(&unit).Error; err != nil {
		t.Fatal(err)
	}
	stranger := d.numberOf(t, testdb.Person(t, d.db, unit))
	named, unknown := d.NameResponsible(ctx, d.actor, "C-1", stranger), d.NameResponsible(ctx, d.actor, "C-1", "NOBODY")
	if errs.CodeOf(named) != "complaints.unknown_person" || strings.Replace(named.Error(), stranger, "NOBODY", 1) != unknown.Error() {
		t.Errorf("somebody of another unit: %v; nobody: %v", named, unknown)
	}
	if code := d.file1(d.actor, "C-2", stranger); code != "complaints.unknown_person" {
		t.Errorf("in a file: %s", code)
	}
	// Who has been responsible all along stays so, wherever they work now.
	whole := d.actor
	whole.Grants = []people.Grant{{Role: people.ComplaintDesk, UnitPath: "/"}}
	if code := d.file1(whole, "C-3", stranger); code != "" {
		t.Fatal(code)
	}
	if code := d.file1(d.actor, "C-3", stranger); code != "" {
		t.Errorf("the same person again: %s", code)
	}
	if n := d.count(t, `SELECT count(*) FROM responsible_persons`); n != 1 {
		t.Errorf("%d are named", n)
	}
}

func TestNobodyMovesAComplaintFromOrToThemselves(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	me := d.numberOf(t, d.actor.PersonID)
	boss := d.actor
	boss.PersonID = testdb.Person(t, d.db, d.actor.UnitID)
	for name, c := range map[string]struct {
		actor    people.Actor
		from, to string
		want     string
	}{
		"one takes what nobody has":       {d.actor, "", me, ""},
		"one takes a colleague's":         {d.actor, d.staff[0], me, "complaints.own_responsibility"},
		"one gives the own away":          {d.actor, me, d.staff[0], "complaints.own_responsibility"},
		"one names oneself again":         {d.actor, me, me, ""},
		"one moves it between colleagues": {d.actor, d.staff[0], d.staff[1], ""},
		"another one takes it from one":   {boss, me, d.staff[0], ""},
	} {
		t.Run(name, func(t *testing.T) {
			for way, move := range map[string]func(reference string) string{
				"by name": func(reference string) string { return errs.CodeOf(d.NameResponsible(ctx, c.actor, reference, c.to)) },
				"by file": func(reference string) string { return d.file1(c.actor, reference, c.to) },
			} {
				reference := strings.ReplaceAll(name+way, " ", "-")
				if code := d.file1(people.Actor{Zone: "Asia/Shanghai", Grants: d.actor.Grants}, reference, c.from); code != "" {
					t.Fatal(code)
				}
				if code := move(reference); code != c.want {
					t.Errorf("%s: %q, want %q", way, code, c.want)
				}
				want := c.to
				if c.want != "" {
					want = c.from
				}
				var now string
				err := d.db.Raw(`SELECT p.employee_no FROM responsible_now r JOIN complaints c ON c.id = r.complaint_id JOIN people p ON p.id = r.person_id
					WHERE c.reference = ?`, reference).Scan(&now).Error
				if err != nil || now != want {
					t.Errorf("%s: %s is responsible, want %s, %v", way, now, want, err)
				}
			}
		})
	}
}
