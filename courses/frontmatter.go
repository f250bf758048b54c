package courses

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// header reads the YAML between two lines of --- that open a file. It knows the
// line of every value, so that each fault can name it.
type header struct {
	file   string
	faults *errs.Faults
}

// split cuts a file into its front matter and what follows. bodyLine is the line
// that the body starts at.
func (h header) split(text []byte) (front, body []byte, bodyLine int, ok bool) {
	start, at := 0, 0
	for line := 1; at < len(text); line++ {
		row, _, _ := bytes.Cut(text[at:], []byte{'\n'})
		next := min(at+len(row)+1, len(text))
		ruler := string(bytes.TrimRight(row, " \t\r")) == "---"
		switch {
		case line == 1 && ruler:
			start = next
		case line == 1:
			h.fault(1, "courses.front_matter_missing", nil)
			return nil, nil, 0, false
		case ruler:
			return text[start:at], text[next:], line + 1, true
		}
		at = next
	}
	h.fault(1, "courses.front_matter_missing", nil)
	return nil, nil, 0, false
}

func (h header) fault(line int, code string, args errs.Args) {
	h.faults.Add(errs.Place{File: h.file, Line: line}, code, args)
}

var yamlLine = regexp.MustCompile(`line (\d+):?`)

// fields parses the front matter into its top-level values.
func (h header) fields(front []byte, known ...string) (map[string]*yaml.Node, bool) {
	if len(front) > 64<<10 {
		h.fault(2, "courses.front_matter_too_large", errs.Args{"limit": "64 KB"})
		return nil, false
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(front, &doc); err != nil {
		line := 1
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1]) // digits by the pattern
		}
		h.fault(line+1, "courses.yaml_unreadable", nil)
		return nil, false
	}
	if len(doc.Content) == 0 {
		return map[string]*yaml.Node{}, true
	}
	return h.mapping(doc.Content[0], known...)
}

// mapping takes a mapping apart, refusing keys that are unknown or stand twice.
func (h header) mapping(n *yaml.Node, known ...string) (map[string]*yaml.Node, bool) {
	if n.Kind != yaml.MappingNode {
		h.fault(n.Line+1, "courses.mapping_expected", errs.Args{"keys": strings.Join(known, ", ")})
		return nil, false
	}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case value.Kind == yaml.AliasNode || key.Kind != yaml.ScalarNode:
			h.fault(key.Line+1, "courses.yaml_alias", nil)
		case !slices.Contains(known, key.Value):
			h.fault(key.Line+1, "courses.unknown_key", errs.Args{"key": clip(key.Value), "keys": strings.Join(known, ", ")})
		case values[key.Value] != nil:
			h.fault(key.Line+1, "courses.key_twice", errs.Args{"key": key.Value})
		default:
			values[key.Value] = value
		}
	}
	return values, true
}

// text is a value of one line; required and empty is a fault at the place given.
func (h header) text(n *yaml.Node, key string, limit int) string {
	if n == nil {
		h.fault(1, "courses.key_missing", errs.Args{"key": key})
		return ""
	}
	value := strings.TrimSpace(n.Value)
	switch {
	case n.Kind != yaml.ScalarNode || value == "" || n.Tag == "!!null":
		h.fault(n.Line+1, "courses.text_expected", errs.Args{"key": key})
		return ""
	case len([]rune(value)) > limit || strings.ContainsAny(value, "\n\r\x00"):
		h.fault(n.Line+1, "courses.text_too_long", errs.Args{"key": key, "limit": limit})
		return ""
	}
	return value
}

// number is a whole number between two bounds.
func (h header) number(n *yaml.Node, key string, from, to int) int {
	if n == nil {
		h.fault(1, "courses.key_missing", errs.Args{"key": key})
		return 0
	}
	value, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil || value < from || value > to {
		h.fault(n.Line+1, "courses.number_expected", errs.Args{"key": key, "from": from, "to": to})
		return 0
	}
	return value
}

// optional is number for a key that may be absent.
func (h header) optional(n *yaml.Node, key string, from, to int) *int {
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	value := h.number(n, key, from, to)
	return &value
}

// texts is a mapping from locale to text with Simplified Chinese or English in it.
func (h header) texts(n *yaml.Node, key string, limit int) map[i18n.Locale]string {
	if n == nil {
		h.fault(1, "courses.key_missing", errs.Args{"key": key})
		return nil
	}
	values, ok := h.mapping(n, string(i18n.Hans), string(i18n.Hant), string(i18n.English))
	if !ok {
		return nil
	}
	texts := map[i18n.Locale]string{}
	for locale, value := range values {
		texts[i18n.Locale(locale)] = h.text(value, key+"."+locale, limit)
	}
	if _, hans := texts[i18n.Hans]; !hans {
		if _, english := texts[i18n.English]; !english {
			h.fault(n.Line+1, "courses.language_missing", errs.Args{"key": key})
		}
	}
	return texts
}

const maxList = 50

// list is a sequence of short texts, each once; it may be absent.
func (h header) list(n *yaml.Node, key string, limit int) []string {
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) > maxList {
		h.fault(n.Line+1, "courses.list_expected", errs.Args{"key": key})
		return nil
	}
	var list []string
	for _, item := range n.Content {
		text := h.text(item, key, limit)
		if text == "" || slices.Contains(list, text) {
			continue
		}
		list = append(list, text)
	}
	return list
}

// slugs is a list of other courses.
func (h header) slugs(n *yaml.Node, key, own string) []string {
	list := h.list(n, key, 80)
	for _, slug := range list {
		if !slugPattern.MatchString(slug) || slug == own {
			h.fault(n.Line+1, "courses.slug_refused", errs.Args{"slug": clip(slug)})
		}
	}
	return list
}

// clip keeps a value from the file short enough for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
