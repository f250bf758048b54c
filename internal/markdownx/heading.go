package markdownx

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// ids makes heading ids that keep letters and digits of every script; the
// standard ones turn 总则 into "heading".
type ids struct {
	used map[string]bool
	next map[string]int
}

func newIDs() *ids { return &ids{used: map[string]bool{}, next: map[string]int{}} }

// Generate returns an id that no other heading of the text has.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	var b strings.Builder
	gap := false
	for _, r := range string(value) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		} else {
			gap = true
		}
		if b.Len() > 120 {
			break
		}
	}
	base := b.String()
	if base == "" {
		base = "section"
	}
	id := base
	for n := max(s.next[base], 2); s.used[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
		s.next[base] = n + 1
	}
	s.used[id] = true
	return []byte(id)
}

// Put notes an id that the text sets itself.
func (s *ids) Put(value []byte) { s.used[string(value)] = true }
