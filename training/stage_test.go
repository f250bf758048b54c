package training

import (
	"context"
	"sync"
	"testing"
	"time"

	"anwen/courses"
	"anwen/internal/archive"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stage is the room above courses with a clock, and what it told its listener.
type stage struct {
	*Service
	db        *database.Pool
	clock     time.Time
	completed []Completion
	refuse    error // what the listener answers
	mu        sync.Mutex
}

func newStage(t *testing.T, db *database.Pool) *stage {
	t.Helper()
	st := &stage{db: db, clock: noon}
	now := func() time.Time { return st.clock }
	st.Service = New(db, now, courses.New(db, now, nil, nil), st)
	return st
}

// pass tells the room of a passed quiz.
func (st *stage) pass(ctx context.Context, p QuizPass) (out Outcome, err error) {
	err = st.db.Transaction(ctx, func(tx database.Tx) error {
		out, err = st.QuizPassedTx(ctx, tx, p)
		return err
	})
	return out, err
}

// assign gives the open assignment of the course, or the newest.
func (st *stage) assign(ctx context.Context, person, course int64) (id int64, cycle int, err error) {
	err = st.db.Transaction(ctx, func(tx database.Tx) error {
		id, cycle, err = st.OpenAssignmentTx(ctx, tx, person, course)
		return err
	})
	return id, cycle, err
}

func (st *stage) CourseCompletedTx(_ context.Context, _ database.Tx, c Completion) (string, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.completed = append(st.completed, c)
	return "", st.refuse
}

// folder is a course of two lessons with a quiz; changes replace its files, ""
// removes one.
func folder(changes map[string]string) archive.Files {
	files := archive.Files{
		"course.md": []byte("---\nslug: complaint-handling\ncategory: complaints\nminutes: 45\n" +
			"titles: {zh-Hans: 投诉处理基础, en: Handling complaints}\nsummaries: {zh-Hans: 四十八小时内首次回复, en: First reply within 48 hours}\n" +
			"quiz: {pass_mark: 70, attempts: 3}\ncertificate: {valid_months: 12}\n---\n"),
		"lessons/01-receive.zh-Hans.md": []byte("# 受理\n\n先登记。\n"),
		"lessons/01-receive.en.md":      []byte("# Receive\n\nRegister first.\n"),
		"lessons/02-reply.zh-Hans.md":   []byte("# 回复\n\n四十八小时内。\n"),
		"lessons/02-reply.en.md":        []byte("# Reply\n\nWithin 48 hours.\n"),
		"quiz.zh-Hans.gift":             []byte("::一:: 首次回复的时限？ {=48小时 ~72小时}\n"),
		"quiz.en.gift":                  []byte("::one:: First reply within? {=48 hours ~72 hours}\n"),
	}
	for name, text := range changes {
		if text == "" {
			delete(files, name)
			continue
		}
		files[name] = []byte(text)
	}
	return files
}

// publish publishes the folder with changes.
func (st *stage) publish(t *testing.T, changes map[string]string) courses.PublishReport {
	t.Helper()
	report, err := st.courses.Publish(context.Background(), people.System(), folder(changes), false, 0)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// plain publishes a course of one lesson without a quiz, with more in its header.
func (st *stage) plain(t *testing.T, slug, more string) {
	t.Helper()
	_, err := st.courses.Publish(context.Background(), people.System(), archive.Files{
		"course.md":             []byte("---\nslug: " + slug + "\ncategory: risk\nminutes: 5\ntitles: {en: " + slug + "}\nsummaries: {en: s}\n" + more + "---\n"),
		"lessons/01-only.en.md": []byte("# Only\n\nx\n"),
	}, false, 0)
	if err != nil {
		t.Fatal(err)
	}
}

func (st *stage) employee(t *testing.T, unitID int64) people.Actor {
	t.Helper()
	return people.Actor{PersonID: testdb.Person(t, st.db, unitID), UnitID: unitID, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
}

func (st *stage) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := st.db.Raw(sql, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func (st *stage) number(t *testing.T, who people.Actor) (no string) {
	t.Helper()
	if err := st.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, who.PersonID).Scan(&no).Error; err != nil {
		t.Fatal(err)
	}
	return no
}

func officer(unitID int64, path string) people.Actor {
	return people.Actor{UnitID: unitID, Locale: i18n.Hans, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: people.Compliance, UnitID: unitID, UnitPath: path}}}
}
