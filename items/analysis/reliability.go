package analysis

import "math"

// Reliability is how far the scores of a quiz would repeat themselves.
type Reliability struct {
	Items    int // that every one of the attempts was asked
	Attempts int
	// Alpha is Cronbach's (1951); of items that are right or wrong it is KR-20
	// (Kuder & Richardson 1937, formula 20). NaN with fewer than two items or
	// attempts, or when nobody differs.
	Alpha float64
	// SE is the standard error of measurement of a score as a share, SD·√(1−α).
	SE       float64
	Mean, SD float64 // of the scores as shares
	// Left counts items that not everybody was asked, as with random draws. Alpha
	// says nothing about them.
	Left int
}

// Reliable computes the reliability over the items that every attempt asked.
func Reliable(attempts []Attempt) Reliability {
	asked := map[int64]int{}
	worth := map[int64]float64{}
	for _, s := range attempts {
		for _, m := range s.Marks {
			if !m.Pending {
				asked[m.Item]++
				worth[m.Item] = m.Worth
			}
		}
	}
	r := Reliability{Attempts: len(attempts), Alpha: math.NaN(), SE: math.NaN(), Mean: math.NaN(), SD: math.NaN()}
	columns := map[int64][]float64{}
	possible := 0.0
	for id, n := range asked {
		if n == len(attempts) {
			r.Items++
			columns[id] = nil
			possible += worth[id]
		} else {
			r.Left++
		}
	}
	if r.Items == 0 || len(attempts) == 0 {
		return r
	}
	totals := make([]float64, len(attempts))
	for i, s := range attempts {
		for _, m := range s.Marks {
			if _, all := columns[m.Item]; all && !m.Pending {
				columns[m.Item] = append(columns[m.Item], m.Share*m.Worth)
				totals[i] += m.Share * m.Worth
			}
		}
	}
	r.Mean = mean(totals) / possible
	if len(attempts) < 2 {
		return r
	}
	whole := variance(totals)
	r.SD = math.Sqrt(whole) / possible
	if r.Items < 2 || whole == 0 {
		return r
	}
	parts := 0.0
	for _, column := range columns {
		parts += variance(column)
	}
	k := float64(r.Items)
	r.Alpha = k / (k - 1) * (1 - parts/whole)
	r.SE = r.SD * math.Sqrt(max(0, 1-r.Alpha))
	return r
}
