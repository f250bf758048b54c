package briefings

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// overseers are the roles that see the briefings of the units below them, and how
// their staff follow.
var overseers = []people.Role{people.Compliance, people.HR, people.Auditor}

// audience is whom a briefing is for: everybody, or a unit and those below it.
type audience struct {
	key    string // names the briefing: 2026-11, 2026-11.R01
	unitID *int64
}

// audienceOf finds the unit that a briefing is for. NotFound when there is none,
// Forbidden when the actor's role does not reach it.
func (s *Service) audienceOf(ctx context.Context, actor people.Actor, in Input) (audience, error) {
	if in.UnitCode == "" {
		return audience{key: in.Month}, nil
	}
	var rows []struct {
		ID   int64
		Path string
	}
	if err := s.db.WithContext(ctx).Raw(`SELECT id, path FROM units WHERE code = ?`, in.UnitCode).Scan(&rows).Error; err != nil {
		return audience{}, fmt.Errorf("find unit %s: %w", in.UnitCode, err)
	}
	switch {
	case len(rows) == 0:
		return audience{}, errs.New(errs.NotFound, "briefings.unit_not_found", errs.Args{"code": errs.Clip(in.UnitCode)})
	case !actor.Covers(rows[0].Path, people.Compliance):
		return audience{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	return audience{key: in.Month + "." + in.UnitCode, unitID: &rows[0].ID}, nil
}

// visible holds for a briefing b that the actor may see: for everybody, for a unit
// above the actor, or within the reach of a role that oversees briefings.
const visible = `(b.unit_id IS NULL
	OR EXISTS (SELECT FROM units bu, people me JOIN units mu ON mu.id = me.unit_id WHERE bu.id = b.unit_id AND me.id = @person AND starts_with(mu.path, bu.path))
	OR EXISTS (SELECT FROM units bu WHERE bu.id = b.unit_id AND bu.path LIKE ANY (@reach)))`

// viewer are the arguments of visible.
func viewer(actor people.Actor) map[string]any {
	return map[string]any{"person": actor.PersonID,
		"reach": database.Array[string](actor.Patterns(people.Compliance, people.HR, people.Auditor))}
}

// briefingID is a briefing that the actor may see. NotFound when there is none.
func (s *Service) briefingID(ctx context.Context, actor people.Actor, key string) (id int64, err error) {
	args := viewer(actor)
	args["key"] = key
	var ids []int64
	if err := s.db.WithContext(ctx).Raw(`SELECT b.id FROM briefings b WHERE b.key = @key AND `+visible, args).Scan(&ids).Error; err != nil {
		return 0, fmt.Errorf("find the briefing %s: %w", key, err)
	}
	if len(ids) == 0 {
		return 0, notFound(key)
	}
	return ids[0], nil
}
