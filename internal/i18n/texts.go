package i18n

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Texts is one text by language. In the database it is a jsonb object, which GORM
// and plain SQL read and write through Scan and Value.
type Texts map[Locale]string

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
