package quizzes

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anwen/internal/i18n"
)

// The stored form of an item version. Field order, key order (encoding/json
// sorts maps) and the leaving out of empty parts make the bytes canonical: they
// are hashed, so a change of this form needs a new number in "form".
const itemForm = 1

type storedItem struct {
	Form     int            `json:"form"`
	Name     string         `json:"name"`
	Kind     Kind           `json:"kind"`
	Text     storedTexts    `json:"text"`
	Options  []storedOption `json:"options,omitempty"`
	Accepted []storedOption `json:"accepted,omitempty"`
	Numbers  []storedNumber `json:"numbers,omitempty"`
	Feedback storedTexts    `json:"feedback,omitempty"`
	Points   Points         `json:"points"`
}

type storedText struct {
	Format Format `json:"format"`
	Source string `json:"source"`
}

type storedTexts map[i18n.Locale]storedText

type storedOption struct {
	Text     storedTexts `json:"text,omitempty"`
	Weight   Weight      `json:"weight"`
	Feedback storedTexts `json:"feedback,omitempty"`
}

type storedNumber struct {
	Any       bool        `json:"any,omitempty"`
	Value     Decimal     `json:"value,omitempty"`
	Tolerance Decimal     `json:"tolerance,omitempty"`
	Weight    Weight      `json:"weight"`
	Feedback  storedTexts `json:"feedback,omitempty"`
}

// Encode returns the canonical bytes of an item version. Equal items have equal
// bytes, on every machine.
func (it Item) Encode() ([]byte, error) {
	stored := storedItem{
		Form: itemForm, Name: it.Name, Kind: it.Kind, Text: storeTexts(it.Text),
		Options: storeOptions(it.Options), Accepted: storeOptions(it.Accepted),
		Feedback: storeTexts(it.Feedback), Points: it.Points,
	}
	for _, n := range it.Numbers {
		stored.Numbers = append(stored.Numbers, storedNumber{n.Any, n.Value, n.Tolerance, n.Weight, storeTexts(n.Feedback)})
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(stored); err != nil {
		return nil, fmt.Errorf("encode item %q: %w", it.Name, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// DecodeItem reads the bytes that Encode wrote.
func DecodeItem(body []byte) (Item, error) {
	var stored storedItem
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&stored); err != nil {
		return Item{}, fmt.Errorf("decode item: %w", err)
	}
	if stored.Form != itemForm {
		return Item{}, fmt.Errorf("decode item: form %d is not known to this program", stored.Form)
	}
	it := Item{
		Name: stored.Name, Kind: stored.Kind, Text: loadTexts(stored.Text),
		Options: loadOptions(stored.Options), Accepted: loadOptions(stored.Accepted),
		Feedback: loadTexts(stored.Feedback), Points: stored.Points,
	}
	for _, n := range stored.Numbers {
		it.Numbers = append(it.Numbers, Number{n.Any, n.Value, n.Tolerance, n.Weight, loadTexts(n.Feedback)})
	}
	return it, nil
}

// Digest returns the canonical bytes of an item version and their SHA-256.
func (it Item) Digest() (body []byte, sum [sha256.Size]byte, err error) {
	body, err = it.Encode()
	if err != nil {
		return nil, sum, err
	}
	return body, sha256.Sum256(body), nil
}

// storeTexts leaves out empty texts. Invalid UTF-8 would be replaced by the
// encoder anyway; doing it here keeps what is hashed and what is read the same.
func storeTexts(texts Texts) storedTexts {
	out := make(storedTexts, len(texts))
	for l, t := range texts {
		if !t.Empty() {
			out[l] = storedText{t.Format, strings.ToValidUTF8(t.Source, "\ufffd")}
		}
	}
	return out
}

func loadTexts(stored storedTexts) Texts {
	if len(stored) == 0 {
		return nil
	}
	out := make(Texts, len(stored))
	for l, t := range stored {
		out[l] = Text(t)
	}
	return out
}

func storeOptions(options []Option) []storedOption {
	out := make([]storedOption, 0, len(options))
	for _, o := range options {
		out = append(out, storedOption{storeTexts(o.Text), o.Weight, storeTexts(o.Feedback)})
	}
	return slices.Clip(out)
}

func loadOptions(stored []storedOption) []Option {
	var out []Option
	for _, o := range stored {
		out = append(out, Option{loadTexts(o.Text), o.Weight, loadTexts(o.Feedback)})
	}
	return out
}
