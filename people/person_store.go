package people

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// personRow is what this room reads and writes of one row of people by itself. The
// import writes whole rows, in sets.
type personRow struct {
	ID        int64
	Login     string
	Language  i18n.Locale
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"` // of the injected clock
}

// TableName is for GORM.
func (personRow) TableName() string { return "people" }

func updateLanguage(ctx context.Context, conn database.Conn, personID int64, l i18n.Locale, now time.Time) error {
	_, err := database.Table[personRow](conn).Where("id = ?", personID).Select("language", "updated_at").
		Updates(ctx, personRow{Language: l, UpdatedAt: now})
	return err
}

// idOfLogin reports false when nobody signs in with the name.
func idOfLogin(ctx context.Context, conn database.Conn, login string) (id int64, found bool, err error) {
	p, err := database.Table[personRow](conn).Select("id").Where("login = ?", login).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, false, nil
	}
	return p.ID, err == nil, err
}

// loginOf is the name that the person signs in with.
func loginOf(ctx context.Context, conn database.Conn, personID int64) (string, error) {
	p, err := database.Table[personRow](conn).Select("login").Where("id = ?", personID).Take(ctx)
	return p.Login, err
}

// listStaff reads the people behind the last employee number, one row more than the page
// holds, if there is one.
func listStaff(ctx context.Context, conn database.Conn, reach Reach, q ListQuery, last string) ([]Person, error) {
	condition := `unit_path LIKE ANY (@reach) AND employee_no > @after`
	if q.Search != "" {
		condition += ` AND ` + Sought("staff")
	}
	if q.UnitCode != "" {
		condition += ` AND unit_path LIKE ` + BelowUnit
	}
	return staffWhere(ctx, conn, condition+` ORDER BY employee_no LIMIT @limit`, map[string]any{
		"reach": reach.Patterns(), "after": last, "search": database.LikeLiteral(q.Search), "sought": q.Search, "unit": q.UnitCode, "limit": q.Limit + 1})
}

// Sought is the condition that a person's name holds a text or the employee number
// begins with it: @sought, and @search for LIKE. Two indexes serve it.
func Sought(person string) string {
	return `(name_parts(` + person + `.name) @> sought_parts(@sought) AND ` + person + `.name LIKE '%' || @search || '%' OR ` + person + `.employee_no LIKE @search || '%')`
}

// staffByID reports false when there is no such person.
func staffByID(ctx context.Context, conn database.Conn, id int64) (p Person, found bool, err error) {
	list, err := staffWhere(ctx, conn, `id = ?`, id)
	if err != nil || len(list) == 0 {
		return Person{}, false, err
	}
	return list[0], true, nil
}

func staffNumbered(ctx context.Context, conn database.Conn, employeeNos []string) ([]Person, error) {
	return staffWhere(ctx, conn, `employee_no = ANY (?)`, database.Array[string](employeeNos))
}

// holdersNumbered reads the person with the number, if there is one who holds one of
// the roles.
func holdersNumbered(ctx context.Context, conn database.Conn, employeeNo string, roles []Role) ([]Person, error) {
	return staffWhere(ctx, conn, `employee_no = ? AND EXISTS (
		SELECT FROM role_grants g WHERE g.person_id = staff.id AND g.revoked_at IS NULL AND g.role IN ?)`, employeeNo, roles)
}

// staffWhere reads the people that the condition on the view staff holds for.
func staffWhere(ctx context.Context, conn database.Conn, condition string, args ...any) ([]Person, error) {
	var list []Person
	err := conn.WithContext(database.PlanAnew(ctx)).Raw(`SELECT id, employee_no, name, unit_id, unit_code, unit_path, unit_names,
			position, status, language
		FROM staff WHERE `+condition, args...).Scan(&list).Error
	return list, err
}
