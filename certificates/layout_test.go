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
	"anwen/internal/typeset"
)

var update = flag.Bool("update", false, "write the golden files anew")

// layout lists what stands where on the page: x, baseline, size, text.
func layout(t *testing.T, c Content) string {
	t.Helper()
	s, err := typeset.New(c.Locale)
	if err != nil {
		t.Fatal(err)
	}
	compose(s, c)
	if err := s.Refusal(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, run := range s.Runs(0) {
		fmt.Fprintf(&b, "%7.2f %7.2f %5.1f  %s\n", run.X, run.Baseline, run.Size, run.Text)
	}
	return b.String()
}

func TestTheLayoutIsAsReviewed(t *testing.T) {
	needFonts(t)
	for name, c := range map[string]Content{
		"simplified": sample(nil),
		"traditional": sample(func(c *Content) {
			c.Locale, c.HolderName, c.EmployeeNo = i18n.Hant, "陳䶮堃", ""
			c.Titles = i18n.Texts{i18n.Hant: "金融商品適合度與風險預告——說明義務之落實"}
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
