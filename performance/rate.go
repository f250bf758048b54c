package performance

// Verdict says how a rate compares with its target.
type Verdict string

// The verdicts. There is none ("") where too few cases were counted.
const (
	Met                Verdict = "met"                  // even the lower limit reaches the target
	MetWithinChance    Verdict = "met_within_chance"    // reached, but chance could have done it
	MissedWithinChance Verdict = "missed_within_chance" // missed, but chance could have done it
	Missed             Verdict = "missed"               // even the upper limit misses the target
	NoData             Verdict = "no_data"              // nothing was counted
)

// Judge gives the verdict on successes among n against a target where more is
// better.
func Judge(successes, n int, target, confidence float64) Verdict {
	if n <= 0 {
		return NoData
	}
	lower, upper := Wilson(successes, n, confidence)
	switch share := float64(successes) / float64(n); {
	case lower >= target:
		return Met
	case share >= target:
		return MetWithinChance
	case target <= upper:
		return MissedWithinChance
	default:
		return Missed
	}
}

// Withheld says why a rate is shown without a verdict.
type Withheld string

// The reasons for withholding.
const (
	TooFewCases   Withheld = "too_few_cases"   // counts only
	TooFewAnswers Withheld = "too_few_answers" // the number of answers only
)

// The fewest cases and answers that get a verdict. A share of four cases means
// nothing, and a satisfaction rate of few answers is mostly chance and may reveal what
// one customer answered.
const (
	LeastCases   = 5
	LeastAnswers = 10
)

// Rate is a share with its numerator and denominator. Numerator is nil when it is
// withheld; Lower and Upper, the limits of its interval, are nil when there is no
// verdict.
type Rate struct {
	Numerator   *int
	Denominator int
	Lower       *float64
	Upper       *float64
	Verdict     Verdict
	Withheld    Withheld
	Target      Target
}

// NewRate judges successes among n against the target.
func NewRate(successes, n int, target Target) Rate {
	r := Rate{Numerator: &successes, Denominator: n, Target: target}
	switch {
	case n == 0:
		r.Verdict = NoData
	case n < LeastCases:
		r.Withheld = TooFewCases
	default:
		lower, upper := Wilson(successes, n, Confidence)
		r.Lower, r.Upper = &lower, &upper
		r.Verdict = Judge(successes, n, target.Share, Confidence)
	}
	return r
}

// NewSatisfaction judges the satisfied answers against the target. Of fewer than
// LeastAnswers only their number is given.
func NewSatisfaction(satisfied, answered int, target Target) Rate {
	if answered > 0 && answered < LeastAnswers {
		return Rate{Denominator: answered, Withheld: TooFewAnswers, Target: target}
	}
	return NewRate(satisfied, answered, target)
}

// Share is the rate itself, or nil when there is none to show.
func (r Rate) Share() *float64 {
	if r.Numerator == nil || r.Denominator == 0 || r.Withheld != "" {
		return nil
	}
	share := float64(*r.Numerator) / float64(r.Denominator)
	return &share
}
