// Package cursor writes and reads where a page of a list ended. A cursor holds the
// values that its rows are sorted by, and not the name of a row: nothing is looked up by
// it, so it tells nobody whether a row exists that the reader may not see, and a row that
// has changed or gone since does not disturb the next page.
package cursor

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"anwen/internal/errs"
)

// version is the form of the cursors: another form has another number, and a cursor of
// an old one is refused.
const version = 1

// Most is the length of a cursor that is read. The longest sort key is a name.
const Most = 2000

// After is the cursor behind a row: the list, with its order if it has several, and
// what the row is sorted by. A key is a string, an int64 or a time.Time.
func After(list string, keys ...any) string {
	parts := []any{version, list}
	for _, key := range keys {
		if at, ok := key.(time.Time); ok {
			key = at.UnixMicro() // as exact as the database is
		}
		parts = append(parts, key)
	}
	raw, _ := json.Marshal(parts) // of texts and whole numbers it cannot fail
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Read puts the keys of a cursor into the pointers; given is false for the empty one,
// which begins at the first page. Invalid for what After did not write for this list.
func Read(cursor, list string, into ...any) (given bool, err error) {
	if cursor == "" {
		return false, nil
	}
	if !read(cursor, list, into) {
		return false, errs.New(errs.Invalid, "api.unknown_cursor", nil)
	}
	return true, nil
}

// read reports false for a cursor that is not of the list.
func read(cursor, list string, into []any) bool {
	if len(cursor) > Most {
		return false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return false
	}
	var form int
	var of string
	want := append([]any{&form, &of}, into...)
	var parts []json.RawMessage
	if json.Unmarshal(raw, &parts) != nil || len(parts) != len(want) {
		return false
	}
	for i, part := range parts {
		if bytes.Equal(part, []byte("null")) || !readKey(part, want[i]) {
			return false
		}
	}
	return form == version && of == list
}

// readKey reports false for a key of another type and for one that no column takes.
func readKey(part json.RawMessage, into any) bool {
	switch into := into.(type) {
	case *string:
		return json.Unmarshal(part, into) == nil && !strings.ContainsRune(*into, 0)
	case *time.Time:
		var micros int64
		if json.Unmarshal(part, &micros) != nil {
			return false
		}
		*into = time.UnixMicro(micros)
		return into.UTC().Year() >= 1 && into.UTC().Year() <= 9999
	default:
		return json.Unmarshal(part, into) == nil
	}
}
