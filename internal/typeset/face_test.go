package typeset

import (
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// needFonts skips where the program is built without them, as `go test` in a
// fresh checkout is.
func needFonts(t testing.TB) {
	t.Helper()
	if _, err := theLibrary(); errs.CodeOf(err) == "certificates.fonts_missing" {
		t.Skip("the fonts are not built in; run `make fonts`")
	} else if err != nil {
		t.Fatal(err)
	}
}

func TestWithoutFontsADocumentIsUnavailable(t *testing.T) {
	_, err := openLibrary(fstest.MapFS{"fonts/README.md": {}})
	if errs.KindOf(err) != errs.Unavailable || errs.CodeOf(err) != "certificates.fonts_missing" {
		t.Fatalf("got %v", err)
	}
	for _, l := range i18n.Locales {
		if text := i18n.Text(l, "certificates.fonts_missing", nil); !strings.Contains(text, "make fonts") {
			t.Errorf("%s: %q names no remedy", l, text)
		}
	}
}

func TestABrokenFontIsNamedAndDoesNotPanic(t *testing.T) {
	needFonts(t)
	whole, err := embedded.ReadFile("fonts/" + latinFace)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		cut := rapid.IntRange(0, 3000).Draw(t, "length")
		_, err := openLibrary(fstest.MapFS{"fonts/own.ttf": {Data: whole[:cut]}})
		if err == nil || !strings.Contains(err.Error(), "own.ttf") {
			t.Fatalf("%d bytes: %v", cut, err)
		}
	})
}
