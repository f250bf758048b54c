package records_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"anwen/complaints"
	"anwen/courses"
	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
	"anwen/records"
	"anwen/training"
)

// Three people under a version in force since 1 August: one acknowledged on the
// 11th, one on the day itself, one not yet. Complaints count when they came
// inside the window, to the hour where the unit is.
func TestTheWindowFromTakingEffectToAcknowledgement(t *testing.T) {
	db, ctx := testdb.Tx(t), context.Background()
	s := school{t, db}
	unit, path := testdb.Unit(t, db, 0)
	other, _ := testdb.Unit(t, db, 0)
	var code string
	if err := db.Raw(`SELECT code FROM units WHERE id = ?`, unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	slow, swift, waiting, elsewhere := testdb.Person(t, db, unit), testdb.Person(t, db, unit), testdb.Person(t, db, unit), testdb.Person(t, db, other)
	s.exec(`UPDATE people SET created_at = '2026-01-01'`)
	room := policies.New(db, func() time.Time { return local(7, 1, 9) })
	_, err := room.Publish(ctx, people.System(), policies.PublishInput{Code: "P", Titles: i18n.Texts{i18n.English: "Policy"}, EffectiveFrom: "2026-08-01",
		Texts: i18n.Texts{i18n.English: "# Policy\n"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range []int64{slow, swift, waiting, elsewhere} {
		s.exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at) SELECT id, ?, now() FROM policy_versions`, person)
	}
	sign := func(person int64, at time.Time) {
		s.exec(`INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at)
			SELECT v.id, p.id, p.unit_id, '', 'en', sha256('x'), 'x', sha256('x'), ? FROM policy_versions v, people p WHERE p.id = ?`, at, person)
	}
	sign(slow, local(8, 11, 23)) // in its last hour there, the next day nowhere in Asia
	sign(swift, local(8, 1, 8))
	desk := complaints.New(db, clock)
	if err := desk.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	numbers := map[int64]string{}
	for _, person := range []int64{slow, swift, waiting} {
		var no string
		if err := db.Raw(`SELECT employee_no FROM people WHERE id = ?`, person).Scan(&no).Error; err != nil {
			t.Fatal(err)
		}
		numbers[person] = no
	}
	file := "reference,class,unit,received_at,responsible\n"
	for i, c := range []struct {
		at     string
		person int64
	}{
		{"2026-07-31 23:59", slow},    // the day before it took effect
		{"2026-08-01 00:00", slow},    // inside
		{"2026-08-10 23:59", slow},    // inside
		{"2026-08-11 09:00", slow},    // the day of the acknowledgement is no longer inside
		{"2026-08-01 09:00", swift},   // no window at all
		{"2026-09-01 09:00", waiting}, // still open
	} {
		file += fmt.Sprintf("C%d,general,%s,%s,%s\n", i, code, c.at, numbers[c.person])
	}
	if _, err := desk.Import(ctx, people.System(), complaints.ImportInput{FileName: "c.csv", Profile: "anwen", Raw: []byte(file)}); err != nil {
		t.Fatal(err)
	}

	e, err := service(db).Exposure(ctx, hr(path, i18n.English), records.ExposureQuery{Code: "P", Number: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Units) != 1 || e.Units[0].UnitCode != code || e.Total.People != 3 || e.EffectiveFrom != "2026-08-01" {
		t.Fatalf("%+v", e)
	}
	u := e.Units[0]
	if u.People != 3 || u.Acknowledged != 2 || u.Open != 1 || u.MedianDays == nil || *u.MedianDays != 5 || u.LongestDays != 45 || u.Complaints != 3 {
		t.Errorf("%+v, median %v", u, *u.MedianDays)
	}
	var out bytes.Buffer
	rows, err := service(db).ExportExposure(ctx, hr(path, i18n.English), records.ExposureQuery{Code: "P", Number: 1}, records.CSV, &out)
	if err != nil || rows != 3 {
		t.Fatalf("%d rows, %v", rows, err)
	}
	for person, want := range map[int64]string{slow: "2026-08-01,2026-08-11,,10,2", swift: "2026-08-01,2026-08-01,,0,0", waiting: "2026-08-01,,,45,1"} {
		found := false
		for _, line := range strings.Split(out.String(), "\r\n") {
			found = found || strings.HasPrefix(line, numbers[person]+",") && strings.HasSuffix(line, want)
		}
		if !found {
			t.Errorf("no line of %s ends with %s in\n%s", numbers[person], want, out.String())
		}
	}
}

// A course that cites the version closes the window on the day that it was
// completed; one that cites an older substance does not.
func TestTrainingOnTheVersionEndsTheWindowToo(t *testing.T) {
	db, ctx := testdb.Tx(t), context.Background()
	s := school{t, db}
	unit, path := testdb.Unit(t, db, 0)
	trained, taughtOld := testdb.Person(t, db, unit), testdb.Person(t, db, unit)
	s.exec(`UPDATE people SET created_at = '2026-01-01'`)
	room := policies.New(db, func() time.Time { return local(7, 1, 9) })
	lessons := courses.New(db, func() time.Time { return local(8, 9, 10) }, room, nil)
	progress := training.New(db, func() time.Time { return local(8, 9, 10) }, lessons, nil)
	publish := func(version string) {
		_, err := room.Publish(ctx, people.System(), policies.PublishInput{Code: "P", Titles: i18n.Texts{i18n.English: "Policy"}, EffectiveFrom: "2026-08-01",
			Texts: i18n.Texts{i18n.English: "# Policy\n\n## 1. Duty\n\n" + version + "\n"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	teach := func(slug string, person int64) {
		folder := archive.Files{
			"course.md":            []byte("---\nslug: " + slug + "\ncategory: risk\nminutes: 5\ntitles: {en: T}\nsummaries: {en: S}\n---\n"),
			"lessons/01-one.en.md": []byte("# One\n\nSee [1](policy:P#1).\n"),
		}
		if _, err := lessons.Publish(ctx, people.System(), folder, false, 0); err != nil {
			t.Fatal(err)
		}
		if p, err := progress.ReadLesson(ctx, people.Actor{PersonID: person, Zone: "Asia/Shanghai"}, slug, 1, 1); err != nil || !p.Completed {
			t.Fatalf("%+v %v", p, err)
		}
	}
	publish("Old words of the duty.")
	teach("old", taughtOld)
	publish("Quite another duty binds everybody from now on.")
	teach("new", trained)
	for _, person := range []int64{trained, taughtOld} {
		s.exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at) SELECT id, ?, now() FROM policy_versions WHERE number = 2`, person)
	}
	e, err := service(db).Exposure(ctx, hr(path, i18n.English), records.ExposureQuery{Code: "P", Number: 2})
	if err != nil {
		t.Fatal(err)
	}
	if u := e.Total; u.People != 2 || u.Trained != 1 || u.Acknowledged != 0 || u.Open != 1 || u.MedianDays == nil || *u.MedianDays != 8 {
		t.Errorf("%+v", u)
	}
}

func TestExposureIsNotForEverybody(t *testing.T) {
	db, ctx := testdb.Tx(t), context.Background()
	_, path := testdb.Unit(t, db, 0)
	if _, err := service(db).Exposure(ctx, people.Actor{PersonID: 1}, records.ExposureQuery{Code: "P", Number: 1}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	if _, err := service(db).Exposure(ctx, hr(path, i18n.English), records.ExposureQuery{Code: "P", Number: 1}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a version that is not there: %v", err)
	}
	if _, err := service(db).ExportExposure(ctx, hr(path, i18n.English), records.ExposureQuery{Code: "P", Number: 1}, "pdf", &bytes.Buffer{}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
}
