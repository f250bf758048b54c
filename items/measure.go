package items

import (
	"math/big"
	"strings"

	"anwen/internal/errs"
)

// Measure is one way to write the unit of measure of a numerical answer. A typed number is
// multiplied with the factor before it is compared: for hours as the unit of the
// key, "day" has the factor 24.
type Measure struct {
	Name   string
	Factor Decimal
}

// MaxMeasures bounds how many measures an item may know.
const MaxMeasures = 50

func (it Item) checkMeasures(at errs.Place, faults *errs.Faults) {
	if len(it.Measures) > MaxMeasures {
		faults.Add(at, "quizzes.too_many_units", errs.Args{"most": MaxMeasures})
		return
	}
	seen := map[string]bool{}
	for _, u := range it.Measures {
		name := fold(u.Name, FoldScript)
		factor, ok := ParseDecimal(string(u.Factor))
		if name == "" || seen[name] || !ok || factor != u.Factor || factor.rat().Sign() <= 0 {
			faults.Add(at, "quizzes.bad_unit", errs.Args{"unit": u.Name})
		}
		seen[name] = true
	}
	if it.MeasurePenalty < 0 || it.MeasurePenalty > Whole || it.MeasurePenalty > 0 && len(it.Measures) == 0 {
		faults.Add(at, "quizzes.bad_weight", errs.Args{"weight": it.MeasurePenalty.String()})
	}
}

// quantity reads a typed number with its unit. The unit may be left out; known
// reports whether one of the item's units was written.
func (it Item) quantity(typed string) (value *big.Rat, known, isNumber bool) {
	if d, ok := typedDecimal(typed); ok {
		return d.rat(), false, true
	}
	folded := fold(typed, FoldScript)
	for _, u := range it.Measures {
		name := fold(u.Name, FoldScript)
		number, ok := strings.CutSuffix(folded, name)
		if !ok {
			number, ok = strings.CutPrefix(folded, name) // ¥ 500
		}
		if !ok {
			continue
		}
		if d, ok := typedDecimal(number); ok {
			return new(big.Rat).Mul(d.rat(), u.Factor.rat()), true, true
		}
	}
	return nil, false, false
}

// numberOf takes a number off the front of what was typed, when an unknown unit
// stands behind it.
func numberOf(typed string) (Decimal, bool) {
	folded := strings.TrimSpace(fold(typed, FoldScript))
	end := strings.LastIndexAny(folded, "0123456789")
	if end < 0 {
		return "", false
	}
	return typedDecimal(folded[:end+1])
}

// missesMeasure reports whether the item asks for a unit and none that it knows was
// written.
func (it Item) missesMeasure(typed string) bool {
	if it.MeasurePenalty == 0 {
		return false
	}
	_, known, _ := it.quantity(typed)
	return !known
}
