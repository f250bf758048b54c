package markdownx

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// bareAddress is a web or mail address in running text. It ends where ASCII ends.
var bareAddress = regexp.MustCompile(`https?://[A-Za-z0-9][-A-Za-z0-9.]*(?::[0-9]+)?(?:[/?#][!#-;=?-Z\[\]^_a-z{|}~]*)?|www\.[-A-Za-z0-9.]+\.[a-z]{2,}(?:[/?#][!#-;=?-Z\[\]^_a-z{|}~]*)?|[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][-A-Za-z0-9]*(?:\.[A-Za-z0-9][-A-Za-z0-9]*)+`)

// linkAddresses makes links of bare addresses right behind Chinese characters or
// punctuation, 详见https://…: GitHub's Markdown asks for a space before them.
func linkAddresses(root ast.Node, source []byte) {
	if !mayHoldAddress(source) {
		return
	}
	var texts []*ast.Text
	// The visitor never fails, and so Walk does not.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindLink, ast.KindImage, ast.KindAutoLink, ast.KindCodeSpan:
			return ast.WalkSkipChildren, nil
		}
		if t, ok := n.(*ast.Text); ok && entering && !t.IsRaw() {
			texts = append(texts, t)
		}
		return ast.WalkContinue, nil
	})
	merged := map[*ast.Text]bool{}
	for _, t := range texts {
		if merged[t] {
			continue
		}
		for next, ok := t.NextSibling().(*ast.Text); ok && t.Merge(next, source); next, ok = t.NextSibling().(*ast.Text) {
			merged[next] = true
			t.Parent().RemoveChild(t.Parent(), next)
		}
		splitAddresses(t, source)
	}
}

func mayHoldAddress(text []byte) bool {
	return bytes.Contains(text, []byte("://")) || bytes.Contains(text, []byte("www.")) || bytes.IndexByte(text, '@') >= 0
}

// splitAddresses puts the links of one text in its place.
func splitAddresses(t *ast.Text, source []byte) {
	segment := t.Segment
	if !mayHoldAddress(segment.Value(source)) {
		return
	}
	for _, at := range bareAddress.FindAllIndex(segment.Value(source), -1) {
		start, stop := segment.Start+at[0]-segment.Padding, segment.Start+at[1]-segment.Padding
		stop = start + addressEnd(source[start:stop])
		if start < t.Segment.Start || !behindChinese(source[:start]) {
			continue
		}
		kind := ast.AutoLinkURL
		if !bytes.Contains(source[start:stop], []byte("://")) && !bytes.HasPrefix(source[start:], []byte("www.")) {
			kind = ast.AutoLinkEmail
		}
		link := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(start, stop)))
		if bytes.HasPrefix(source[start:stop], []byte("www.")) {
			link.Protocol = []byte("http")
		}
		link.SetPos(start)
		parent := t.Parent()
		if start > t.Segment.Start {
			parent.InsertBefore(parent, t, ast.NewTextSegment(t.Segment.WithStop(start)))
		}
		parent.InsertBefore(parent, t, link)
		t.Segment = t.Segment.WithStart(stop)
	}
}

// behindChinese reports whether a text ends with a character that is not ASCII,
// perhaps with an ASCII colon or comma behind it, as in 网址:https.
func behindChinese(before []byte) bool {
	last, size := utf8.DecodeLastRune(before)
	if size > 0 && bytes.ContainsRune([]byte(`:;,"'=`), last) {
		last, size = utf8.DecodeLastRune(before[:len(before)-size])
	}
	return size > 0 && last >= utf8.RuneSelf
}

// addressEnd is how much of an address belongs to it: punctuation behind it, and
// a bracket that was not opened in it, belong to the sentence.
func addressEnd(address []byte) int {
	end := len(address)
	for end > 0 {
		switch c := address[end-1]; c {
		case '.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', '|':
		case ')', ']', '}':
			open := map[byte]byte{')': '(', ']': '[', '}': '{'}[c]
			if bytes.Count(address[:end], []byte{open}) >= bytes.Count(address[:end], []byte{c}) {
				return end
			}
		default:
			return end
		}
		end--
	}
	return end
}
