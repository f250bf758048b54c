package certificates

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/i18n"
)

var update = flag.Bool("update", false, "write the golden files anew")

// layout lists what stands where on the page: x, baseline, size, text.
func layout(t *testing.T, c Content) string {
	t.Helper()
	l, err := theLibrary()
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{library: l, locale: c.Locale, subset: newSubset()}
	s.compose(c)
	if err := s.refusal(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, run := range s.runs {
		fmt.Fprintf(&b, "%7.2f %7.2f %5.1f  ", run.x, run.baseline, run.size)
		for _, code := range run.codes {
			b.WriteRune(s.subset.cells[code-firstCode].char)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestTheLayoutIsAsReviewed(t *testing.T) {
	needFonts(t)
	for name, c := range map[string]Content{
		"simplified": sample(nil),
		"traditional": sample(func(c *Content) {
			c.Locale, c.HolderName, c.EmployeeNo = i18n.Hant, "陳䶮堃", ""
			c.Titles = map[i18n.Locale]string{i18n.Hant: "金融商品適合度與風險預告——說明義務之落實"}
		}),
		"english": sample(func(c *Content) { c.Locale, c.HolderName = i18n.English, "Siobhán O’Connor-Müller" }),
	} {
		t.Run(name, func(t *testing.T) {
			file, got := filepath.Join("testdata", name+".layout"), layout(t, c)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("the layout changed; look at it and run with -update (- reviewed, + now):\n%s", diff)
			}
		})
	}
}

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
		if got := clean(given); got != want {
			t.Errorf("clean(%q) = %q, want %q", given, got, want)
		}
	}
}
