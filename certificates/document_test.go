package certificates

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/training"
)

// earned is the room on a database where somebody has completed a course.
type earned struct {
	*Service
	db       *database.Pool
	courses  *courses.Service
	training *training.Service
	now      time.Time
	holder   people.Actor
	serial   string
}

// earn publishes a course of one lesson, which the holder reads.
func earn(t *testing.T, db *database.Pool, holder string) *earned {
	t.Helper()
	ctx := context.Background()
	e := &earned{db: db, now: time.Date(2026, 11, 2, 16, 30, 0, 0, time.UTC)}
	clock := func() time.Time { return e.now }
	e.Service = New(db, clock, i18n.Texts{i18n.Hans: "某银行"}, "https://learn.example.com")
	e.courses = courses.New(db, clock, nil, nil)
	e.training = training.New(db, clock, e.courses, e.Service)
	unit, path := testdb.Unit(t, db, 0)
	e.holder = people.Actor{PersonID: testdb.Person(t, db, unit), UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
	if err := db.Exec(`UPDATE people SET name = ? WHERE id = ?`, holder, e.holder.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	_, err := e.courses.Publish(ctx, people.System(), map[string][]byte{
		"course.md":                 []byte("---\nslug: handling\ncategory: complaints\nminutes: 10\ntitles: {zh-Hans: 客户投诉处理, en: Handling}\nsummaries: {zh-Hans: 短。}\ncertificate: {valid_months: 12}\n---\n"),
		"lessons/01-one.zh-Hans.md": []byte("# 一\n\n正文。\n"),
	}, false, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.training.ReadLesson(ctx, e.holder, "handling", 1, 1); err != nil {
		t.Fatal(err)
	}
	mine, err := e.Mine(ctx, e.holder)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%d certificates, %v", len(mine), err)
	}
	e.serial = mine[0].Serial
	return e
}

func TestACertificateIsFrozenWhenItIsIssued(t *testing.T) {
	e, ctx := earn(t, testdb.Tx(t), "𠮷田喆"), context.Background()
	if err := e.db.Exec(`UPDATE people SET name = '别名' WHERE id = ?`, e.holder.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	mine, err := e.Mine(ctx, e.holder)
	if err != nil {
		t.Fatal(err)
	}
	c := mine[0]
	if c.Frozen.Holder != "𠮷田喆" || c.Frozen.Titles[i18n.English] != "Handling" || c.Frozen.VerifyURL != "https://learn.example.com/verify/"+e.serial {
		t.Errorf("it says %+v", c.Frozen)
	}
	// 16:30 in UTC is half past midnight of the next day in Shanghai.
	if on, until := c.IssuedOn.Format(time.DateOnly), c.ValidUntil.Format(time.DateOnly); on != "2026-11-03" || until != "2027-11-03" {
		t.Errorf("issued on %s, valid until %s", on, until)
	}
}

func TestADocumentIsDrawnOnceAndStaysTheSameBytes(t *testing.T) {
	e, ctx := earn(t, testdb.New(t), "𠮷田喆"), context.Background()
	e.now = e.now.AddDate(0, 1, 0)
	var wait sync.WaitGroup
	documents := make([]Document, 8)
	for i := range documents { // first downloads that meet
		wait.Go(func() {
			d, err := e.Document(ctx, e.holder, e.serial)
			if errs.KindOf(err) == errs.Unavailable {
				return
			}
			if err != nil {
				t.Error(err)
			}
			documents[i] = d
		})
	}
	wait.Wait()
	first := documents[0]
	if first.PDF == nil {
		t.Skip("the fonts are not built: make fonts")
	}
	if sum := sha256.Sum256(first.PDF); !bytes.Equal(sum[:], first.SHA256) || !bytes.HasPrefix(first.PDF, []byte("%PDF-")) {
		t.Errorf("the bytes do not have the SHA-256 %x", first.SHA256)
	}
	for i, d := range documents {
		if !bytes.Equal(d.PDF, first.PDF) {
			t.Errorf("download %d has other bytes", i)
		}
	}
	var rows int
	if err := e.db.Raw(`SELECT count(*) FROM certificate_documents`).Scan(&rows).Error; err != nil || rows != 1 {
		t.Errorf("%d stored documents, %v", rows, err)
	}
	if err := e.db.Exec(`UPDATE certificate_documents SET pdf = '\x00'`).Error; err == nil {
		t.Error("a stored document could be changed")
	}
}

func TestWhoMayHaveTheDocument(t *testing.T) {
	e, ctx := earn(t, testdb.Tx(t), "李雷"), context.Background()
	elsewhere, elsewherePath := testdb.Unit(t, e.db, 0)
	as := func(role people.Role, unit int64, path string) people.Actor {
		return people.Actor{PersonID: testdb.Person(t, e.db, unit), UnitID: unit, UnitPath: path, Zone: "Asia/Shanghai",
			Grants: []people.Grant{{Role: role, UnitID: unit, UnitPath: path}}}
	}
	for name, c := range map[string]struct {
		actor people.Actor
		want  bool
	}{
		"the holder":              {e.holder, true},
		"HR of the unit":          {as(people.HR, e.holder.UnitID, e.holder.UnitPath), true},
		"an auditor of the unit":  {as(people.Auditor, e.holder.UnitID, e.holder.UnitPath), true},
		"HR of another unit":      {as(people.HR, elsewhere, elsewherePath), false},
		"an author of the unit":   {as(people.Author, e.holder.UnitID, e.holder.UnitPath), false},
		"a colleague of the unit": {people.Actor{PersonID: testdb.Person(t, e.db, e.holder.UnitID), Zone: "Asia/Shanghai"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := e.Document(ctx, c.actor, e.serial)
			if errs.KindOf(err) == errs.Unavailable {
				t.Skip("the fonts are not built: make fonts")
			}
			if c.want && err != nil || !c.want && errs.KindOf(err) != errs.NotFound {
				t.Errorf("got %v", err)
			}
		})
	}
	var views int
	if err := e.db.Raw(`SELECT count(*) FROM audit_events WHERE action = 'certificates.view'`).Scan(&views).Error; err != nil || views != 2 {
		t.Errorf("%d views by others are recorded, want 2: %v", views, err)
	}
}

// A name that no face can draw is refused with its character; the certificate
// itself stands, and can be verified.
func TestAMissingGlyphRefusesTheDocumentAndKeepsTheCertificate(t *testing.T) {
	e, ctx := earn(t, testdb.Tx(t), "李\U000F1234"), context.Background()
	_, err := e.Document(ctx, e.holder, e.serial)
	if errs.KindOf(err) == errs.Unavailable {
		t.Skip("the fonts are not built: make fonts")
	}
	if errs.KindOf(err) != errs.Conflict {
		t.Errorf("got %v", err)
	}
	if v, err := e.Verify(ctx, e.serial); err != nil || !v.Known || v.Certificate.State != Valid {
		t.Errorf("verified as %+v, %v", v, err)
	}
}

func TestVerifyingASerialAsPeopleTypeIt(t *testing.T) {
	e, ctx := earn(t, testdb.Tx(t), "李雷"), context.Background()
	for typed, known := range map[string]bool{e.serial: true, " " + e.serial + " ": true, "": false, "AW-00000-00000-1": false, "'; DROP TABLE": false} {
		if v, err := e.Verify(ctx, typed); err != nil || v.Known != known {
			t.Errorf("%q: known %v, %v", typed, v.Known, err)
		}
	}
	e.now = time.Date(2027, 11, 4, 1, 0, 0, 0, time.UTC)
	if v, err := e.Verify(ctx, e.serial); err != nil || v.Certificate.State != Expired {
		t.Errorf("a year later it is %v, %v", v.Certificate.State, err)
	}
}
