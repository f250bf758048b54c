package i18n_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anwen/internal/i18n"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

func catalogue(t *testing.T, l i18n.Locale) map[string]string {
	t.Helper()
	all := map[string]string{}
	names, err := filepath.Glob(filepath.Join("locales", string(l), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var part map[string]string
		if err := json.Unmarshal(raw, &part); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for k, v := range part {
			all[k] = v
		}
	}
	return all
}

func TestEveryLocaleHasEveryMessageWithTheSamePlaceholders(t *testing.T) {
	english := catalogue(t, i18n.English)
	for _, l := range i18n.Locales {
		texts := catalogue(t, l)
		for key, want := range english {
			got, ok := texts[key]
			if !ok {
				t.Errorf("%s has no %s", l, key)
				continue
			}
			if strings.TrimSpace(got) == "" {
				t.Errorf("%s: %s is empty", l, key)
			}
			if a, b := marks(want), marks(got); !slices.Equal(a, b) {
				t.Errorf("%s: %s has %v, English has %v", l, key, b, a)
			}
		}
		for key := range texts {
			if _, ok := english[key]; !ok {
				t.Errorf("English has no %s, which %s has", key, l)
			}
		}
	}
}

func marks(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// A code looks like "room.what_is_wrong" and stands in quotes in the source.
var code = regexp.MustCompile(`"((?:api|archive|bench|briefings|certificates|complaints|courses|database|demo|frontmatter|markdown|people|performance|policies|postgres|quizzes|records|search|sheet|training)\.[a-z][a-z0-9_]*[a-z0-9])"`)

func TestEveryCodeInTheSourceHasAMessage(t *testing.T) {
	english := catalogue(t, i18n.English)
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "dist", "data", "bin"}, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(raw), "\n") {
			if strings.Contains(line, "Action:") || strings.Contains(line, ".Action == ") {
				continue // names of audit events look the same and have no message
			}
			for _, m := range code.FindAllStringSubmatch(line, -1) {
				if _, ok := english[m[1]]; !ok {
					t.Errorf("%s:%d: %s has no message", path, i+1, m[1])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMatchPicksTheScriptThatIsRead(t *testing.T) {
	for want, locale := range map[string]i18n.Locale{
		"zh-CN,zh;q=0.9": i18n.Hans, "zh-Hans": i18n.Hans, "zh": i18n.Hans, "zh_CN.UTF-8": i18n.Hans,
		"zh-TW": i18n.Hant, "zh-HK,en;q=0.5": i18n.Hant, "zh-Hant": i18n.Hant,
		"en-GB": i18n.English, "C.UTF-8": i18n.English, "": i18n.English, "fr": i18n.English, "%%%": i18n.English,
	} {
		if got := i18n.Match(want); got != locale {
			t.Errorf("Match(%q) = %s, want %s", want, got, locale)
		}
	}
}

func TestTextFillsPlaceholdersOnlyOnce(t *testing.T) {
	got := i18n.Text(i18n.English, "people.too_many_attempts", map[string]any{"minutes": "{minutes}"})
	if !strings.Contains(got, "{minutes}") {
		t.Fatalf("a value was taken for a placeholder: %q", got)
	}
}

func TestPreferenceIsTheOrderOfPick(t *testing.T) {
	for want, order := range map[i18n.Locale]string{i18n.Hans: "zh-Hans zh-Hant en", i18n.Hant: "zh-Hant zh-Hans en", i18n.English: "en zh-Hans zh-Hant"} {
		if got := strings.Join(i18n.Preference(want), " "); got != order {
			t.Errorf("%s: %s, want %s", want, got, order)
		}
	}
}
