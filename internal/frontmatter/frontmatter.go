// Package frontmatter reads the YAML between two lines of --- that opens a file.
// It knows the line of every value, so that each fault can name it, and refuses
// what would make one text mean two things: unknown keys, keys that stand twice,
// references.
package frontmatter

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/identifier"
)

// Header reads the front matter of one file and collects what is wrong with it.
type Header struct {
	File   string
	Faults *errs.Faults
}

// Split cuts a file into its front matter and what follows. bodyLine is the line
// that the body starts at.
func (h Header) Split(text []byte) (front, body []byte, bodyLine int, ok bool) {
	start, at := 0, 0
	for line := 1; at < len(text); line++ {
		row, _, _ := bytes.Cut(text[at:], []byte{'\n'})
		next := min(at+len(row)+1, len(text))
		ruler := string(bytes.TrimRight(row, " \t\r")) == "---"
		switch {
		case line == 1 && ruler:
			start = next
		case line == 1:
			h.Fault(1, "frontmatter.missing", nil)
			return nil, nil, 0, false
		case ruler:
			return text[start:at], text[next:], line + 1, true
		}
		at = next
	}
	h.Fault(1, "frontmatter.missing", nil)
	return nil, nil, 0, false
}

// Fault notes what is wrong in a line of the file.
func (h Header) Fault(line int, code string, args errs.Args) {
	h.Faults.Add(errs.Place{File: h.File, Line: line}, code, args)
}

var yamlLine = regexp.MustCompile(`line (\d+):?`)

// Fields parses the front matter into its top-level values.
func (h Header) Fields(front []byte, known ...string) (map[string]*yaml.Node, bool) {
	if len(front) > 64<<10 {
		h.Fault(2, "frontmatter.too_large", errs.Args{"limit": "64 KB"})
		return nil, false
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(front, &doc); err != nil {
		line := 1
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1]) // digits by the pattern
		}
		h.Fault(line+1, "frontmatter.yaml_unreadable", nil)
		return nil, false
	}
	if len(doc.Content) == 0 {
		return map[string]*yaml.Node{}, true
	}
	return h.Mapping(doc.Content[0], known...)
}

// Mapping takes a mapping apart, refusing keys that are unknown or stand twice.
func (h Header) Mapping(n *yaml.Node, known ...string) (map[string]*yaml.Node, bool) {
	if n.Kind != yaml.MappingNode {
		h.Fault(n.Line+1, "frontmatter.mapping_expected", errs.Args{"keys": strings.Join(known, ", ")})
		return nil, false
	}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case value.Kind == yaml.AliasNode || key.Kind != yaml.ScalarNode:
			h.Fault(key.Line+1, "frontmatter.yaml_alias", nil)
		case !slices.Contains(known, key.Value):
			h.Fault(key.Line+1, "frontmatter.unknown_key", errs.Args{"key": errs.Clip(key.Value), "keys": strings.Join(known, ", ")})
		case values[key.Value] != nil:
			h.Fault(key.Line+1, "frontmatter.key_twice", errs.Args{"key": key.Value})
		default:
			values[key.Value] = value
		}
	}
	return values, true
}

// Text is a value of one line; it is a fault when it is missing or empty.
func (h Header) Text(n *yaml.Node, key string, limit int) string {
	if n == nil {
		h.Fault(1, "frontmatter.key_missing", errs.Args{"key": key})
		return ""
	}
	value := strings.TrimSpace(n.Value)
	switch {
	case n.Kind != yaml.ScalarNode || !identifier.Shows(value) || n.Tag == "!!null":
		h.Fault(n.Line+1, "frontmatter.text_expected", errs.Args{"key": key})
		return ""
	case len([]rune(value)) > limit || strings.ContainsAny(value, "\n\r\x00"):
		h.Fault(n.Line+1, "frontmatter.text_too_long", errs.Args{"key": key, "limit": limit})
		return ""
	}
	return value
}

// Number is a whole number between two bounds.
func (h Header) Number(n *yaml.Node, key string, from, to int) int {
	if n == nil {
		h.Fault(1, "frontmatter.key_missing", errs.Args{"key": key})
		return 0
	}
	value, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil || value < from || value > to {
		h.Fault(n.Line+1, "frontmatter.number_expected", errs.Args{"key": key, "from": from, "to": to})
		return 0
	}
	return value
}

// Optional is number for a key that may be absent.
func (h Header) Optional(n *yaml.Node, key string, from, to int) *int {
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	value := h.Number(n, key, from, to)
	return &value
}

// Texts is a mapping from locale to text with Simplified Chinese or English in it.
func (h Header) Texts(n *yaml.Node, key string, limit int) i18n.Texts {
	if n == nil {
		h.Fault(1, "frontmatter.key_missing", errs.Args{"key": key})
		return nil
	}
	values, ok := h.Mapping(n, string(i18n.Hans), string(i18n.Hant), string(i18n.English))
	if !ok {
		return nil
	}
	texts := i18n.Texts{}
	for locale, value := range values {
		texts[i18n.Locale(locale)] = h.Text(value, key+"."+locale, limit)
	}
	if _, hans := texts[i18n.Hans]; !hans {
		if _, english := texts[i18n.English]; !english {
			h.Fault(n.Line+1, "frontmatter.language_missing", errs.Args{"key": key})
		}
	}
	return texts
}

// MaxList bounds how many values a list may have.
const MaxList = 50

// List is a sequence of short texts, each once; it may be absent.
func (h Header) List(n *yaml.Node, key string, limit int) []string {
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) > MaxList {
		h.Fault(n.Line+1, "frontmatter.list_expected", errs.Args{"key": key})
		return nil
	}
	var list []string
	for _, item := range n.Content {
		text := h.Text(item, key, limit)
		if text == "" || slices.Contains(list, text) {
			continue
		}
		list = append(list, text)
	}
	return list
}
