package formats

import (
	"sort"
	"strings"
)

// giftBlock is a run of lines that belong together, without the comments in it.
type giftBlock struct {
	text     string
	starts   []int // offset in text where each line begins
	lines    []int // its number in the file
	comments []string
}

// line is the number in the file of the line that holds the offset.
func (b *giftBlock) line(offset int) int {
	i := sort.SearchInts(b.starts, offset+1) - 1
	return b.lines[max(i, 0)]
}

// giveComments hands the comments of the block to its first question.
func (b *giftBlock) giveComments(q *Question) {
	q.Comments, b.comments = b.comments, nil
}

// giftBlocks cuts a file into blocks: at empty lines and around categories.
type giftBlocks struct {
	source   string
	offset   int
	line     int
	comments []string // waiting for the block they belong to

	// Offsets of the next </pre and the next line with a name, looked up only
	// when the one known has been passed, so that the file is searched once.
	preEnd, nextName int
}

// next returns the next block, false at the end of the file.
func (s *giftBlocks) next() (*giftBlock, bool) {
	var b giftBlock
	var text strings.Builder
	pre := preformatted{}
	for s.offset < len(s.source) {
		line, after := s.peek()
		trimmed := strings.TrimSpace(line)
		_, category := categoryPath(trimmed)
		special := trimmed == "" || category || strings.HasPrefix(trimmed, "//")
		switch {
		case special && pre.open() && s.preCloses():
			special = false
		case category && text.Len() > 0:
			return s.finish(&b, &text), true
		}
		if !special || category {
			if text.Len() > 0 {
				text.WriteByte('\n')
			}
			b.starts, b.lines = append(b.starts, text.Len()), append(b.lines, s.line)
			text.WriteString(line)
			pre.see(line)
		}
		s.offset, s.line = after, s.line+1
		switch {
		case !special:
		case category, trimmed == "" && text.Len() > 0:
			return s.finish(&b, &text), true
		case trimmed != "":
			s.comments = append(s.comments, strings.TrimSpace(trimmed[2:]))
		}
	}
	if text.Len() == 0 {
		return nil, false
	}
	return s.finish(&b, &text), true
}

func (s *giftBlocks) finish(b *giftBlock, text *strings.Builder) *giftBlock {
	b.text, b.comments, s.comments = text.String(), s.comments, nil
	return b
}

// peek returns the current line and where the next one begins.
func (s *giftBlocks) peek() (line string, after int) {
	rest := s.source[s.offset:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		return rest[:i], s.offset + i + 1
	}
	return rest, len(s.source)
}

// preCloses reports whether the open <pre> ends before the next named question:
// if it never does, the author forgot to close it and the empty line counts.
func (s *giftBlocks) preCloses() bool {
	s.preEnd = s.find("</pre", s.preEnd)
	s.nextName = s.find("\n::", s.nextName)
	return s.preEnd < len(s.source) && s.preEnd <= s.nextName
}

func (s *giftBlocks) find(what string, known int) int {
	if known >= s.offset && known > 0 {
		return known
	}
	if i := strings.Index(s.source[s.offset:], what); i >= 0 {
		return s.offset + i
	}
	return len(s.source)
}

// preformatted follows <pre> elements through the lines of an [html] block.
type preformatted struct {
	html  bool
	depth int
}

func (p *preformatted) open() bool { return p.html && p.depth > 0 }

func (p *preformatted) see(line string) {
	p.html = p.html || strings.Contains(line, "[html]")
	p.depth += strings.Count(line, "<pre") - strings.Count(line, "</pre")
	p.depth = max(p.depth, 0)
}
