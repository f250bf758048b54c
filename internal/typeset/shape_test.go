package typeset

import (
	"strings"
	"testing"

	"anwen/internal/i18n"
)

func TestSharedMarksFollowTheirNeighbours(t *testing.T) {
	for _, c := range []struct {
		text   string
		locale i18n.Locale
		latin  bool // the first shared mark
	}{
		{"落实“首问”", i18n.English, false},
		{"of “Fair”", i18n.Hans, true},
		{"关于“KYC”", i18n.Hans, false},
		{"关于“KYC”", i18n.English, true},
		{"O’Connor", i18n.Hant, true},
		{"“首问”", i18n.English, false},
		{"“Fair”", i18n.Hans, true},
		{"等……", i18n.English, false},
		{"—", i18n.English, true},
		{"—", i18n.Hans, false},
		{"买买提·欧阳", i18n.English, false},
	} {
		chars := []rune(c.text)
		at := strings.IndexAny(c.text, shared)
		if got := isLatin(chars, len([]rune(c.text[:at])), c.locale); got != c.latin {
			t.Errorf("%s in %s: Latin is %v", c.text, c.locale, got)
		}
	}
}

func TestTextIsCleanedOfWhatHasNoShape(t *testing.T) {
	for given, want := range map[string]string{
		" 张\t三\n": "张 三", "葛\U000E0100城": "葛城", "a\u200bb\ufeff": "ab", "Jose\u0301": "José",
		"\uFA11": "\uFA11", // a compatibility character stays
		"张　三":    "张　三", "": "", "\u0301": "\u0301",
	} {
		if got := Clean(given); got != want {
			t.Errorf("Clean(%q) = %q, want %q", given, got, want)
		}
	}
}
