package briefings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anwen/internal/i18n"
)

func TestTheSampleBriefingsAreRight(t *testing.T) {
	root := filepath.Join("..", "cmd", "anwen", "sample", "briefings")
	paths, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil || len(paths) == 0 {
		t.Skip("the sample institution is not here")
	}
	months := map[string]map[i18n.Locale][]byte{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		month, locale, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".md"), ".")
		if months[month] == nil {
			months[month] = map[i18n.Locale][]byte{}
		}
		months[month][i18n.Locale(locale)] = raw
	}
	for month, files := range months {
		in, err := ReadFiles(files)
		if err != nil || in.Month != month {
			t.Errorf("%s: %v", month, err)
		}
	}
}
