package courses

import (
	"os"
	"path/filepath"
	"testing"

	"anwen/internal/archive"
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
		d, err := ReadFolder(files)
		for _, p := range places(err) {
			t.Errorf("%s: %s", e.Name(), p)
		}
		for _, w := range d.Warnings {
			t.Logf("%s: %s %s", e.Name(), w.Place, w.Code)
		}
		t.Logf("%s: %d lessons in %v", d.Slug, len(d.Lessons), d.Languages)
	}
}
