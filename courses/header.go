package courses

import (
	"strings"

	"gopkg.in/yaml.v3"

	"anwen/internal/errs"
	"anwen/internal/frontmatter"
)

// header reads the front matter of course.md.
type header struct{ frontmatter.Header }

// slugs reads a list of other courses.
func (h header) slugs(n *yaml.Node, key, own string) []string {
	list := h.List(n, key, 80)
	for _, slug := range list {
		if !slugPattern.MatchString(slug) || slug == own {
			h.Fault(n.Line+1, "courses.slug_refused", errs.Args{"slug": errs.Clip(slug)})
		}
	}
	return list
}

// word reads one of the words; the first is the default.
func (h header) word(n *yaml.Node, key string, words []string) string {
	if n == nil || n.Tag == "!!null" {
		return words[0]
	}
	for _, w := range words {
		if n.Kind == yaml.ScalarNode && n.Value == w {
			return w
		}
	}
	h.Fault(n.Line+1, "courses.word_expected", errs.Args{"key": key, "words": strings.Join(words, ", ")})
	return words[0]
}
