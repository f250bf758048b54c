package quizzes

import (
	"context"
	"fmt"
	"sync"

	"anwen/internal/database"
	"anwen/items/analysis"
	"anwen/people"
)

// Learning compares what the same people earned in two quizzes on parallel forms:
// in the first at their first attempt, in the second at their last. It says what
// scores did and not why. Forbidden without the Author, Compliance, HR or Auditor
// role.
func (s *Service) Learning(ctx context.Context, actor people.Actor, beforeID, afterID int64) (analysis.Comparison, error) {
	if err := actor.Over(analysts...).Require(); err != nil {
		return analysis.Comparison{}, err
	}
	quizzes := pairOfQuizzes{beforeID, afterID}
	now, err := turnsOfPair(ctx, s.db, quizzes)
	if err != nil {
		return analysis.Comparison{}, fmt.Errorf("compare quizzes %d and %d: %w", beforeID, afterID, err)
	}
	if found, ok := s.learning.get(quizzes, now); ok {
		return found, nil
	}
	var pairs []sharesOfPerson
	err = s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		if now, err = turnsOfPair(ctx, tx, quizzes); err == nil {
			pairs, err = sharesBeforeAndAfter(ctx, tx, beforeID, afterID)
		}
		return err
	})
	if err != nil {
		return analysis.Comparison{}, fmt.Errorf("compare quizzes %d and %d: %w", beforeID, afterID, err)
	}
	before, after := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		before[i], after[i] = p.Before, p.After
	}
	found := analysis.Paired(before, after, confidence)
	s.learning.put(quizzes, now, found)
	return found, nil
}

// pairOfQuizzes are two quizzes that are compared; of turns, how much has happened in them.
type pairOfQuizzes struct{ before, after int64 }

// learningCache keeps comparisons, each until something happens in one of its quizzes.
type learningCache struct {
	mu    sync.Mutex
	found map[pairOfQuizzes]learned
}

type learned struct {
	turns pairOfQuizzes
	analysis.Comparison
}

const maxLearned = 1_000

func newLearningCache() *learningCache { return &learningCache{found: map[pairOfQuizzes]learned{}} }

func (c *learningCache) get(quizzes, turns pairOfQuizzes) (analysis.Comparison, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.found[quizzes]
	return found.Comparison, ok && found.turns == turns
}

func (c *learningCache) put(quizzes, turns pairOfQuizzes, found analysis.Comparison) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.found) >= maxLearned {
		clear(c.found)
	}
	c.found[quizzes] = learned{turns, found}
}
