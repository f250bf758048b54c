package briefings

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// stage is the room on a database with a clock.
type stage struct {
	*Service
	db    *database.Pool
	clock time.Time
}

func newStage(t *testing.T, db *database.Pool) *stage {
	t.Helper()
	st := &stage{db: db, clock: noon}
	now := func() time.Time { return st.clock }
	st.Service = New(db, now, policies.New(db, now), i18n.Texts{i18n.Hans: "安和银行"})
	return st
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
