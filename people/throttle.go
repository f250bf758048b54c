package people

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// A throttle counts the tries at a password in the database, so that several instances
// and requests at once share it. A try is counted before the password is looked at, and
// taken back when it was right: guesses at once get no further than one after another.
type throttle struct {
	kind  throttleKind
	key   string
	limit int // tries within throttleWindow
}

// throttleKind says what the key is. Keys of two kinds are never the same.
type throttleKind string

const (
	ofPerson       throttleKind = "person"       // whether login or employee number was typed
	ofName         throttleKind = "name"         // that nobody signs in with
	ofAddress      throttleKind = "address"      // which a whole branch may share
	ofDevice       throttleKind = "device"       // a person's known one
	ofConfirmation throttleKind = "confirmation" // of somebody who is signed in
)

const (
	throttleWindow  = 15 * time.Minute
	triesOfPerson   = 5
	triesOfAddress  = 300
	maxThrottledKey = 200 // characters
)

// throttles are what a try to sign in counts against. Strangers cannot lock a person out
// of a device that is known, and a device that is known is not locked with its address.
func (c candidate) throttles(login string, from Client) []throttle {
	switch {
	case c.DeviceKnown:
		return []throttle{{ofDevice, fmt.Sprintf("%x %d", from.deviceHash(), c.Of.PersonID), triesOfPerson}}
	case c.Of.PersonID != 0:
		return []throttle{personThrottle(c.Of.PersonID), {ofAddress, from.Address, triesOfAddress}}
	}
	return []throttle{{ofName, clip(login, maxThrottledKey), triesOfPerson}, {ofAddress, from.Address, triesOfAddress}}
}

func personThrottle(personID int64) throttle {
	return throttle{ofPerson, strconv.FormatInt(personID, 10), triesOfPerson}
}

func confirmationThrottle(personID int64) throttle {
	return throttle{ofConfirmation, strconv.FormatInt(personID, 10), triesOfPerson}
}

// reserve counts one try against each of the throttles, or against none; last tells that
// one of them has none left. TooMany when one had none left before.
func (s *Service) reserve(ctx context.Context, now time.Time, throttles []throttle) (last bool, err error) {
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		for _, t := range throttles {
			tries, err := countTryTx(ctx, tx, t, now)
			if err != nil {
				return fmt.Errorf("count a try: %w", err)
			}
			if tries == 0 {
				if err := refuseLocked(ctx, tx, now, throttles); err != nil {
					return err
				}
				return tooManyTries(1) // it was locked a moment ago
			}
			last = last || tries == t.limit
		}
		return nil
	})
	return last, err
}

// refuseLocked is TooMany when one of the throttles has no try left.
func refuseLocked(ctx context.Context, conn database.Conn, now time.Time, throttles []throttle) error {
	until, err := lockedUntil(ctx, conn, throttles, now)
	if err != nil {
		return fmt.Errorf("look for a lock: %w", err)
	}
	if until.After(now) {
		return tooManyTries(int(until.Sub(now).Minutes()) + 1)
	}
	return nil
}

func tooManyTries(minutes int) error {
	return errs.New(errs.TooMany, "people.too_many_attempts", errs.Args{"minutes": minutes})
}

// release takes back a try that told nothing, because it was not made.
func (s *Service) release(ctx context.Context, throttles []throttle) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error { return releaseTriesTx(ctx, tx, throttles, false) })
}

// SweepThrottles removes what counts no more: tries whose time is over, and devices that
// were not seen for long.
func (s *Service) SweepThrottles(ctx context.Context) error {
	now := s.now()
	if err := deleteThrottles(ctx, s.db, now); err != nil {
		return fmt.Errorf("sweep throttles: %w", err)
	}
	if err := deleteDevices(ctx, s.db, now.Add(-DeviceLife)); err != nil {
		return fmt.Errorf("sweep known devices: %w", err)
	}
	return nil
}
