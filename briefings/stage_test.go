package briefings

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stage is the room on a database with a clock; it reads questions itself.
type stage struct {
	*Service
	db        *gorm.DB
	clock     time.Time
	citations []QuestionCitation // of the questions
	printed   []Minutes
}

func newStage(t *testing.T, db *gorm.DB) *stage {
	t.Helper()
	st := &stage{db: db, clock: noon}
	now := func() time.Time { return st.clock }
	st.Service = New(db, now, policies.New(db, now), st, func(m Minutes) ([]byte, error) {
		st.printed = append(st.printed, m)
		return []byte("%PDF"), nil
	})
	return st
}

// ReadQuestions takes a whole text for one question.
func (st *stage) ReadQuestions(files map[i18n.Locale][]byte) ([]Question, []errs.Fault) {
	var list []Question
	for _, text := range files {
		list = append(list, Question{Name: "q", Stored: fmt.Appendf(nil, "%q", text), Citations: st.citations})
	}
	return list, nil
}

// JudgeAnswer takes the question itself for the right answer.
func (st *stage) JudgeAnswer(stored, response []byte) (bool, error) {
	return string(stored) == string(response), nil
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

func officer(unitID int64, path string) people.Actor {
	return people.Actor{UnitID: unitID, Locale: i18n.Hans, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: people.Compliance, UnitID: unitID, UnitPath: path}}}
}

func places(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	list := []string{}
	for _, f := range e.Faults {
		list = append(list, strings.TrimSpace(f.Place.String()+" "+f.Code))
	}
	return list
}
