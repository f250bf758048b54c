package people

import (
	"context"
	"encoding/json"
	"fmt"

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
	UnitPath   string
	UnitNames  map[i18n.Locale]string
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
	After    string // employee number of the last row seen
	Limit    int
}

// List pages through the staff that the actor's roles reach, by employee
// number; next is empty on the last page. Forbidden without such a role.
func (s *Service) List(ctx context.Context, actor Actor, q ListQuery) (list []Person, next string, err error) {
	reach := actor.Patterns(HR, Administrator, Auditor, Compliance, ComplaintDesk)
	if len(reach) == 0 {
		return nil, "", errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if q.Limit <= 0 || q.Limit > MaxPage {
		q.Limit = 50
	}
	sql := `SELECT p.id, p.employee_no, p.name, p.unit_id, u.path AS unit_path, u.names::text AS names_json,
			p.position, p.status, p.language
		FROM people p JOIN units u ON u.id = p.unit_id
		WHERE u.path LIKE ANY (?) AND p.employee_no > ?`
	args := []any{database.Array[string](reach), q.After}
	if q.Search != "" {
		sql += ` AND (p.name LIKE ? OR p.employee_no LIKE ?)`
		args = append(args, "%"+database.LikeLiteral(q.Search)+"%", database.LikeLiteral(q.Search)+"%")
	}
	if q.UnitCode != "" {
		sql += ` AND u.path LIKE (SELECT path || '%' FROM units WHERE code = ?)`
		args = append(args, q.UnitCode)
	}
	var rows []struct {
		Person
		NamesJSON string
	}
	err = s.db.WithContext(ctx).Raw(sql+` ORDER BY p.employee_no LIMIT ?`, append(args, q.Limit+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", fmt.Errorf("list people: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		next = rows[q.Limit-1].EmployeeNo
	}
	list = make([]Person, len(rows))
	for i, r := range rows {
		list[i] = r.Person
		if err := json.Unmarshal([]byte(r.NamesJSON), &list[i].UnitNames); err != nil {
			return nil, "", fmt.Errorf("unit of person %s: %w", r.EmployeeNo, err)
		}
	}
	return list, next, nil
}

// SetLanguage stores the language that the actor reads in.
func (s *Service) SetLanguage(ctx context.Context, actor Actor, l i18n.Locale) error {
	if !i18n.Valid(string(l)) {
		return errs.New(errs.Invalid, "people.unknown_language", errs.Args{"language": l})
	}
	err := s.db.WithContext(ctx).Exec(`UPDATE people SET language = ?, updated_at = ? WHERE id = ?`,
		string(l), s.now(), actor.PersonID).Error
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

func (s *Service) idOf(ctx context.Context, condition, value string) (id int64, err error) {
	err = s.db.WithContext(ctx).Raw(`SELECT id FROM people WHERE `+condition, value).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("find the person %s: %w", value, err)
	}
	if id == 0 {
		return 0, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return id, nil
}
