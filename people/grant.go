package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// HeldRole is a current grant of a person, with what a list shows of it.
type HeldRole struct {
	ID        int64
	Role      Role
	UnitID    int64
	UnitPath  string
	UnitNames i18n.Texts
	GrantedAt time.Time
}

// RolesOf lists the current roles of a person, the own ones for everybody. Of
// others: Forbidden without the role of administrator or auditor, NotFound outside
// its reach.
func (s *Service) RolesOf(ctx context.Context, actor Actor, personID int64) ([]HeldRole, error) {
	if personID != actor.PersonID {
		if _, err := actor.Over(Administrator, Auditor).PersonByID(ctx, s.db, personID); err != nil {
			return nil, err
		}
	}
	held, err := rolesOf(ctx, s.db, personID)
	if err != nil {
		return nil, fmt.Errorf("roles of person %d: %w", personID, err)
	}
	return held, nil
}

// GrantRole gives somebody else a role over a unit. Invalid for an unknown role;
// Forbidden without the role of administrator and for the actor's own person;
// NotFound for a person or a unit outside its reach; Conflict when the person holds
// the role already or has left.
func (s *Service) GrantRole(ctx context.Context, actor Actor, personID int64, role Role, unitCode string) error {
	if !slices.Contains(Roles, role) {
		return errs.New(errs.Invalid, "people.unknown_role", errs.Args{"role": role})
	}
	reach := actor.Over(Administrator)
	person, err := reach.PersonByID(ctx, s.db, personID)
	if err != nil {
		return err
	}
	if personID == actor.PersonID {
		return errs.New(errs.Forbidden, "people.own_role", nil)
	}
	unit, err := reach.Unit(ctx, s.db, unitCode)
	if err != nil {
		return err
	}
	defer s.cache.dropPerson(personID)
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		made, err := insertGrantTx(ctx, tx, grantRow{PersonID: personID, Role: role, UnitID: unit.ID, GrantedAt: now, GrantedBy: actor.By()})
		if err != nil {
			return err
		}
		if !made {
			return errs.New(errs.Conflict, "people.role_already_held", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.grant_role",
			Subject: "person:" + person.EmployeeNo, Data: map[string]any{"role": role, "unit": unit.Code}})
	})
}

// RevokeRole ends a grant. NotFound when the person is not within reach or the
// grant is not current; Forbidden when it is over a unit that the actor does not
// administer; Conflict when it is the last one of an administrator over the root.
func (s *Service) RevokeRole(ctx context.Context, actor Actor, personID, grantID int64) error {
	held, err := s.RolesOf(ctx, actor, personID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(held, func(h HeldRole) bool { return h.ID == grantID })
	if i < 0 {
		return errs.New(errs.NotFound, "people.role_not_found", nil)
	}
	if !actor.Over(Administrator).Covers(held[i].UnitPath) { // the list of roles shows it: it is no secret
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	defer s.cache.dropPerson(personID)
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		ended, err := endGrantTx(ctx, tx, grantID, actor.By(), now)
		if err != nil {
			return err
		}
		if !ended {
			return errs.New(errs.NotFound, "people.role_not_found", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.revoke_role",
			Subject: fmt.Sprintf("person:%d", personID), Data: map[string]any{"role": held[i].Role}})
	})
}
