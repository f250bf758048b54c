package courses

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/i18n"
)

func TestTheSampleCoursesAreRight(t *testing.T) {
	root := filepath.Join("..", "cmd", "anwen", "sample", "courses")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Skip("the sample institution is not here")
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		files, err := archive.Open(filepath.Join(root, e.Name()))
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		d, err := ReadCourse(files)
		for _, p := range places(err) {
			t.Errorf("%s: %s", e.Name(), p)
		}
		for _, w := range d.Warnings {
			t.Logf("%s: %s %s", e.Name(), w.Place, w.Code)
		}
		t.Logf("%s: %d lessons in %v", d.Slug, len(d.Lessons), d.Languages)
	}
}

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
		in, err := ReadBriefing(files)
		if err != nil || in.Month != month {
			t.Errorf("%s: %v", month, err)
		}
	}
}
