package records_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"anwen/certificates"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/records"
	"anwen/training"
)

func TestARecordIsWhatWasTrueWhenTheDateEnded(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	s := school{t, db}
	course, revision, certification := s.course("complaint-handling")
	assignment := s.assign(course, testdb.Person(t, db, unit), 1, local(3, 1, 9))
	s.attempt(assignment, 1, 12, 20, local(4, 1, 9))
	s.attempt(assignment, 2, 19, 20, local(4, 10, 23)) // the last hour of the day
	certificate := s.certify(s.complete(assignment, revision, local(4, 10, 23)), certification, "AW-1", "2026-07-10")
	s.exec(`INSERT INTO certificate_revocations (certificate_id, revoked_at, reason) VALUES (?, ?, 'wrong person')`, certificate, local(8, 1, 0))

	for _, c := range []struct {
		asOf   string
		rows   int
		state  records.State
		earned int64
	}{
		{"2026-02-28", 0, "", 0},               // not assigned yet
		{"2026-03-01", 1, records.None, 0},     // assigned during the day
		{"2026-04-09", 1, records.None, 12},    // the better attempt is still to come
		{"2026-04-10", 1, records.Valid, 19},   // completed in its last hour
		{"2026-07-10", 1, records.Valid, 19},   // the last valid day
		{"2026-07-11", 1, records.Expired, 19}, // the day after
		{"2026-07-31", 1, records.Expired, 19}, // revoked at the next midnight
		{"2026-08-01", 1, records.Revoked, 19}, // revoked at its first second
		{"2026-09-15", 1, records.Revoked, 19}, // today
		{"", 1, records.Revoked, 19},           // now
	} {
		page, err := service(db).Certifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{AsOf: c.asOf})
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Records) != c.rows {
			t.Errorf("as of %s: %d records", c.asOf, len(page.Records))
			continue
		}
		if c.rows == 0 {
			continue
		}
		r := page.Records[0]
		var earned int64
		if r.Earned != nil {
			earned = int64(*r.Earned / items.Point)
		}
		if r.State != c.state || earned != c.earned {
			t.Errorf("as of %s: %s with %d points, want %s with %d", c.asOf, r.State, earned, c.state, c.earned)
		}
		if (r.Serial != "") != (c.state != records.None) || (r.RevokedOn != "") != (c.state == records.Revoked) {
			t.Errorf("as of %s: %+v tells what came later", c.asOf, r)
		}
	}
	page, err := service(db).Certifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{AsOfInstant: local(4, 10, 22)})
	if err != nil || page.Records[0].State != records.None {
		t.Errorf("an hour before: %+v, %v", page.Records, err)
	}
	page, err = service(db).Certifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{AsOfInstant: local(4, 10, 23)})
	if err != nil || page.Records[0].State != records.Valid || page.Records[0].CompletedOn != "2026-04-10" {
		t.Errorf("at the instant: %+v, %v", page.Records, err)
	}
}

func TestEveryCycleIsARecord(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	s := school{t, db}
	course, revision, certification := s.course("suitability")
	person := testdb.Person(t, db, unit)
	first := s.assign(course, person, 1, local(1, 1, 9))
	s.certify(s.complete(first, revision, local(1, 5, 9)), certification, "AW-1", "2026-06-30")
	s.assign(course, person, 2, local(6, 1, 9))
	page, err := service(db).Certifications(context.Background(), hr(path, i18n.Hans), records.CertificationQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Records) != 2 || page.Records[0].State != records.Expired || page.Records[1].State != records.None ||
		page.Records[1].Cycle != 2 || page.Records[1].CourseTitle != "投诉处理" || page.Records[1].Revision != nil {
		t.Errorf("got %+v", page.Records)
	}
}

func TestRecordsAreFilteredAndPaged(t *testing.T) {
	db := testdb.Tx(t)
	root, path := testdb.Unit(t, db, 0)
	north, northPath := testdb.Unit(t, db, root)
	south, _ := testdb.Unit(t, db, root)
	s := school{t, db}
	a, aRevision, aCertification := s.course("aml")
	b, _, _ := s.course("service")
	var people []int64
	for i := range 6 {
		unit := north
		if i >= 4 {
			unit = south
		}
		person := testdb.Person(t, db, unit)
		people = append(people, person)
		one := s.assign(a, person, 1, local(1, 1, 9))
		s.assign(b, person, 1, local(1, 1, 9))
		if i%2 == 0 {
			s.certify(s.complete(one, aRevision, local(1, 2, 9)), aCertification, "AW-"+string(rune('0'+i)), "")
		}
	}
	s.exec(`UPDATE people SET name = '𠮷田%喆' WHERE id = ?`, people[0])
	var southCode string
	if err := db.Raw(`SELECT code FROM units WHERE id = ?`, south).Scan(&southCode).Error; err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		path string
		q    records.CertificationQuery
		want int
	}{
		{"everything", path, records.CertificationQuery{}, 12},
		{"one unit's HR", northPath, records.CertificationQuery{}, 8},
		{"one unit", path, records.CertificationQuery{UnitCode: southCode}, 4},
		{"one course", path, records.CertificationQuery{Course: "aml"}, 6},
		{"an unknown course", path, records.CertificationQuery{Course: "none"}, 0},
		{"the valid", path, records.CertificationQuery{State: records.Valid}, 3},
		{"the missing", path, records.CertificationQuery{State: records.None}, 9},
		{"part of a name with a percent sign", path, records.CertificationQuery{Search: "田%"}, 2},
		{"a percent sign is no wildcard", path, records.CertificationQuery{Search: "田_喆"}, 0},
	} {
		seen := map[int64]bool{}
		c.q.Limit = 5
		for {
			page, err := service(db).Certifications(context.Background(), hr(c.path, i18n.English), c.q)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			for _, r := range page.Records {
				seen[r.AssignmentID] = true
			}
			if c.q.After = page.Next; c.q.After == "" {
				break
			}
		}
		if len(seen) != c.want {
			t.Errorf("%s: %d records, want %d", c.name, len(seen), c.want)
		}
	}
	if _, err := service(db).Certifications(context.Background(), hr(northPath, i18n.English), records.CertificationQuery{UnitCode: southCode}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another unit: %v", err)
	}
}

func TestABadQueryNamesEveryFault(t *testing.T) {
	db := testdb.Tx(t)
	actor := hr("/", i18n.English)
	for _, c := range []struct {
		name   string
		q      records.CertificationQuery
		faults int
	}{
		{"everything wrong", records.CertificationQuery{AsOf: "2026-13-01", State: "good", After: "x", Limit: 1000}, 4},
		{"a date to come", records.CertificationQuery{AsOf: "2026-09-16"}, 1},
		{"an instant to come", records.CertificationQuery{AsOfInstant: now.Add(time.Second)}, 1},
		{"a date and an instant", records.CertificationQuery{AsOf: "2026-01-01", AsOfInstant: now}, 1},
	} {
		_, err := service(db).Certifications(context.Background(), actor, c.q)
		if errs.KindOf(err) != errs.Invalid || len(err.(*errs.Error).Faults) != c.faults {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	employee := people.Actor{PersonID: 1, Locale: i18n.English}
	if _, err := service(db).Certifications(context.Background(), employee, records.CertificationQuery{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
}

// A date is given once, in the zone of the unit in which the course was completed, and
// moving to a unit on the other side of the world changes neither it nor what was true
// when it ended.
func TestOneZoneDecidesThePersonsDays(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	root, path := testdb.Unit(t, db, 0)
	zoned := func(zone string) int64 {
		unit, _ := testdb.Unit(t, db, root)
		if err := db.Exec(`UPDATE units SET zone = ? WHERE id = ?`, zone, unit).Error; err != nil {
			t.Fatal(err)
		}
		return unit
	}
	for _, zones := range [][2]string{{"Pacific/Kiritimati", "America/Los_Angeles"}, {"America/Los_Angeles", "Pacific/Kiritimati"}, {"UTC", "Asia/Shanghai"}, {"Asia/Shanghai", "America/New_York"}} {
		here, there := zoned(zones[0]), zoned(zones[1])
		for _, at := range []time.Time{time.Date(2026, 4, 10, 1, 0, 0, 0, time.UTC), time.Date(2026, 4, 10, 10, 30, 0, 0, time.UTC), time.Date(2026, 4, 10, 23, 30, 0, 0, time.UTC)} {
			issuer := certificates.New(db, func() time.Time { return at }, i18n.Texts{i18n.Hans: "某银行"}, "https://learn.example.com")
			s := school{t, db}
			slug := fmt.Sprintf("course-%d-%d", here, at.Hour())
			course, revision, _ := s.course(slug)
			person := testdb.Person(t, db, here)
			completion := s.complete(s.assign(course, person, 1, at.AddDate(0, -1, 0)), revision, at)
			err := db.Transaction(ctx, func(tx database.Tx) error {
				_, err := issuer.CourseCompletedTx(ctx, tx, training.Completion{ID: completion, PersonID: person, CourseID: course, RevisionID: revision, Cycle: 1,
					CompletedAt: at, Slug: slug, Titles: i18n.Texts{i18n.English: "x"}})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			day := date.In(at, people.Zone(zones[0]))
			eve := day.AddDate(0, 0, -1)
			for _, unit := range []int64{here, there} {
				if err := db.Exec(`UPDATE people SET unit_id = ? WHERE id = ?`, unit, person).Error; err != nil {
					t.Fatal(err)
				}
				for asOf, want := range map[time.Time]string{day: date.Text(&day), eve: ""} {
					page, err := service(db).Certifications(ctx, hr(path, i18n.English), records.CertificationQuery{Course: slug, AsOf: date.Text(&asOf)})
					if err != nil || len(page.Records) != 1 {
						t.Fatalf("%d records, %v", len(page.Records), err)
					}
					if r := page.Records[0]; r.CompletedOn != want || r.IssuedOn != want || (r.State == records.Valid) != (want != "") {
						t.Errorf("%s in %s, as of %s: completed on %q, issued on %q, %s; want %q", at.Format(time.RFC3339), zones, date.Text(&asOf), r.CompletedOn, r.IssuedOn, r.State, want)
					}
				}
			}
		}
	}
}
