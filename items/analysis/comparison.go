package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Comparison is the difference of two means with its interval.
type Comparison struct {
	N, M       int     // how many on either side; equal when they are pairs
	Before     float64 // mean of the first
	After      float64 // mean of the second
	Difference float64
	Low, High  float64 // confidence interval; NaN with fewer than two on a side
	Verdict    Verdict
}

// Verdict is what a comparison allows to say.
type Verdict string

// The verdicts. They speak of the scores and never of what caused them.
const (
	Rose     Verdict = "rose"
	Fell     Verdict = "fell"
	NoChange Verdict = "no_change_shown"
	FewPairs Verdict = "too_few"
)

// LeastPairs is how many people both attempts must have.
const LeastPairs = 10

// Paired compares two attempts of the same people: mean difference with the
// interval of Student's t on the differences.
func Paired(before, after []float64, confidence float64) Comparison {
	n := min(len(before), len(after))
	differences := make([]float64, n)
	for i := range differences {
		differences[i] = after[i] - before[i]
	}
	c := Comparison{N: n, M: n, Low: math.NaN(), High: math.NaN(), Verdict: FewPairs}
	if n == 0 {
		c.Before, c.After, c.Difference = math.NaN(), math.NaN(), math.NaN()
		return c
	}
	c.Before, c.After, c.Difference = mean(before[:n]), mean(after[:n]), mean(differences)
	if n < 2 {
		return c
	}
	c.within(math.Sqrt(variance(differences)/float64(n)), float64(n-1), confidence)
	if n < LeastPairs {
		c.Verdict = FewPairs
	}
	return c
}

// Unpaired compares two groups of different people: Welch's interval with the
// degrees of freedom of Satterthwaite (1946). So two versions of an item compare.
func Unpaired(before, after []float64, confidence float64) Comparison {
	c := Comparison{N: len(before), M: len(after), Low: math.NaN(), High: math.NaN(), Verdict: FewPairs,
		Before: mean(before), After: mean(after)}
	c.Difference = c.After - c.Before
	if c.N < 2 || c.M < 2 {
		return c
	}
	a, b := variance(before)/float64(c.N), variance(after)/float64(c.M)
	if a+b > 0 {
		c.within(math.Sqrt(a+b), (a+b)*(a+b)/(a*a/float64(c.N-1)+b*b/float64(c.M-1)), confidence)
	} else {
		c.within(0, 1, confidence)
	}
	if min(c.N, c.M) < LeastPairs {
		c.Verdict = FewPairs
	}
	return c
}

func (c *Comparison) within(se, df, confidence float64) {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.5 + confidence/2)
	c.Low, c.High = c.Difference-t*se, c.Difference+t*se
	switch {
	case c.Low > 0:
		c.Verdict = Rose
	case c.High < 0:
		c.Verdict = Fell
	default:
		c.Verdict = NoChange
	}
}
