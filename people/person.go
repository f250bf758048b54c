package people

import (
	"context"
	"fmt"

	"anwen/internal/cursor"
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

// MaxPage is the most rows that one page of any list holds.
const MaxPage = 200

// ListQuery narrows and pages the staff list.
type ListQuery struct {
	Search   string // part of the name or the start of the employee number
	UnitCode string // this unit and everything below
	After    string // cursor of the page before
	Limit    int
}

// staffList names the list in its cursors.
const staffList = "people"

// List pages through the staff that the actor's roles reach, by employee
// number; next is empty on the last page. Forbidden without such a role; NotFound for
// a unit that they do not reach; Invalid for a cursor that is not of this list.
func (s *Service) List(ctx context.Context, actor Actor, q ListQuery) (list []Person, next string, err error) {
	reach := actor.Over(HR, Administrator, Auditor, Compliance, ComplaintDesk)
	if q.UnitCode, err = reach.Narrow(ctx, s.db, q.UnitCode); err != nil {
		return nil, "", err
	}
	if q.Limit <= 0 || q.Limit > MaxPage {
		q.Limit = 50
	}
	var last string
	if _, err := cursor.Read(q.After, staffList, &last); err != nil {
		return nil, "", err
	}
	list, err = listStaff(ctx, s.db, reach, q, last)
	if err != nil {
		return nil, "", fmt.Errorf("list people: %w", err)
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		next = cursor.After(staffList, list[q.Limit-1].EmployeeNo)
	}
	return list, next, nil
}

// SetLanguage stores the language that the actor reads in. Invalid when it is none
// of the three.
func (s *Service) SetLanguage(ctx context.Context, actor Actor, l i18n.Locale) error {
	if !i18n.Valid(string(l)) {
		return errs.New(errs.Invalid, "people.unknown_language", errs.Args{"language": l})
	}
	if err := updateLanguage(ctx, s.db, actor.PersonID, l, s.now()); err != nil {
		return fmt.Errorf("set the language of person %d: %w", actor.PersonID, err)
	}
	s.cache.dropPerson(actor.PersonID)
	return nil
}

// IDOfLogin finds who signs in with a name. NotFound when nobody does.
func (s *Service) IDOfLogin(ctx context.Context, login string) (int64, error) {
	id, found, err := idOfLogin(ctx, s.db, login)
	if err != nil {
		return 0, fmt.Errorf("find who signs in as %s: %w", login, err)
	}
	if !found {
		return 0, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return id, nil
}

// IDOfEmployee finds a person, who may have left, by the employee number. NotFound
// when there is none.
func (s *Service) IDOfEmployee(ctx context.Context, employeeNo string) (int64, error) {
	found, err := ByNumber(ctx, s.db, employeeNo)
	if err != nil {
		return 0, err
	}
	p, there := found[employeeNo]
	if !there {
		return 0, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return p.ID, nil
}

// ByNumber finds people by their employee numbers, those who have left too: the
// status of each tells. It asks once for all numbers; one that nobody has is not in
// the map. It knows no reach: Reach.Person does.
func ByNumber(ctx context.Context, conn database.Conn, employeeNos ...string) (map[string]Person, error) {
	if len(employeeNos) == 0 {
		return map[string]Person{}, nil
	}
	list, err := staffNumbered(ctx, conn, employeeNos)
	if err != nil {
		return nil, fmt.Errorf("find people by their numbers: %w", err)
	}
	found := make(map[string]Person, len(list))
	for _, p := range list {
		found[p.EmployeeNo] = p
	}
	return found, nil
}

// HolderByNumber is ByNumber for one person, if that person holds
// one of the roles over whatever unit; found is false otherwise.
func HolderByNumber(ctx context.Context, conn database.Conn, employeeNo string, roles ...Role) (p Person, found bool, err error) {
	list, err := holdersNumbered(ctx, conn, employeeNo, roles)
	if err != nil {
		return Person{}, false, fmt.Errorf("find person %s with a role: %w", employeeNo, err)
	}
	if len(list) == 0 {
		return Person{}, false, nil
	}
	return list[0], true, nil
}
