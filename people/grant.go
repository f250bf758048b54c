package people

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// HeldRole is a current grant of a person, with what a list shows of it.
type HeldRole struct {
	ID        int64
	Role      Role
	UnitID    int64
	UnitPath  string
	UnitNames map[i18n.Locale]string
	GrantedAt time.Time
}

// RolesOf lists the current roles of a person. NotFound when the actor is not an
// administrator or auditor over the person's unit, nor the person.
func (s *Service) RolesOf(ctx context.Context, actor Actor, personID int64) ([]HeldRole, error) {
	if personID != actor.PersonID {
		if _, err := s.visible(ctx, actor, personID, Administrator, Auditor); err != nil {
			return nil, err
		}
	}
	var rows []struct {
		HeldRole
		NamesJSON string
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT g.id, g.role, g.unit_id, u.path AS unit_path, u.names::text AS names_json, g.granted_at
		FROM role_grants g JOIN units u ON u.id = g.unit_id
		WHERE g.person_id = ? AND g.revoked_at IS NULL ORDER BY g.id`, personID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("roles of person %d: %w", personID, err)
	}
	list := make([]HeldRole, len(rows))
	for i, r := range rows {
		list[i] = r.HeldRole
		if err := json.Unmarshal([]byte(r.NamesJSON), &list[i].UnitNames); err != nil {
			return nil, fmt.Errorf("unit of grant %d: %w", r.ID, err)
		}
	}
	return list, nil
}

// GrantRole gives a person a role over a unit. An administrator may grant only
// over units that the own role covers. Conflict when the person holds it already.
func (s *Service) GrantRole(ctx context.Context, actor Actor, personID int64, role Role, unitCode string) error {
	if !slices.Contains(Roles, role) {
		return errs.New(errs.Invalid, "people.unknown_role", errs.Args{"role": role})
	}
	employeeNo, err := s.visible(ctx, actor, personID, Administrator)
	if err != nil {
		return err
	}
	unit, err := s.UnitByCode(ctx, unitCode)
	if err != nil {
		return err
	}
	if !actor.Covers(unit.Path, Administrator) {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		done := tx.Exec(`INSERT INTO role_grants (person_id, role, unit_id, granted_at, granted_by)
			VALUES (?, ?, ?, ?, nullif(?, 0)) ON CONFLICT DO NOTHING`, personID, string(role), unit.ID, s.now(), actor.PersonID)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return errs.New(errs.Conflict, "people.role_already_held", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "people.grant_role",
			Subject: "person:" + employeeNo, Data: map[string]any{"role": role, "unit": unit.Code}})
	})
}

// RevokeRole ends a grant. NotFound when it is not current or not within reach.
func (s *Service) RevokeRole(ctx context.Context, actor Actor, personID, grantID int64) error {
	held, err := s.RolesOf(ctx, actor, personID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(held, func(h HeldRole) bool { return h.ID == grantID })
	if i < 0 {
		return errs.New(errs.NotFound, "people.role_not_found", nil)
	}
	if !actor.Covers(held[i].UnitPath, Administrator) {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		done := tx.Exec(`UPDATE role_grants SET revoked_at = ?, revoked_by = nullif(?, 0) WHERE id = ? AND revoked_at IS NULL`,
			s.now(), actor.PersonID, grantID)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return errs.New(errs.NotFound, "people.role_not_found", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "people.revoke_role",
			Subject: fmt.Sprintf("person:%d", personID), Data: map[string]any{"role": held[i].Role}})
	})
}

// visible returns the employee number of a person whose unit one of the roles
// covers, and NotFound otherwise.
func (s *Service) visible(ctx context.Context, actor Actor, personID int64, roles ...Role) (employeeNo string, err error) {
	var row struct{ EmployeeNo, Path string }
	err = s.db.WithContext(ctx).Raw(`SELECT p.employee_no, u.path FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`,
		personID).Scan(&row).Error
	if err != nil {
		return "", err
	}
	if row.EmployeeNo == "" || !actor.Covers(row.Path, roles...) {
		return "", errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return row.EmployeeNo, nil
}
