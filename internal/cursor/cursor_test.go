package cursor

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anwen/internal/errs"
)

func TestACursorComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(rapid.String().Draw(t, "text"), "\x00", "")
		id := rapid.Int64().Draw(t, "id")
		at := time.UnixMicro(rapid.Int64Range(0, 1e17).Draw(t, "micros"))
		var gotText string
		var gotID int64
		var gotAt time.Time
		given, err := Read(After("rows", text, id, at), "rows", &gotText, &gotID, &gotAt)
		if err != nil || !given || gotText != text || gotID != id || !gotAt.Equal(at) {
			t.Fatalf("%q %d %s came back as %q %d %s: %v, %v", text, id, at, gotText, gotID, gotAt, given, err)
		}
	})
}

func TestAnEmptyCursorIsTheFirstPage(t *testing.T) {
	var id int64
	if given, err := Read("", "rows", &id); given || err != nil {
		t.Errorf("%v, %v", given, err)
	}
}

func TestWhatIsNoCursorOfTheListIsRefused(t *testing.T) {
	written := func(raw string) string { return base64.RawURLEncoding.EncodeToString([]byte(raw)) }
	for name, text := range map[string]string{
		"an employee number":      "P00001",
		"a number":                "17",
		"no base64":               "%27--",
		"with bits of no byte":    strings.TrimSuffix(written(`[1,"rows","a",1]`), "Q") + "R",
		"padded":                  written(`[1,"rows","a",1 ]`) + "==",
		"no JSON":                 written(`[1,"rows"`),
		"no list":                 written(`{"rows":1}`),
		"a later form":            written(`[2,"rows","a",1]`),
		"of another list":         After("others", "a", int64(1)),
		"of another order":        After("rows/name", "a", int64(1)),
		"a key too few":           After("rows", "a"),
		"a key too many":          After("rows", "a", int64(1), "b"),
		"a key that is missing":   written(`[1,"rows",null,1]`),
		"keys of another type":    After("rows", int64(1), "a"),
		"half a number":           written(`[1,"rows","a",1.5]`),
		"beyond every number":     written(`[1,"rows","a",99999999999999999999]`),
		"a character of no text":  written(`[1,"rows","\u0000",1]`),
		"longer than any cursor":  After("rows", strings.Repeat("a", Most), int64(1)),
		"followed by another one": After("rows", "a", int64(1)) + After("rows", "a", int64(1)),
	} {
		var key string
		var id int64
		if given, err := Read(text, "rows", &key, &id); given || errs.KindOf(err) != errs.Invalid || errs.CodeOf(err) != "api.unknown_cursor" {
			t.Errorf("%s: %v, %v", name, given, err)
		}
	}
	var at time.Time
	for _, instant := range []string{`-99999999999999999`, `999999999999999999`, `9223372036854775807`, `"2026-11-30T00:00:00Z"`, `1.5`} {
		if _, err := Read(written(`[1,"rows",`+instant+`]`), "rows", &at); errs.KindOf(err) != errs.Invalid {
			t.Errorf("the instant %s: %v", instant, err)
		}
	}
}
