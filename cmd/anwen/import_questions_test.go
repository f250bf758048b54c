package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A look at a file of questions finds what the import would refuse: not only what
// cannot be read, but also questions that no bank takes.
func TestADryRunOfQuestionsChecksWhatTheImportChecks(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		faults     []string // messages
		warnings   int
	}{
		"nothing wrong":             {"q.gift", "::a::Is it so?{T}", nil, 0},
		"one option":                {"q.gift", "::a::Is it so?{T}\n\n::b::Which?{=a ~}", []string{"at least two options"}, 1},
		"weights that are no whole": {"q.gift", "::b::Which?{~%50%a ~%30%b ~c}", []string{"80%"}, 0},
		"both kinds of fault":       {"q.gift", "::a::Open{=a\n\n::b::Which?{~%50%a ~%30%b ~c}", []string{"not closed", "80%"}, 0},
		"an essay by default":       {"q.txt", "1.你怎么办？\n2.谁？（A）\nA.甲\nB.乙", nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			s := say(t, map[string]string{"LANG": "en_GB.UTF-8"}, "import", "questions", path, "--dry-run", "--json")
			var report questionReport
			if err := json.Unmarshal([]byte(s.out), &report); err != nil {
				t.Fatalf("%v in %+v", err, s)
			}
			warnings := 0
			for _, q := range report.Questions {
				warnings += len(q.Warnings)
			}
			if len(report.Faults) != len(c.faults) || report.Count != len(c.faults) || warnings != c.warnings {
				t.Fatalf("%d faults, %d counted, %d warnings: %s", len(report.Faults), report.Count, warnings, s.out)
			}
			for i, f := range report.Faults {
				if !strings.Contains(f.Message, c.faults[i]) {
					t.Errorf("%q does not say %q", f.Message, c.faults[i])
				}
			}
			if want := len(c.faults) > 0; (s.code != exitDone) != want {
				t.Errorf("ended with %d", s.code)
			}
			plain := say(t, map[string]string{"LANG": "en_GB.UTF-8"}, "import", "questions", path, "--dry-run")
			for _, f := range report.Faults {
				if !strings.Contains(plain.err, f.Message) {
					t.Errorf("%q is not printed: %s", f.Message, plain.err)
				}
			}
			if got := strings.Count(plain.out, "check:"); got != c.warnings {
				t.Errorf("%d warnings printed: %s", got, plain.out)
			}
		})
	}
}
