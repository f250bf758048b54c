package certificates

import "time"

// State is whether a certificate is valid on a date.
type State string

// The states. An expiring certificate is valid and ends within ExpiringDays.
const (
	Valid    State = "valid"
	Expiring State = "expiring"
	Expired  State = "expired"
	Revoked  State = "revoked"
)

// ExpiringDays is how long before its end a certificate is shown as expiring.
const ExpiringDays = 60

// ValidUntil is the last valid day of a certificate that was issued on a date and is
// valid for whole months: the day of the last month with the same number, or that
// month's last day when it is shorter (PRC Civil Code art. 201 and 202: the first day is
// not counted, and a period in months ends on the corresponding day).
func ValidUntil(issuedOn time.Time, months int) time.Time {
	y, m, d := issuedOn.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(last.Year(), last.Month(), min(d, last.Day()), 0, 0, 0, 0, time.UTC)
}

// StateOn is the state on the local date today; validUntil is nil when there is no end.
func StateOn(today time.Time, validUntil *time.Time, revoked bool) State {
	switch {
	case revoked:
		return Revoked
	case validUntil == nil:
		return Valid
	case today.After(*validUntil):
		return Expired
	case today.AddDate(0, 0, ExpiringDays).After(*validUntil):
		return Expiring
	}
	return Valid
}
