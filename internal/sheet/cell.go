package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"anwen/internal/errs"
)

// text is what a person sees in the cell, or why that cannot be known. A whole date is
// written 2026-11-02, or 2026-11-02T09:30:00 with the time that it holds, whatever
// order its format has.
func (b *book) text(c rawCell) (string, *cellFault) {
	if c.formula && !c.valued {
		return "", fault("sheet.formula_without_value", nil)
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || i < 0 || i >= len(b.shared) {
			if !c.valued {
				return "", nil
			}
			return "", fault("sheet.cell_broken", nil)
		}
		return b.styles.of(c.style).text(b.shared[i]), nil
	case "inlineStr":
		return b.styles.of(c.style).text(c.value), nil
	case "str":
		if pictureCell.MatchString(c.value) {
			return "", fault("sheet.picture_cell", nil)
		}
		return b.styles.of(c.style).text(unescape(c.value)), nil
	case "b":
		return strings.ToUpper(strconv.FormatBool(isTrue(strings.TrimSpace(c.value)))), nil
	case "e":
		return "", fault("sheet.error_value", errs.Args{"value": errs.Clip(c.value)})
	case "d":
		day, time, _ := strings.Cut(strings.TrimSuffix(c.value, "Z"), "T")
		if whole, part, _ := strings.Cut(time, "."); strings.Trim(part, "0") == "" {
			time = whole
		}
		if time == "" || time == "00:00:00" || time == "00:00" {
			return day, nil
		}
		return day + "T" + time, nil
	}
	value := strings.TrimSpace(c.value)
	if value == "" {
		return "", nil
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return "", fault("sheet.cell_broken", nil)
	}
	return b.styles.of(c.style).number(n, b.date1904)
}

// pictureCell is what WPS and Excel store of a picture that stands in a cell.
var pictureCell = regexp.MustCompile(`^\s*=\s*(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(`)

func fault(code string, args errs.Args) *cellFault {
	if args == nil {
		args = errs.Args{}
	}
	return &cellFault{code: code, args: args}
}

// maxDigits is how many digits Excel keeps of a number; of a longer one the last are lost.
const maxDigits = 15

// general is the number as Excel writes it without a format: the shortest decimal that
// is the same number, and no more than the digits that Excel knows.
func general(n float64) (string, *cellFault) {
	if n == math.Trunc(n) && math.Abs(n) >= 1e15 {
		return "", fault("sheet.number_too_long", errs.Args{"max": maxDigits})
	}
	mantissa, _, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'e', -1, 64), "e")
	if len(mantissa)-len(".") > maxDigits {
		n, _ = strconv.ParseFloat(strconv.FormatFloat(n, 'e', maxDigits-1, 64), 64) // it was just written
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}
