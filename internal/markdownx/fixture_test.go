package markdownx

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRealPolicyTextsRenderWithoutAFault(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "fixtures", "policies")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the policy texts of ../shared/fixtures are not here")
	}
	var files, size int
	start := time.Now()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files, size = files+1, size+len(raw)
		doc, faults := Render(raw, Options{File: filepath.Base(path), Image: func(name string) (string, bool) { return "/image", true }})
		for _, f := range faults {
			t.Errorf("%s %s %v", f.Place, f.Code, f.Args)
		}
		if doc.Plain == "" || doc.HTML == "" {
			t.Errorf("%s is empty", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts, %d bytes in %v", files, size, time.Since(start))
}
