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
}

// audienceOf finds the unit that a briefing is for. NotFound when the actor's role
// reaches no such unit.
func (s *Service) audienceOf(ctx context.Context, actor people.Actor, in Input) (audience, error) {
	if in.UnitCode == "" {
		return audience{key: in.Month}, nil
	}
	unit, err := actor.Over(people.Compliance).Unit(ctx, s.db, in.UnitCode)
	if err != nil {
		return audience{}, err
	}
	return audience{key: in.Month + "." + in.UnitCode, unitID: &unit.ID}, nil
}

// briefingID is a briefing that the actor may see. NotFound when there is none.
func (s *Service) briefingID(ctx context.Context, actor people.Actor, key string) (int64, error) {
	ids, err := visibleIDs(ctx, s.db, actor, key)
	if err != nil {
		return 0, fmt.Errorf("find the briefing %s: %w", key, err)
	}
	if len(ids) == 0 {
		return 0, notFound(key)
	}
	return ids[0], nil
}
