package certificates

import (
	"context"
	"time"
)

// Verification is what the public learns of a serial: whether the certificate
// is worth something today, and what it says. No score, no employee number.
type Verification struct {
	Certificate Certificate
	Known       bool
}

// Verify answers the public page. A serial that cannot be one, or is not ours,
// is simply not known. The date is judged in the institution's zone.
func (s *Service) Verify(ctx context.Context, typed string, zone *time.Location) (Verification, error) {
	serial, ok := ParseSerial(typed)
	if !ok {
		return Verification{}, nil
	}
	found, err := s.find(ctx, zone, `c.serial = ?`, serial)
	if err != nil || len(found) == 0 {
		return Verification{}, err
	}
	return Verification{Certificate: found[0], Known: true}, nil
}
