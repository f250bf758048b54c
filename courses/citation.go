package courses

import (
	"context"
	"errors"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
	"anwen/policies"
)

// errNoPolicies cannot happen in the program, where cmd hands policies in.
var errNoPolicies = errors.New("courses was made without policies: nothing can be cited")

// checkCitations adds a fault for each citation that names no clause of a published
// policy.
func (s *Service) checkCitations(ctx context.Context, list []policies.Citation, faults *errs.Faults) error {
	switch {
	case len(list) == 0:
		return nil
	case s.policies == nil:
		return errNoPolicies
	}
	return s.policies.CheckCitations(ctx, list, faults)
}

// citeTx records what a revision cites, even when that is nothing: the citations of
// the revision before it no longer count.
func (s *Service) citeTx(ctx context.Context, tx database.Tx, actor people.Actor, source policies.Citing) error {
	switch {
	case s.policies != nil:
		return s.policies.CiteTx(ctx, tx, actor, source)
	case len(source.Citations) > 0:
		return errNoPolicies
	}
	return nil
}
