package quizzes

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"anwen/internal/database"
	"anwen/items"
	"anwen/items/analysis"
)

// keptCache keeps how the attempts of quizzes went, so that only those are read again
// that changed, and what they say, until one does. Nothing of it is believed without
// asking how much has happened in the quiz: it needs no notice, and serves any number of
// instances.
type keptCache struct {
	mu      sync.Mutex
	quizzes map[int64]*keptAttempts
}

// maxKept bounds how many attempts are kept of all quizzes together, some hundred
// bytes each; those of the quiz that is looked at come besides.
const maxKept = 200_000

func newKeptCache() *keptCache { return &keptCache{quizzes: map[int64]*keptAttempts{}} }

// keptAttempts are the attempts of one quiz as they were when so many turns of it were
// counted. Whoever holds the turnstile may renew them.
type keptAttempts struct {
	turnstile chan struct{}
	turn      int64
	packed    map[int64][]byte

	kept  int                // how many were packed at the end; the cache's, as found is
	found map[bool]*analysed // what all attempts say, and the first of each person
}

// of is what is kept of the quiz.
func (c *keptCache) of(quizID int64) *keptAttempts {
	c.mu.Lock()
	defer c.mu.Unlock()
	q, ok := c.quizzes[quizID]
	if !ok {
		q = &keptAttempts{turnstile: make(chan struct{}, 1), packed: map[int64][]byte{}, found: map[bool]*analysed{}}
		c.quizzes[quizID] = q
	}
	return q
}

// known is what was found when so much had happened in the quiz; nil when nobody looked
// for it then.
func (c *keptCache) known(q *keptAttempts, all bool, turns int64) *analysed {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found := q.found[all]; found != nil && found.turns == turns {
		return found
	}
	return nil
}

// keep keeps what was found, and forgets other quizzes when that is too much.
func (c *keptCache) keep(quizID int64, q *keptAttempts, all bool, found *analysed) {
	c.mu.Lock()
	defer c.mu.Unlock()
	q.kept, q.found[all] = len(q.packed), found
	sum := 0
	for _, other := range c.quizzes {
		sum += other.kept
	}
	if sum > maxKept {
		clear(c.quizzes)
		c.quizzes[quizID] = q
	}
}

// choice is which options a response chose, one or several.
type choice struct {
	Choice  *int
	Choices []int
}

// sat is an attempt of a person.
type sat struct{ AttemptID, PersonID int64 }

// wanted are the attempts that are analysed, the newest first.
func wanted(list []sat, all bool) []sat {
	if !all {
		first := map[int64]int64{}
		for _, one := range list {
			if id, ok := first[one.PersonID]; !ok || one.AttemptID < id {
				first[one.PersonID] = one.AttemptID
			}
		}
		list = slices.DeleteFunc(list, func(one sat) bool { return first[one.PersonID] != one.AttemptID })
	}
	slices.SortFunc(list, func(a, b sat) int { return int(b.AttemptID - a.AttemptID) })
	return list[:min(len(list), maxAnalysed)]
}

// analysed returns what the attempts of the quiz say now. Of all who ask at once, one
// looks.
func (s *Service) analysed(ctx context.Context, quizID int64, all bool) (*analysed, error) {
	q := s.kept.of(quizID)
	turns, err := turnsOf(ctx, s.db, quizID)
	if err != nil {
		return nil, err
	}
	if found := s.kept.known(q, all, turns); found != nil {
		return found, nil
	}
	select {
	case q.turnstile <- struct{}{}:
		defer func() { <-q.turnstile }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	var attempts []analysis.Attempt
	var found *analysed
	err = s.db.Snapshot(ctx, func(tx database.Tx) error {
		if turns, err = turnsOf(ctx, tx, quizID); err != nil {
			return err
		}
		if found = s.kept.known(q, all, turns); found != nil {
			return nil
		}
		attempts, err = q.readTx(ctx, tx, quizID, all)
		return err
	})
	if err != nil || found != nil {
		return found, err
	}
	if found, err = s.analyse(ctx, attempts); err != nil {
		return nil, err
	}
	found.turns = turns
	s.kept.keep(quizID, q, all, found)
	return found, nil
}

// readTx brings what is kept up to now and returns the attempts that are analysed.
func (q *keptAttempts) readTx(ctx context.Context, tx database.Tx, quizID int64, all bool) ([]analysis.Attempt, error) {
	changed, turn, err := changedSinceTx(ctx, tx, quizID, q.turn)
	if err != nil {
		return nil, fmt.Errorf("what changed in quiz %d: %w", quizID, err)
	}
	if len(q.packed) > 2*maxAnalysed {
		clear(q.packed)
	}
	for _, id := range changed {
		delete(q.packed, id)
	}
	q.turn = turn
	list, err := whoSatTx(ctx, tx, quizID)
	if err != nil {
		return nil, fmt.Errorf("who sat quiz %d: %w", quizID, err)
	}
	list = wanted(list, all)
	var missing []int64
	for _, one := range list {
		if _, ok := q.packed[one.AttemptID]; !ok {
			missing = append(missing, one.AttemptID)
		}
	}
	for part := range slices.Chunk(missing, attemptsAtOnce) {
		if err := gradedAttemptsTx(ctx, tx, part, func(id int64, marks []byte) { q.packed[id] = marks }); err != nil {
			return nil, fmt.Errorf("attempts of quiz %d: %w", quizID, err)
		}
	}
	attempts := make([]analysis.Attempt, len(list))
	for i, one := range list {
		attempts[i] = analysis.Attempt{Person: one.PersonID, Marks: unpack(q.packed[one.AttemptID])}
	}
	return attempts, nil
}

// pack writes down what an attempt earned, item by item, and which options were chosen
// by position, in few bytes.
func pack(versions []int64, grades []items.Grade, chosen map[int]choice) []byte {
	var raw []byte
	for i, g := range grades {
		if i >= len(versions) || g.Max == 0 {
			continue
		}
		options := chosen[i+1].Choices
		if one := chosen[i+1].Choice; one != nil {
			options = []int{*one}
		}
		state := uint64(len(options)) << 2
		switch g.Status {
		case items.Blank:
			state |= 1
		case items.Waiting:
			state |= 2
		}
		for _, n := range []uint64{uint64(versions[i]), uint64(g.Earned), uint64(g.Max), state} {
			raw = binary.AppendUvarint(raw, n)
		}
		for _, option := range options {
			raw = binary.AppendUvarint(raw, uint64(option))
		}
	}
	return raw
}

// unpack reads what pack wrote.
func unpack(raw []byte) (marks []analysis.Mark) {
	next := func() uint64 {
		n, size := binary.Uvarint(raw)
		raw = raw[size:]
		return n
	}
	for len(raw) > 0 {
		version, earned, worth, state := next(), next(), next(), next()
		m := analysis.Mark{Item: int64(version), Share: float64(earned) / float64(worth), Worth: float64(worth), Blank: state&1 != 0, Pending: state&2 != 0}
		for range state >> 2 {
			m.Chosen = append(m.Chosen, int(next()))
		}
		marks = append(marks, m)
	}
	return marks
}
