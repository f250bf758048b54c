package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Status says whether a person works here now.
type Status string

// The statuses.
const (
	Active  Status = "active"
	OnLeave Status = "on_leave"
	Left    Status = "left"
)

// Person is a member of staff as others with a role over the unit see them.
type Person struct {
	ID         int64
	EmployeeNo string
	Name       string
	UnitID     int64
	UnitCode   string
	UnitPath   string
	UnitNames  i18n.Texts
	Position   string
	Status     Status
	Language   i18n.Locale
}

// personRow is what this room reads and writes of one row of people by itself. The
// import writes whole rows, in sets.
type personRow struct {
	ID        int64
	Login     string
	Language  i18n.Locale
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"` // of the injected clock
}

func (personRow) TableName() string { return "people" }

// MaxPage is the most rows that one page of any list holds.
const MaxPage = 200

// ListQuery narrows and pages the staff list.
type ListQuery struct {
	Search   string // part of the name or the start of the employee number
	UnitCode string // this unit and everything below
	After    string // employee number of the last row seen
	Limit    int
}

// List pages through the staff that the actor's roles reach, by employee
// number; next is empty on the last page. Forbidden without such a role.
func (s *Service) List(ctx context.Context, actor Actor, q ListQuery) (list []Person, next string, err error) {
	reach := actor.Over(HR, Administrator, Auditor, Compliance, ComplaintDesk)
	if err := reach.Require(); err != nil {
		return nil, "", err
	}
	if q.Limit <= 0 || q.Limit > MaxPage {
		q.Limit = 50
	}
	list, err = listStaff(ctx, s.db, reach, q)
	if err != nil {
		return nil, "", fmt.Errorf("list people: %w", err)
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		next = list[q.Limit-1].EmployeeNo
	}
	return list, next, nil
}

// SetLanguage stores the language that the actor reads in. Invalid when it is none
// of the three.
func (s *Service) SetLanguage(ctx context.Context, actor Actor, l i18n.Locale) error {
	if !i18n.Valid(string(l)) {
		return errs.New(errs.Invalid, "people.unknown_language", errs.Args{"language": l})
	}
	_, err := database.Table[personRow](s.db).Where("id = ?", actor.PersonID).Select("language", "updated_at").
		Updates(ctx, personRow{Language: l, UpdatedAt: s.now()})
	if err != nil {
		return fmt.Errorf("set the language of person %d: %w", actor.PersonID, err)
	}
	s.cache.dropPerson(actor.PersonID)
	return nil
}

// IDOfLogin finds who signs in with a name. NotFound when nobody does.
func (s *Service) IDOfLogin(ctx context.Context, login string) (int64, error) {
	return s.idOf(ctx, `login = ?`, login)
}

// IDOfEmployee finds a person by the employee number. NotFound when there is none.
func (s *Service) IDOfEmployee(ctx context.Context, employeeNo string) (int64, error) {
	return s.idOf(ctx, `employee_no = ?`, employeeNo)
}

func (s *Service) idOf(ctx context.Context, condition, value string) (int64, error) {
	p, err := database.Table[personRow](s.db).Select("id").Where(condition, value).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	if err != nil {
		return 0, fmt.Errorf("find the person %s: %w", value, err)
	}
	return p.ID, nil
}
