package briefings

import (
	"context"
	"fmt"

	"anwen/people"
)

// overseers are the roles that see the briefings of the units below them, and how
// their staff follow.
var overseers = []people.Role{people.Compliance, people.HR, people.Auditor}

// audience is whom a briefing is for: everybody, or a unit and those below it.
type audience struct {
	key    string // names the briefing: 2026-11, 2026-11.R01
	unitID *int64

	unitName string
	path     string // that the paths of its people begin with
}

// audienceOf finds the unit that a briefing is for. NotFound when the actor's role
// reaches no such unit; Forbidden when it is for everybody and the role is not over
// the root.
func (s *Service) audienceOf(ctx context.Context, actor people.Actor, in Input) (audience, error) {
	if in.UnitCode == "" {
		return audience{key: in.Month, path: "/"}, actor.Over(people.Compliance).Root(ctx, s.db)
	}
	unit, err := actor.Over(people.Compliance).Unit(ctx, s.db, in.UnitCode)
	if err != nil {
		return audience{}, err
	}
	return audience{key: in.Month + "." + in.UnitCode, unitID: &unit.ID, unitName: unit.Name(actor.Locale), path: unit.Path}, nil
}

// briefingID is a briefing that the actor may see. NotFound when there is none.
func (s *Service) briefingID(ctx context.Context, actor people.Actor, key string) (int64, error) {
	found, err := s.visible(ctx, actor, key)
	return found.ID, err
}

// changeable is a briefing that the actor may see, for an act of the role Compliance.
// NotFound when there is none; Forbidden without the role over the unit that it is
// for, or over the root when it is for everybody.
func (s *Service) changeable(ctx context.Context, actor people.Actor, key string) (int64, error) {
	reach := actor.Over(people.Compliance)
	if err := reach.Require(); err != nil {
		return 0, err
	}
	found, err := s.visible(ctx, actor, key)
	if err != nil {
		return 0, err
	}
	return found.ID, reach.Change(ctx, s.db, found.UnitPath)
}

func (s *Service) visible(ctx context.Context, actor people.Actor, key string) (addressed, error) {
	found, err := visibleBriefings(ctx, s.db, actor, key)
	if err != nil {
		return addressed{}, fmt.Errorf("find the briefing %s: %w", key, err)
	}
	if len(found) == 0 {
		return addressed{}, notFound(key)
	}
	return found[0], nil
}
