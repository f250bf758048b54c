package people

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/identifier"
)

// SignedIn is what a sign-in gives the browser.
type SignedIn struct {
	Token  string // of the session
	Device string // of the browser, which is known to be the person's from now on
}

// candidate is who may be signing in: no person, if nobody has the name.
type candidate struct {
	Of           credential `gorm:"embedded"`
	EmployeeNo   string
	DeviceKnown  bool // the person has signed in with it
	DeviceShared bool // somebody has
	PlaceKnown   bool // the person has signed in from the address
}

func (c candidate) lane() lane {
	if c.DeviceKnown || c.PlaceKnown {
		return acquainted
	}
	return strangers
}

// SignIn checks the password and opens a session; the tokens go to the browser and only
// their SHA-256 is stored. Unauthenticated when name or password is wrong (it does not
// say which), TooMany after repeated failures, Unavailable while too many sign in.
func (s *Service) SignIn(ctx context.Context, login, password string, from Client) (SignedIn, error) {
	typed := strings.TrimSpace(login)
	login, _ = identifier.Read(login) // one that holds what nobody sees belongs to nobody
	login = strings.ToLower(login)
	c, err := s.candidate(ctx, login, from)
	if err != nil {
		return SignedIn{}, fmt.Errorf("look for a login: %w", err)
	}
	now, in := s.now(), SignedIn{Token: newToken(), Device: from.Device}
	if !c.DeviceShared { // a token that was put there by somebody else is not taken
		in.Device = newToken()
	}
	g := guess{of: c.Of, password: password, address: from.Address, lane: c.lane(), throttles: c.throttles(login, from)}
	end, err := s.try(ctx, g, func(tx database.Tx) error {
		from.Device = in.Device
		if err := knowDeviceTx(ctx, tx, c.Of.PersonID, from, now); err != nil {
			return err
		}
		id, err := insertSessionTx(ctx, tx, in.Token, c.Of.PersonID, now, from)
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: c.Of.PersonID, Action: "people.sign_in",
			Subject: fmt.Sprintf("session:%d", id), Data: map[string]string{"address": from.Address}})
	})
	if err != nil {
		return SignedIn{}, fmt.Errorf("sign in: %w", err)
	}
	if !end.right {
		if err := s.recordWrong(ctx, c.wrong(now, typed, from.Address), end); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, errs.New(errs.Unauthenticated, "people.wrong_credentials", nil)
	}
	return in, nil
}

// wrong is what the audit log says of a sign-in that was refused.
func (c candidate) wrong(now time.Time, typed, address string) refusal {
	r := refusal{subject: "person:" + c.EmployeeNo, login: typed, address: address, reason: "wrong_password"}
	switch {
	case c.Of.PersonID == 0:
		r.subject, r.reason = "login:"+clip(typed, maxRecordedLogin), "unknown_login"
	case c.Of.Temporary && !c.Of.usable(now, true):
		r.reason = "temporary_password_over"
	}
	return r
}
