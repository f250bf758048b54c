package complaints

import "time"

// Standing is how a complaint stands against its time limit at an instant.
type Standing string

// The standings. An open complaint is in no denominator; one past its limit and
// not done is late now, not when it is done at last. Unmeasured is neither open
// nor late: nobody wrote down when it was replied to.
const (
	Met        Standing = "met"
	Late       Standing = "late"
	Open       Standing = "open"
	Unmeasured Standing = "unmeasured"
)

// Judge tells how a complaint stands at an instant; done is nil while it is not.
// The limit is the last instant in time, for being done and for being open alike.
// complaint_state in the migrations says the same to the database; a test holds
// the two equal.
func Judge(measured bool, due time.Time, done *time.Time, now time.Time) Standing {
	switch {
	case !measured:
		return Unmeasured
	case done != nil && !done.After(due):
		return Met
	case done != nil || now.After(due):
		return Late
	}
	return Open
}
