package markdownx

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"anwen/internal/errs"
)

// networkPath is a path such as \\server, of which a backslash would go.
var networkPath = regexp.MustCompile(`(?:^|[^\\])\\\\[A-Za-z0-9]`)

// filePath is a path such as D:\合规\(终稿), whose backslash before a sign would go.
var (
	filePath    = regexp.MustCompile(`[A-Za-z]:\\[^\s\\]*(?:\\[^\s\\]*)*\\[!-/:-@\[\]^-{-~]`)
	filePathEnd = regexp.MustCompile(`[A-Za-z]:\\\S*\\$`)
)

// warnOfDoubt warns where a sign that was taken as a mark may have been meant as
// itself: 本金*利率*天数 loses its stars to emphasis, and so does 2*3 与 4*5.
func (r *rendering) warnOfDoubt(root ast.Node) {
	warned := map[int]bool{}
	paths := bytes.IndexByte(r.source, '\\') >= 0
	walk(root, func(n ast.Node) {
		if t, ok := n.(*ast.Text); ok && paths && !t.IsRaw() && (networkPath.Match(t.Segment.Value(r.source)) || filePath.Match(t.Segment.Value(r.source)) || t.HardLineBreak() && filePathEnd.Match(r.source[:t.Segment.Stop+1])) {
			r.warnings.Add(r.place(r.lines.at(t.Segment.Start)), "markdown.backslash", nil)
		}
		r.warnOfBlock(n)
		_, emphasis := n.(*ast.Emphasis)
		_, strike := n.(*extast.Strikethrough)
		if !emphasis && !strike {
			return
		}
		e, ok := edgesOf(n, r.source)
		if line := r.lines.at(e.start); ok && e.doubtful() && !warned[line] {
			warned[line] = true
			r.warnings.Add(r.place(line), "markdown.marks_taken", errs.Args{"words": shorten(string(r.source[e.start:e.stop]))})
		}
	})
}

var (
	ends       = regexp.MustCompile(`[。！？；：，!?;:,]$`)
	comparison = regexp.MustCompile(`^\s*>\s*[0-9０-９]`)
	signed     = regexp.MustCompile(`^\s*[+-]\s+[0-9０-９]`)
	padded0    = regexp.MustCompile(`^\s*0[0-9]+[.)]`)
)

// warnOfBlock warns where the sign at the beginning of a line, or the line below it,
// may not have been meant to make a heading, a quotation, a list or code of it.
func (r *rendering) warnOfBlock(n ast.Node) {
	line := func(at int) string {
		start := lineStart(r.source, at)
		return strings.TrimRight(string(r.source[start:lineEnd(r.source, start)]), "\r\n")
	}
	taken := func(at int, pattern *regexp.Regexp) {
		if words := line(at); pattern.MatchString(words) {
			r.warnings.Add(r.place(r.lines.at(at)), "markdown.marks_taken", errs.Args{"words": shorten(strings.TrimSpace(words))})
		}
	}
	switch n := n.(type) {
	case *ast.Heading:
		if n.Lines().Len() == 0 || strings.HasPrefix(strings.TrimLeft(line(n.Lines().At(0).Start), " \t>"), "#") {
			return
		}
		words := strings.TrimSpace(inlineText(n, r.source))
		if n.Lines().Len() > 1 || utf8.RuneCountInString(words) > 40 || strings.Contains(words, "。") || ends.MatchString(words) {
			r.warnings.Add(r.place(r.lines.of(n)), "markdown.underlined", errs.Args{"words": shorten(words)})
		}
	case *ast.Blockquote:
		if at := n.FirstChild(); at != nil && at.Type() == ast.TypeBlock && at.Lines().Len() > 0 {
			taken(at.Lines().At(0).Start, comparison)
		}
	case *ast.ListItem:
		list, at := n.Parent().(*ast.List), n.FirstChild()
		if at == nil || at.Type() != ast.TypeBlock || at.Lines().Len() == 0 {
			return
		}
		if list.IsOrdered() {
			taken(at.Lines().At(0).Start, padded0)
		} else if list.ChildCount() == 1 && list.Marker != '*' {
			taken(at.Lines().At(0).Start, signed)
		}
	case *ast.CodeBlock:
		if n.Lines().Len() > 0 && strings.ContainsFunc(line(n.Lines().At(0).Start), func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
			r.warnings.Add(r.place(r.lines.of(n)), "markdown.indented", errs.Args{"words": shorten(strings.TrimSpace(line(n.Lines().At(0).Start)))})
		}
	}
}

// edges are the two runs of marks around a stretch of text, with the characters
// on both sides of each.
type edges struct {
	mark             byte
	opening, closing int // marks of each run
	start, stop      int // of the stretch with its marks, in the source
	before, first    rune
	last, after      rune
}

func edgesOf(n ast.Node, source []byte) (e edges, ok bool) {
	from, to := -1, -1
	walk(n, func(n ast.Node) {
		if t, is := n.(*ast.Text); is && t.Segment.Stop > t.Segment.Start {
			if from < 0 {
				from = t.Segment.Start
			}
			to = t.Segment.Stop
		}
	})
	isMark := func(i int) bool { return i >= 0 && i < len(source) && strings.IndexByte("*_~", source[i]) >= 0 }
	for from > 0 && !isMark(from-1) && source[from-1] != '\n' && strings.IndexByte("`[!<(\\", source[from-1]) >= 0 {
		from--
	}
	for to >= 0 && to < len(source) && !isMark(to) && source[to] != '\n' {
		to++
	}
	if from <= 0 || !isMark(from-1) || !isMark(to) {
		return edges{}, false
	}
	e.start, e.stop, e.mark = from, to, source[from-1]
	for e.start > 0 && source[e.start-1] == e.mark {
		e.start--
	}
	for e.stop < len(source) && source[e.stop] == source[to] {
		e.stop++
	}
	e.opening, e.closing = from-e.start, e.stop-to
	e.before, _ = utf8.DecodeLastRune(source[:e.start])
	e.first, _ = utf8.DecodeRune(source[from:])
	e.last, _ = utf8.DecodeLastRune(source[:to])
	e.after, _ = utf8.DecodeRune(source[e.stop:])
	return e, true
}

// doubtful reports whether the marks may be a multiplication, a range or a blank.
func (e edges) doubtful() bool {
	switch {
	case unicode.IsDigit(e.before) && unicode.IsDigit(e.first), unicode.IsDigit(e.last) && unicode.IsDigit(e.after):
		return true
	case closesText(e.first), unicode.Is(unicode.Ps, e.last): // 《*》和《*》, (__), and (__)
		return true
	case e.mark == '_':
		return e.opening > 2 || e.closing > 2
	case e.opening == 1:
		return endsOperand(e.before) && beginsOperand(e.first) && endsOperand(e.last) && beginsOperand(e.after)
	}
	// Bold inside a Chinese sentence is usual; inside a word or number it is not.
	return e.before < utf8.RuneSelf && endsOperand(e.before) && e.after < utf8.RuneSelf && beginsOperand(e.after)
}

// endsOperand reports whether what stands before an operator may end so.
func endsOperand(r rune) bool {
	return isWord(r) || unicode.Is(unicode.Pe, r) || r == '%' || r == '％' || r == '‰'
}

func beginsOperand(r rune) bool { return isWord(r) || unicode.Is(unicode.Ps, r) }

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// closesText reports whether a character belongs to what stands before it.
func closesText(r rune) bool {
	return unicode.Is(unicode.Pe, r) || strings.ContainsRune(",.;:，。；：、", r)
}
