package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"anwen/complaints"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/policies"
	"anwen/quizzes"
)

// evidenced is a small bank with every kind of evidence: courses read, passed and
// certified, a key corrected, an essay marked by two, policies acknowledged, briefings
// read and studied, complaints with responsible persons. All but its last event is
// sealed, in more than one seal.
var evidenced = testdb.Prepare(evidence)

func evidence(t testing.TB, db *database.Pool) {
	ctx, clock := context.Background(), &clock{}
	var asked atomic.Int64 // a real clock goes on while a verb is at work
	goesOn := func() time.Time { return clock.now().Add(time.Duration(asked.Add(1)) * time.Millisecond) }
	h := &house{config: config{Institution: localNames{in: institution.names()}}, now: goesOn, db: db, demo: true}
	h.wire()
	b := &bank{house: h, clock: clock, today: time.Now()}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(h.complaints.Seed(ctx))
	for _, step := range []func(context.Context) error{b.staff, b.firstPolicies, b.publishCourses, b.publishPolicies, b.publishBriefings, b.meet, b.exercise} {
		must(step(ctx))
	}
	b.learnSomething(t, ctx)
	b.acknowledgeSomething(t, ctx)
	b.markSomething(t, ctx)
	b.complainOnce(t, ctx)
	b.printSomething(t, ctx)
	b.useInEveryWay(t, ctx)
	sealAll(t, db)
	reader := b.members[230]
	list, err := h.briefings.List(ctx, people.System())
	must(err)
	_, err = h.briefings.MarkRead(ctx, reader.actor, list[0].Key, list[0].Revision, nil)
	must(err)
}

func sealAll(t testing.TB, db *database.Pool) {
	t.Helper()
	for {
		n, err := audit.Seal(context.Background(), db, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// learnSomething completes a course with six people, and with another half of it. The
// key of one item is corrected afterwards.
func (b *bank) learnSomething(t testing.TB, ctx context.Context) {
	t.Helper()
	key, err := rightAnswers("complaint-handling")
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range b.members[40:46] {
		if err := b.complete(ctx, m, "complaint-handling", b.daysAgo(20-i, 9), key, i%3); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.readSome(ctx, b.members[46], "complaint-handling", b.daysAgo(9, 9), 2); err != nil {
		t.Fatal(err)
	}
	var of struct{ Quiz, Version int64 }
	err = b.db.Raw(`SELECT r.quiz_id AS quiz, i.item_version_id AS version FROM quiz_items i JOIN quiz_revisions r ON r.id = i.revision_id
		JOIN quizzes q ON q.id = r.quiz_id JOIN courses k ON k.id = q.course_id WHERE k.slug = 'complaint-handling' AND i.position = 2`).Scan(&of).Error
	if err != nil {
		t.Fatal(err)
	}
	b.clock.at(b.daysAgo(8, 8))
	waits, err := b.quizzes.Start(ctx, b.members[47].actor, of.Quiz, "")
	if err != nil {
		t.Fatal(err)
	}
	b.clock.at(b.daysAgo(8, 9))
	_, err = b.quizzes.Regrade(ctx, b.officer(50), quizzes.RegradeInput{QuizID: of.Quiz, Version: of.Version, Correction: items.LeftOut, Note: "Two options are right."})
	if err != nil {
		t.Fatal(err)
	}
	b.clock.at(b.daysAgo(8, 10))
	if _, err := b.quizzes.Submit(ctx, b.members[47].actor, waits.ID); err != nil { // open during the correction
		t.Fatal(err)
	}
}

// officer is a member with the Compliance role over everything.
func (b *bank) officer(n int) people.Actor {
	actor := b.members[n].actor
	actor.Grants = []people.Grant{{Role: people.Compliance, UnitPath: "/"}, {Role: people.ComplaintDesk, UnitPath: "/"}}
	return actor
}

func (b *bank) acknowledgeSomething(t testing.TB, ctx context.Context) {
	t.Helper()
	list, _, err := b.policies.List(ctx, people.System(), policies.ListQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		b.clock.at(b.daysAgo(7, 9))
		if _, err := b.policies.RequestAcknowledgement(ctx, people.System(), policies.RequestInput{Code: p.Code, Number: p.InForce, UnitCode: "AH-E01"}); err != nil {
			t.Fatal(err)
		}
		for i, m := range b.members[40:45] {
			v, err := b.policies.Version(ctx, m.actor, p.Code, p.InForce, "zh-Hans")
			if err != nil {
				t.Fatal(err)
			}
			b.clock.at(b.daysAgo(6, 9+i))
			_, err = b.policies.Acknowledge(ctx, m.actor, policies.AcknowledgeInput{Code: p.Code, Number: p.InForce, Locale: v.Locale,
				TextSHA256: v.TextSHA256, StatementSHA256: v.StatementSHA256})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// markSomething has the first essay that waits marked by as many as it asks for.
func (b *bank) markSomething(t testing.TB, ctx context.Context) {
	t.Helper()
	var quiz int64
	if err := b.db.Raw(`SELECT r.quiz_id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE g.grades @> '[{"status": "waiting"}]' LIMIT 1`).Scan(&quiz).Error; err != nil {
		t.Fatal(err)
	}
	waiting, err := b.quizzes.WaitingEssays(ctx, b.officer(51), quiz)
	if err != nil || len(waiting) == 0 {
		t.Fatalf("%d essays wait: %v", len(waiting), err)
	}
	essay := waiting[0]
	b.clock.at(b.daysAgo(5, 9))
	for n := range max(essay.Markers, 1) {
		mark := quizzes.NewMark{AttemptID: essay.AttemptID, Position: essay.Position}
		for _, c := range essay.Question.Criteria {
			mark.Criteria = append(mark.Criteria, c.Points)
		}
		if len(mark.Criteria) == 0 {
			mark.Criteria = []items.Points{essay.Points}
		}
		if _, err := b.quizzes.MarkEssay(ctx, b.officer(51+n), mark); err != nil {
			t.Fatal(err)
		}
	}
}

func (b *bank) complainOnce(t testing.TB, ctx context.Context) {
	t.Helper()
	b.clock.at(b.daysAgo(4, 9))
	file := fmt.Sprintf("reference,class,unit,received_at,first_reply_at,responsible,satisfaction\nC-1,general,AH-E01,%s,,%s,4\nC-2,general,AH-E01,%[1]s,,%[2]s,\n",
		b.daysAgo(5, 9).Format("2006-01-02 15:04"), b.members[40].actor.EmployeeNo)
	if _, err := b.complaints.Import(ctx, people.System(), complaints.ImportInput{FileName: "facts.csv", Raw: []byte(file), Profile: "anwen"}); err != nil {
		t.Fatal(err)
	}
	if err := b.complaints.NameResponsible(ctx, b.officer(50), "C-1", b.members[41].actor.EmployeeNo); err != nil {
		t.Fatal(err)
	}
}

// printSomething stores a document as drawing one does, with or without fonts.
func (b *bank) printSomething(t testing.TB, ctx context.Context) {
	t.Helper()
	var serial string
	if err := b.db.Raw(`SELECT serial FROM certificates ORDER BY id LIMIT 1`).Scan(&serial).Error; err != nil {
		t.Fatal(err)
	}
	pdf := []byte("%PDF-1.7 a certificate")
	sum := sha256.Sum256(pdf)
	err := b.db.Transaction(ctx, func(tx database.Tx) error {
		err := tx.Exec(`INSERT INTO certificate_documents (certificate_id, pdf, sha256, rendered_at) SELECT id, ?, ?, now() FROM certificates WHERE serial = ?`, pdf, sum[:], serial).Error
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: b.now(), Action: "certificates.render", Subject: "certificate:" + serial, Data: map[string]string{"sha256": hex.EncodeToString(sum[:])}})
	})
	if err != nil {
		t.Fatal(err)
	}
}
