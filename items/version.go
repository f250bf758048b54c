package items

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
	Form     int             `json:"form,omitempty"` // of the whole, not of its gaps
	Name     string          `json:"name"`
	Kind     Kind            `json:"kind"`
	Text     storedTexts     `json:"text"`
	Set      string          `json:"set,omitempty"`
	Options  []storedOption  `json:"options,omitempty"`
	Accepted []storedOption  `json:"accepted,omitempty"`
	Fold     Fold            `json:"fold,omitempty"`
	Numbers  []storedNumber  `json:"numbers,omitempty"`
	Measures []storedMeasure `json:"units,omitempty"`
	Penalty  Weight          `json:"unit_penalty,omitempty"`
	Gaps     []storedBlank   `json:"gaps,omitempty"`
	Credit   Credit          `json:"credit,omitempty"`
	Rubric   []storedAspect  `json:"rubric,omitempty"`
	Markers  int             `json:"markers,omitempty"`
	Guide    storedTexts     `json:"guide,omitempty"`
	Feedback storedTexts     `json:"feedback,omitempty"`
	Points   Points          `json:"points"`
}

type storedMeasure struct {
	Name   string  `json:"name"`
	Factor Decimal `json:"factor"`
}

type storedBlank struct {
	Text   storedTexts `json:"text,omitempty"`
	Option int         `json:"option,omitempty"`
	Item   *storedItem `json:"item,omitempty"`
	Share  int         `json:"share"`

	Feedback storedTexts `json:"feedback,omitempty"`
}

type storedAspect struct {
	Text   storedTexts `json:"text"`
	Points Points      `json:"points"`
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
	stored := storeItem(it)
	stored.Form = itemForm
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(stored); err != nil {
		return nil, fmt.Errorf("encode item %q: %w", it.Name, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Decode reads the bytes that Encode wrote.
func Decode(body []byte) (Item, error) {
	var stored storedItem
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&stored); err != nil {
		return Item{}, fmt.Errorf("decode item: %w", err)
	}
	if stored.Form != itemForm {
		return Item{}, fmt.Errorf("decode item: form %d is not known to this program", stored.Form)
	}
	return loadItem(stored), nil
}

func storeItem(it Item) storedItem {
	stored := storedItem{
		Name: it.Name, Kind: it.Kind, Text: storeTexts(it.Text), Set: it.Set,
		Options: storeOptions(it.Options), Accepted: storeOptions(it.Accepted), Fold: it.Fold,
		Penalty: it.MeasurePenalty, Credit: it.Credit, Markers: it.Markers, Guide: storeTexts(it.Guide),
		Feedback: storeTexts(it.Feedback), Points: it.Points,
	}
	for _, n := range it.Numbers {
		stored.Numbers = append(stored.Numbers, storedNumber{n.Any, n.Value, n.Tolerance, n.Weight, storeTexts(n.Feedback)})
	}
	for _, u := range it.Measures {
		stored.Measures = append(stored.Measures, storedMeasure(u))
	}
	for _, c := range it.Rubric {
		stored.Rubric = append(stored.Rubric, storedAspect{storeTexts(c.Text), c.Points})
	}
	for _, g := range it.Gaps {
		gap := storedBlank{Text: storeTexts(g.Text), Option: g.Option, Share: g.Share, Feedback: storeTexts(g.Feedback)}
		if g.Item != nil {
			small := storeItem(*g.Item)
			gap.Item = &small
		}
		stored.Gaps = append(stored.Gaps, gap)
	}
	return stored
}

func loadItem(stored storedItem) Item {
	it := Item{
		Name: stored.Name, Kind: stored.Kind, Text: loadTexts(stored.Text), Set: stored.Set,
		Options: loadOptions(stored.Options), Accepted: loadOptions(stored.Accepted), Fold: stored.Fold,
		MeasurePenalty: stored.Penalty, Credit: stored.Credit, Markers: stored.Markers, Guide: loadTexts(stored.Guide),
		Feedback: loadTexts(stored.Feedback), Points: stored.Points,
	}
	for _, n := range stored.Numbers {
		it.Numbers = append(it.Numbers, Number{n.Any, n.Value, n.Tolerance, n.Weight, loadTexts(n.Feedback)})
	}
	for _, u := range stored.Measures {
		it.Measures = append(it.Measures, Measure(u))
	}
	for _, c := range stored.Rubric {
		it.Rubric = append(it.Rubric, Criterion{loadTexts(c.Text), c.Points})
	}
	for _, g := range stored.Gaps {
		gap := Gap{Text: loadTexts(g.Text), Option: g.Option, Share: g.Share, Feedback: loadTexts(g.Feedback)}
		if g.Item != nil {
			small := loadItem(*g.Item)
			gap.Item = &small
		}
		it.Gaps = append(it.Gaps, gap)
	}
	return it
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
