package courses

import (
	"context"
	"slices"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stage is the room on a database with a clock, and what it told the others.
type stage struct {
	*Service
	db        *database.Pool
	clock     time.Time
	published []QuizFiles
	refuse    error  // what the quiz publisher answers
	checking  func() // what happens while a quiz is checked
	mustSit   int64  // who must still sit the quiz of every course
}

func newStage(t *testing.T, db *database.Pool) *stage {
	t.Helper()
	st := &stage{db: db, clock: noon}
	st.Service = New(db, func() time.Time { return st.clock }, policies.New(db, func() time.Time { return st.clock }), st)
	return st
}

func (st *stage) CheckQuiz(q QuizFiles) (QuizCheck, []errs.Fault) {
	if st.checking != nil {
		st.checking()
	}
	if slices.Contains([]string{"bad"}, string(q.GIFT[i18n.English])) {
		return QuizCheck{}, []errs.Fault{{Place: errs.Place{File: "quiz.en.gift", Line: 1}, Code: "quizzes.unreadable"}}
	}
	return QuizCheck{Items: len(q.GIFT)}, nil
}

func (st *stage) PublishQuizTx(_ context.Context, _ database.Tx, _ people.Actor, q QuizFiles) error {
	st.published = append(st.published, q)
	return st.refuse
}

func (st *stage) MustSit(_ context.Context, _ database.Conn, personID int64, _ string) (bool, error) {
	return st.mustSit != 0 && personID == st.mustSit, nil
}

// publish publishes the right folder with changes.
func (st *stage) publish(t *testing.T, changes map[string]string) PublishReport {
	t.Helper()
	report, err := st.Publish(context.Background(), people.System(), folder(changes), false, 0)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (st *stage) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := st.db.Raw(sql, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}
