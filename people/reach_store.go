package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// Unit is the unit with the code. Forbidden without the role; NotFound when there
// is no such unit within reach.
func (r Reach) Unit(ctx context.Context, conn database.Conn, code string) (Unit, error) {
	if err := r.Require(); err != nil {
		return Unit{}, err
	}
	found, err := unitsWhere(ctx, conn, `code = ?`, code)
	if err != nil {
		return Unit{}, fmt.Errorf("find unit %s: %w", code, err)
	}
	if len(found) == 0 || !r.Covers(found[0].Path) {
		return Unit{}, errs.New(errs.NotFound, "people.unit_not_found", errs.Args{"code": code})
	}
	return found[0], nil
}

// Person is the person with the employee number, who may have left. Forbidden
// without the role; NotFound when there is no such person within reach.
func (r Reach) Person(ctx context.Context, conn database.Conn, employeeNo string) (Person, error) {
	return r.person(ctx, conn, `employee_no = ?`, employeeNo)
}

// PersonByID is the person with the id. Forbidden and NotFound as Person.
func (r Reach) PersonByID(ctx context.Context, conn database.Conn, id int64) (Person, error) {
	return r.person(ctx, conn, `id = ?`, id)
}

func (r Reach) person(ctx context.Context, conn database.Conn, condition string, value any) (Person, error) {
	if err := r.Require(); err != nil {
		return Person{}, err
	}
	found, err := staffWhere(ctx, conn, condition, value)
	if err != nil {
		return Person{}, fmt.Errorf("find person %v: %w", value, err)
	}
	if len(found) == 0 || !r.Covers(found[0].UnitPath) {
		return Person{}, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return found[0], nil
}

// Root is Forbidden unless a role is held over the root of the institution, or
// over every root where there are several: for what belongs to no unit.
func (r Reach) Root(ctx context.Context, conn database.Conn) error {
	if err := r.Require(); err != nil {
		return err
	}
	var roots []string
	if err := conn.WithContext(ctx).Raw(`SELECT path FROM units WHERE parent_id IS NULL`).Scan(&roots).Error; err != nil {
		return fmt.Errorf("find the root units: %w", err)
	}
	for _, root := range roots {
		if !r.Covers(root) {
			return errs.New(errs.Forbidden, "people.forbidden", nil)
		}
	}
	return nil
}
