package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Fields are the headings that the column of each field may have.
type Fields map[string][]string

// Known reads every field, under any of its headings.
func (f Fields) Known() Known {
	byHeading := map[string]string{}
	for field, headings := range f {
		for _, h := range headings {
			byHeading[FoldHeading(h)] = field
		}
	}
	return func(heading string) (string, bool) { return byHeading[FoldHeading(heading)], true }
}

// required is how templates mark a column that must, or need not, be filled.
var required = regexp.MustCompile(`(?i)\((必填|必输|必選|必选|選填|选填|可选|可選|required|optional)[^()]*\)`)

// FoldHeading makes 工号, *工号, “工 号（必填）” the same, and employee_no and
// "Employee No" too: letters and digits of the usual width count.
func FoldHeading(heading string) string {
	heading = required.ReplaceAllString(width.Fold.String(heading), "")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}
