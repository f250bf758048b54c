package performance

import "math"

// Wilson returns Wilson's score interval of a proportion: the true rates that are
// compatible with so many successes among n, at the confidence. Without cases the
// interval is 0 to 1.
func Wilson(successes, n int, confidence float64) (lower, upper float64) {
	return wilson(float64(successes), float64(n), quantile(confidence))
}

func wilson(r, n, z float64) (lower, upper float64) {
	if n <= 0 {
		return 0, 1
	}
	p := r / n
	a := 2*r + z*z
	b := z * math.Sqrt(z*z+4*r*(1-p))
	c := 2 * (n + z*z)
	// Where all or none succeeded one limit equals the share, and rounding would leave
	// it 1e-16 on the wrong side.
	return max(0, min(p, (a-b)/c)), min(1, max(p, (a+b)/c))
}

// Newcombe returns the difference of two proportions r1/n1 − r2/n2 with its
// interval, by Newcombe's method 10 (the distances to the Wilson limits of both sides,
// squared and added). Without cases on one side the difference is NaN.
func Newcombe(r1, n1, r2, n2 int, confidence float64) (difference, lower, upper float64) {
	if n1 <= 0 || n2 <= 0 {
		return math.NaN(), -1, 1
	}
	p1, p2 := float64(r1)/float64(n1), float64(r2)/float64(n2)
	l1, u1 := Wilson(r1, n1, confidence)
	l2, u2 := Wilson(r2, n2, confidence)
	difference = p1 - p2
	lower = difference - math.Hypot(p1-l1, u2-p2)
	upper = difference + math.Hypot(u1-p1, p2-l2)
	return difference, max(-1, lower), min(1, upper)
}

// quantile is how many standard deviations on both sides of the mean hold the given
// share of a normal distribution: 1.96 for 0.95.
func quantile(confidence float64) float64 { return math.Sqrt2 * math.Erfinv(confidence) }
