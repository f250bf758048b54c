package i18n

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Texts is one text by language. In the database it is a jsonb object, which GORM
// and plain SQL read and write through Scan and Value.
type Texts map[Locale]string

// ParseTexts reads a text that may have one form for each language, a JSON object such
// as {"zh-Hans":"安和银行","en":"Anhe Bank"}. Anything else is the same in every language.
// It is an error when an object names another language, or none.
func ParseTexts(s string) (Texts, error) {
	if !strings.HasPrefix(strings.TrimSpace(s), "{") {
		return Texts{Hans: s}, nil
	}
	var t Texts
	if err := json.Unmarshal([]byte(s), &t); err != nil {
		return nil, err
	}
	for l, text := range t {
		if !Valid(string(l)) || text == "" {
			return nil, fmt.Errorf("%q is no language with a text", l)
		}
	}
	if len(t) == 0 {
		return nil, errors.New("there is no text")
	}
	return t, nil
}

// In is the text for the locale or the nearest there is; "" when there is none.
func (t Texts) In(want Locale) string {
	text, _ := t.Pick(want)
	return text
}

// Pick is In, and says in which locale the text stands.
func (t Texts) Pick(want Locale) (string, Locale) {
	for _, l := range preference(want) {
		if text := t[l]; text != "" {
			return text, l
		}
	}
	return "", want
}

// Scan reads a json or jsonb value; null is no texts at all.
func (t *Texts) Scan(value any) error {
	*t = nil
	switch v := value.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(v, t)
	case string:
		return json.Unmarshal([]byte(v), t)
	}
	return fmt.Errorf("texts cannot be read from %T", value)
}

// Value is the JSON object; no texts at all is null.
func (t Texts) Value() (driver.Value, error) {
	if t == nil {
		return nil, nil
	}
	raw, err := json.Marshal(map[Locale]string(t))
	return string(raw), err
}

// GormDataType is the column's type, for GORM's models.
func (Texts) GormDataType() string { return "jsonb" }
