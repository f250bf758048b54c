package complaints

import (
	"crypto/sha256"
	"encoding/json"
	"time"
)

// Confidence says how well the source of a rule was checked; screens show it.
type Confidence string

// The degrees: read in the source itself, known from a secondary source, not
// verified.
const (
	ReadInSource Confidence = "read"
	Secondary    Confidence = "secondary"
	Unverified   Confidence = "unverified"
)

// RuleSet is one numbered statement of the time limits. It is never edited: a
// change is the next number, with the date from which it applies.
type RuleSet struct {
	Code               string   `json:"code"`
	Number             int      `json:"number"`
	EffectiveFrom      string   `json:"effective_from"` // date of receipt from which it judges
	GeneralHours       int      `json:"general_hours"`
	ComplexWorkingDays int      `json:"complex_working_days"`
	Sources            []Source `json:"sources"`
}

// Source is the legal or internal text that a rule comes from.
type Source struct {
	Instrument string     `json:"instrument"`
	Article    string     `json:"article"`
	Confidence Confidence `json:"confidence"`
}

// HouseRules are the limits that the institution has set itself; how hours and days
// are counted follows the PRC Civil Code.
func HouseRules() RuleSet {
	return RuleSet{
		Code: "cn.house", Number: 1, EffectiveFrom: "2000-01-01", GeneralHours: 48, ComplexWorkingDays: 7,
		Sources: []Source{
			{"Institution's undertaking on complaint handling", "general complaints answered within 48 hours; initial feedback on complex ones within 7 working days", ReadInSource},
			{"中华人民共和国民法典", "201, 203", ReadInSource},
		},
	}
}

// Encode returns the canonical bytes of the rule set and their SHA-256.
func (r RuleSet) Encode() (raw []byte, sum [sha256.Size]byte, err error) {
	raw, err = json.Marshal(r)
	return raw, sha256.Sum256(raw), err
}

// InForce picks the rule set for a complaint received on a local date: the newest
// that was in force then, or the earliest one for complaints older than all of them.
func InForce(sets []RuleSet, received time.Time) RuleSet {
	day := received.Format(time.DateOnly)
	best := sets[0]
	for _, s := range sets[1:] {
		begun, bestBegun := s.EffectiveFrom <= day, best.EffectiveFrom <= day
		switch {
		case begun && (!bestBegun || s.EffectiveFrom > best.EffectiveFrom || (s.EffectiveFrom == best.EffectiveFrom && s.Number > best.Number)):
			best = s
		case !begun && !bestBegun && s.EffectiveFrom < best.EffectiveFrom:
			best = s
		}
	}
	return best
}
