package performance

// Confidence is the level of every interval of this room.
const Confidence = 0.95

// Basis says who set a target.
type Basis string

// The bases of a target.
const (
	Published    Basis = "published"    // a figure of the mission: satisfaction of 80 % and more
	Organisation Basis = "organisation" // the organisation's choice: no standard names a figure
)

// Target is the share that a rate is judged against.
type Target struct {
	Share float64
	Basis Basis
}

// Targets is one numbered set of targets. A change is a new number, so that a
// verdict can always be traced to what it was judged against.
type Targets struct {
	Number       int
	Timeliness   Target
	Satisfaction Target
}

// Current is the set in use.
func Current() Targets {
	return Targets{
		Number:       1,
		Timeliness:   Target{Share: 0.95, Basis: Organisation},
		Satisfaction: Target{Share: 0.80, Basis: Published},
	}
}
