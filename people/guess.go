package people

import (
	"context"
	"errors"
	"time"

	"anwen/internal/database"
)

// guess is one try at a password.
type guess struct {
	of        credential
	password  string
	address   string
	lane      lane
	throttles []throttle // the first is the password's own
}

// outcome is how a guess ended.
type outcome struct {
	right  bool
	locked bool // it was the last wrong one for a while
}

// try waits for its turn, counts the guess and looks at the password. Of a right one it
// forgets the wrong ones before it, in the transaction of then, until whose end it stays
// the person's password. One that was changed while it was looked at is wrong. TooMany
// when there were too many wrong ones, Unavailable when too many wait.
func (s *Service) try(ctx context.Context, g guess, then func(tx database.Tx) error) (outcome, error) {
	now := s.now()
	if err := refuseLocked(ctx, s.db, now, g.throttles); err != nil {
		return outcome{}, err
	}
	own := g.throttles[0]
	leave, err := hashing.enter(ctx, hashTurn{g.lane, g.address, string(own.kind) + " " + own.key})
	if err != nil {
		return outcome{}, err
	}
	defer leave()
	last, err := s.reserve(ctx, now, g.throttles)
	if err != nil {
		return outcome{}, err
	}
	right, err := s.passwordIs(g.of, g.password)
	if err != nil {
		return outcome{}, errors.Join(err, s.release(ctx, g.throttles))
	}
	if !right {
		return outcome{locked: last}, nil
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if right, err = standsTx(ctx, tx, g.of); err != nil || !right {
			return err
		}
		if err := releaseTriesTx(ctx, tx, g.throttles, true); err != nil {
			return err
		}
		return then(tx)
	})
	return outcome{right: right, locked: !right && last}, err
}

// passwordIs spends the same time when there is no such person. Whoever calls has a turn
// in the queue.
func (s *Service) passwordIs(c credential, password string) (bool, error) {
	if len(password) > maxPasswordLength {
		return false, nil
	}
	if !c.usable(s.now(), s.demo) {
		spendHash(password)
		return false, nil
	}
	return verifyPassword(c.PasswordHash, password)
}

// usable tells whether the credential may let somebody in at all.
func (c credential) usable(now time.Time, demo bool) bool {
	return c.PersonID != 0 && (demo || !c.Sample) && (!c.Temporary || now.Before(c.ChangedAt.Add(TemporaryLife)))
}
