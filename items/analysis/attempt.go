package analysis

import "math"

// Attempt is one graded attempt.
type Attempt struct {
	Person int64
	Marks  []Mark
}

// Mark is what one item earned in an attempt.
type Mark struct {
	Item    int64   // a version of an item counts as an item of its own
	Share   float64 // of what could be earned, 0 to 1
	Worth   float64 // what could be earned, above 0
	Blank   bool
	Chosen  []int // options of a choice, by their index
	Pending bool  // not marked yet: left out of everything
}

// total is the share that the attempt earned, leaving out one item; false when
// nothing else was asked.
func (s Attempt) total(without int64) (float64, bool) {
	var earned, worth float64
	for _, m := range s.Marks {
		if m.Item != without && !m.Pending {
			earned += m.Share * m.Worth
			worth += m.Worth
		}
	}
	if worth == 0 {
		return 0, false
	}
	return earned / worth, true
}

// correlation is Pearson's, NaN without two different values on either side.
func correlation(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	if xx == 0 || yy == 0 {
		return math.NaN()
	}
	return xy / math.Sqrt(xx*yy)
}

func mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// variance is that of a sample.
func variance(x []float64) float64 {
	m := mean(x)
	var sum float64
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return sum / float64(len(x)-1)
}
