package main

import (
	"context"
	"fmt"

	"anwen/internal/i18n"
	"anwen/people"
)

// staffCommand lets the first administrator in: afterwards the same is done on
// the screens.
type staffCommand struct {
	Password staffPassword `cmd:"" help:"Give a person a temporary password and print it."`
	Grant    staffGrant    `cmd:"" help:"Give a person a role over a unit and all below it."`
}

type staffPassword struct {
	EmployeeNo string `arg:"" help:"Employee number."`
}

// Run prints the password alone, so that it can be handed on.
func (s staffPassword) Run(ctx context.Context, t terminal) error {
	return withPerson(ctx, t, s.EmployeeNo, func(h *house, person int64) error {
		issued, err := h.people.IssuePassword(ctx, people.System(), person)
		if err != nil {
			return err
		}
		fmt.Fprintln(t.err, i18n.Text(t.locale, "people.password_issued", map[string]any{"hours": int(people.TemporaryLife.Hours())}))
		fmt.Fprintln(t.out, issued.Password)
		return nil
	})
}

type staffGrant struct {
	EmployeeNo string `arg:"" help:"Employee number."`
	Role       string `arg:"" enum:"author,compliance,complaint_desk,hr,administrator,auditor" help:"author, compliance, complaint_desk, hr, administrator or auditor."`
	UnitCode   string `arg:"" help:"Code of the unit."`
}

// Run grants the role; it is in the audit log without an actor.
func (s staffGrant) Run(ctx context.Context, t terminal) error {
	return withPerson(ctx, t, s.EmployeeNo, func(h *house, person int64) error {
		return h.people.GrantRole(ctx, people.System(), person, people.Role(s.Role), s.UnitCode)
	})
}

func withPerson(ctx context.Context, t terminal, employeeNo string, do func(h *house, person int64) error) error {
	h, err := openExisting(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	person, err := h.people.IDOfEmployee(ctx, employeeNo)
	if err != nil {
		return err
	}
	if err := do(h, person); err != nil {
		return err
	}
	h.sealUp(ctx)
	return nil
}
