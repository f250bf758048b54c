package complaints

import "time"

// Standing is how a complaint stands against its time limit at an instant.
type Standing string

// The standings. An open complaint is in no denominator. One that is past its limit
// and not done is late already, not only once it is done. An unmeasured complaint is
// neither open nor late: the source does not record when it was replied to.
const (
	Met        Standing = "met"
	Late       Standing = "late"
	Open       Standing = "open"
	Unmeasured Standing = "unmeasured"
)

// Judge tells how a complaint stands at an instant; done is nil while the stage is
// not done. The limit itself still counts as in time. complaint_state in the
// migrations is the same rule in SQL; a test holds the two equal.
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
