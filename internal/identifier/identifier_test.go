package identifier

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

func TestIdentifiersThatLookTheSameAreTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		in, want string
		ok       bool
	}{
		"an em space inside":              {"AH\u20031", "AH\u20031", false},
		"an ideographic space inside Han": {"投诉\u3000一号", "投诉 一号", false},
		"as it is":                        {"AH0001", "AH0001", true},
		"Han":                             {"投诉〔2026〕1号", "投诉〔2026〕1号", true},
		"space around":                    {" \t AH0001 \r\n", "AH0001", true},
		"wide and hard space around":      {"\u3000\u00a0AH0001\u00a0\ufeff", "AH0001", true},
		"full width":                      {"ＡＨ０００１", "AH0001", true},
		"full-width marks":                {"ｚｈａｎｇ＠ａｈ．ｃｎ", "zhang@ah.cn", true},
		"a space inside":                  {"AH 1", "AH 1", false},
		"a full-width space inside":       {"AH\u30001", "AH 1", false},
		"accents in two ways":             {"Jose\u0301", "José", true},
		"zero width":                      {"T2\u200b", "T2\u200b", false},
		"zero width before":               {"\u200bT2", "\u200bT2", false},
		"a joiner":                        {"T\u200d2", "T\u200d2", false},
		"a byte order mark inside":        {"T\ufeff2", "T\ufeff2", false},
		"a soft hyphen":                   {"T\u00ad2", "T\u00ad2", false},
		"right to left":                   {"T\u202e2", "T\u202e2", false},
		"a line end inside":               {"AH0001\n0", "AH0001\n0", false},
		"a tab inside":                    {"AH\t1", "AH\t1", false},
		"NUL":                             {"AH\x001", "AH\x001", false},
		"a hard space inside":             {"AH\u00a01", "AH\u00a01", false},
		"a thin space inside":             {"AH\u20091", "AH\u20091", false},
		"a line separator":                {"AH\u20281", "AH\u20281", false},
		"a filler":                        {"AH\u31641", "AH\u31641", false},
		"a variation selector":            {"AH\ufe0f1", "AH\ufe0f1", false},
		"a private character":             {"AH\ue0001", "AH\ue0001", false},
		"what could not be decoded":       {"AH\ufffd1", "AH\ufffd1", false},
		"nothing":                         {"", "", true},
		"nothing but a wide space":        {"\u3000", "", true},
		"nothing but a zero-width space":  {"\u200b", "\u200b", false},
	} {
		got, wrong := Read(c.in)
		if got != c.want && c.ok || (wrong == nil) != c.ok {
			t.Errorf("%s: %q gives %q, %v", name, c.in, got, wrong)
		}
	}
}

func TestWhiteSpaceInsideIsShownAndAllowedInWordsOnly(t *testing.T) {
	for in, want := range map[string]string{"AH 1": "AH␣1", "AH\u3000\u3000 1": "AH␣␣␣1", "AH\t1": "AH␣1", "AH\u00a01": "AH␣1", "AH\u20281": "AH␣1", "AH\u31641": "AH␣1"} {
		_, wrong := Read(in)
		if wrong == nil || wrong.Code != "sheet.inner_space" || wrong.Args["value"] != want {
			t.Errorf("%q: %+v", in, wrong)
		}
	}
	for in, ok := range map[string]bool{"2026-10-20 09:00": true, "on\u3000leave": true, "on\tleave": false, "on\u200bleave": false} {
		if got, wrong := Word(in); (wrong == nil) != ok {
			t.Errorf("%q gives %q, %v", in, got, wrong)
		}
	}
}

func TestLettersThatMeanTwoAreRefused(t *testing.T) {
	for _, in := range []string{"L\u017f4", "L\u01313", "\u03c21", "L\u00b52", "L\u03d0B", "L\ufb011", "TS\u00df", "L\u1e9eY", "I\u0307\u0130"} {
		if _, wrong := Read(in); wrong == nil || wrong.Code != "sheet.ambiguous_letter" {
			t.Errorf("%q: %+v", in, wrong)
		}
	}
	for _, in := range []string{"T\u00c4-1", "Jos\u00e9", "AH\u5b891", "\u6295\u8bc9\u30142026\u3015\u3007\u4e00\u53f7", "TS#1?/2026_a.b@c"} {
		if _, wrong := Read(in); wrong != nil {
			t.Errorf("%q: %+v", in, wrong)
		}
	}
}

func TestWhatLooksLikeAnotherCharacterIsRefused(t *testing.T) {
	for in, code := range map[string]string{
		"AH\u201000013": "sheet.other_dash", "AH\u201300013": "sheet.other_dash", "AH\u221200013": "sheet.other_dash", "AH\u2014\u20141": "sheet.other_dash", "\u30fc1": "sheet.other_dash",
		"\u0410H00013": "sheet.foreign_letter", "\u0391\u0397": "sheet.foreign_letter", "\u21691": "sheet.foreign_letter", "\u03a3\u03c3": "sheet.foreign_letter", "\u0416": "sheet.foreign_letter",
		"AH\u0661": "sheet.foreign_letter", "AH\u2460": "sheet.foreign_letter", "AH\u00b2": "sheet.foreign_letter", "\u30a8\u4f5c": "sheet.foreign_letter", "A\u0251": "sheet.foreign_letter",
		"\U0001d5001": "sheet.foreign_letter", "AH\u20441": "sheet.foreign_letter", "\u2f001": "sheet.foreign_letter", "AH1\u0301": "sheet.foreign_letter", "AH\u25cb1": "sheet.foreign_letter",
	} {
		if _, wrong := Read(in); wrong == nil || wrong.Code != code || wrong.Args["point"] == "" {
			t.Errorf("%q: %+v", in, wrong)
		}
	}
}

// Of all characters those that Read takes are printable ASCII, Latin letters with
// accents, Han characters and few marks, and none of them is another one's other form.
func TestAnIdentifierIsWrittenWithFewScripts(t *testing.T) {
	taken := 0
	for r := rune('~') + 1; r <= unicode.MaxRune; r++ {
		if !unicode.IsGraphic(r) {
			continue // see unseen
		}
		read, wrong := Read("1" + string(r))
		if wrong != nil || plain(read) {
			continue
		}
		taken++
		if norm.NFKC.String(read) != read || !unicode.In([]rune(read)[1], unicode.Latin, unicode.Han) && !strings.Contains(marks, string([]rune(read)[1])) {
			t.Errorf("%q (%U) is taken", read, r)
		}
	}
	if taken < 90_000 {
		t.Errorf("%d characters", taken)
	}
}

// What is left has one small letter for each capital, so that Key tells alike letters.
func TestAlikeLettersHaveOneKey(t *testing.T) {
	fold, keys := cases.Fold(), map[string]string{}
	for r := rune(' '); r <= unicode.MaxRune; r++ {
		if !unicode.IsLetter(r) || ambiguous(r) || dash(r) || foreign(r) {
			continue
		}
		folded, key := fold.String(string(r)), Key(string(r))
		if other, there := keys[folded]; there && other != key {
			t.Errorf("%q: %q and %q", folded, other, key)
		}
		keys[folded] = key
	}
	if len(keys) < 90_000 {
		t.Errorf("%d letters", len(keys))
	}
}
