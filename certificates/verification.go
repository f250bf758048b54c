package certificates

import (
	"context"
)

// Verification is what the public may learn about a serial: whether the certificate is
// valid today, and what it says. The public is shown no score and no employee number.
type Verification struct {
	Certificate Certificate
	Known       bool // the serial is one that was issued here
}

// Verify answers the public page, on the local date of the holder's unit. A malformed
// serial and one that was not issued here are both not known; neither is an error.
func (s *Service) Verify(ctx context.Context, typed string) (Verification, error) {
	serial, ok := ParseSerial(typed)
	if !ok {
		return Verification{}, nil
	}
	c, found, err := s.bySerial(ctx, serial)
	if err != nil || !found {
		return Verification{}, err
	}
	return Verification{Certificate: c, Known: true}, nil
}
