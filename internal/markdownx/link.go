package markdownx

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"anwen/internal/errs"
)

// cleanLinks takes out what may not be linked or shown, leaving its words.
func (r *rendering) cleanLinks(root ast.Node) {
	var refused []ast.Node
	var breaks []*ast.RawHTML
	videos := map[*ast.Image]Video{}
	walk(root, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			switch {
			case r.cite(n) || r.file(n):
			case !linkable(string(n.Destination)):
				r.fault(r.lines.of(n), "markdown.link_refused", errs.Args{"link": shorten(string(n.Destination))})
				refused = append(refused, n)
			case onlyWords(string(n.Destination)):
				r.warnings.Add(r.place(r.lines.of(n)), "markdown.link_words", errs.Args{"words": shorten(string(n.Destination))})
			}
		case *ast.AutoLink:
			if url := string(n.URL(r.source)); n.AutoLinkType != ast.AutoLinkEmail && !linkable(url) {
				r.fault(r.lines.of(n), "markdown.link_refused", errs.Args{"link": shorten(url)})
				refused = append(refused, n)
			}
		case *ast.Image:
			if v, ok := r.video(n); ok {
				videos[n] = v
			} else {
				r.resolveImage(n, &refused)
			}
		case *ast.RawHTML:
			tag := n.Segments.At(0)
			if lineBreak.Match(tag.Value(r.source)) {
				breaks = append(breaks, n)
				return
			}
			r.dropHTML(n, tag.Value(r.source))
			refused = append(refused, n)
		case *ast.HTMLBlock:
			if wordsOfBlock(n, r.source) != "" { // without words it is named as not shown
				r.dropHTML(n, firstLine(n, r.source))
			}
			refused = append(refused, n)
		}
	})
	for _, n := range breaks {
		at := n.Segments.At(0).Start
		end := ast.NewTextSegment(text.NewSegment(at, at))
		end.SetHardLineBreak(true)
		n.Parent().ReplaceChild(n.Parent(), n, end)
	}
	for n, v := range videos {
		r.showVideo(n, v)
	}
	for _, n := range refused {
		unwrap(n, r.source)
	}
}

// lineBreak is the tag that Markdown has no sign for inside a table.
var lineBreak = regexp.MustCompile(`^(?i)<br\s*/?>$`)

// dropHTML warns of a tag that is left out; its words stay.
func (r *rendering) dropHTML(n ast.Node, tag []byte) {
	r.warnings.Add(r.place(r.lines.of(n)), "markdown.html_dropped", errs.Args{"tag": shorten(strings.TrimSpace(string(tag)))})
}

func firstLine(n *ast.HTMLBlock, source []byte) []byte {
	if n.Lines().Len() > 0 {
		line := n.Lines().At(0)
		return line.Value(source)
	}
	return n.ClosureLine.Value(source)
}

var (
	fileEnding = regexp.MustCompile(`\.[A-Za-z][A-Za-z0-9]{0,4}$`)
	quantity   = regexp.MustCompile(`^[0-9][0-9.,]*%?$`)
)

// onlyWords reports whether the address of a link is rather a remark in brackets
// behind a name in brackets: [附件一](含填写说明).
func onlyWords(url string) bool {
	if strings.ContainsAny(url, "/#?:") || fileEnding.MatchString(url) {
		return false
	}
	return strings.ContainsFunc(url, func(r rune) bool { return r >= utf8.RuneSelf }) || quantity.MatchString(url)
}

// file turns a link to a file of the text into its URL.
func (r *rendering) file(n *ast.Link) bool {
	if r.opts.Attachment == nil {
		return false
	}
	url, ok := r.opts.Attachment(string(unescape(n.Destination)))
	if ok {
		n.Destination = []byte(url)
	}
	return ok
}

func (r *rendering) resolveImage(n *ast.Image, refused *[]ast.Node) {
	name := string(n.Destination)
	if r.opts.Image != nil {
		if url, ok := r.opts.Image(name); ok {
			n.Destination = []byte(url)
			return
		}
	}
	code := "markdown.image_unknown"
	if scheme(name) != "" || strings.HasPrefix(name, "//") {
		code = "markdown.image_outside"
	}
	r.fault(r.lines.of(n), code, errs.Args{"image": shorten(name)})
	*refused = append(*refused, n)
}

// unwrap puts the words of a node in its place; a raw tag has none.
func unwrap(n ast.Node, source []byte) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	if block, ok := n.(*ast.HTMLBlock); ok {
		if words := wordsOfBlock(block, source); words != "" {
			kept := ast.NewString([]byte(words))
			kept.SetRaw(true)
			paragraph := ast.NewParagraph()
			paragraph.AppendChild(paragraph, kept)
			parent.InsertBefore(parent, n, paragraph)
		}
	}
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.InsertBefore(parent, n, ast.NewString(auto.Label(source)))
	}
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		parent.InsertBefore(parent, n, child)
		child = next
	}
	parent.RemoveChild(parent, n)
}

// wordsOfBlock are the words between the tags of an HTML block.
func wordsOfBlock(n *ast.HTMLBlock, source []byte) string {
	var b strings.Builder
	for _, line := range blockLines(n) {
		b.Write(line.Value(source))
	}
	return Words(b.String())
}

func blockLines(n *ast.HTMLBlock) []text.Segment {
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		lines = append(lines[:len(lines):len(lines)], n.ClosureLine)
	}
	return lines
}

// linkable reports whether a link may stand: http, https, mailto or relative.
// Browsers drop control characters and read a backslash as a slash, so that
// neither may stand in a link.
func linkable(url string) bool {
	url = string(unescape([]byte(url))) // as the renderer will write it
	for _, c := range url {
		if unicode.IsControl(c) || c == '\\' {
			return false
		}
	}
	url = strings.TrimSpace(url)
	if strings.HasPrefix(url, "//") {
		return false
	}
	switch scheme(url) {
	case "", "http", "https", "mailto":
		return true
	}
	return false
}

// scheme is what stands before a colon that comes before any path, in lower case.
func scheme(url string) string {
	head := url
	if i := strings.IndexAny(url, "/?#"); i >= 0 {
		head = url[:i]
	}
	name, _, found := strings.Cut(head, ":")
	if !found {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(name))
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// sanitiser is the second line: it lets through only what the renderer makes.
var sanitiser = newSanitiser()

func newSanitiser() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre",
		"blockquote", "ul", "li", "table", "thead", "tbody", "tr", "dl", "dt", "dd", "sup", "div")
	p.AllowElements("ol", "th", "td", "img")
	p.AllowAttrs("class").Matching(oneOf("bracketed")).OnElements("ol")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("value").Matching(bluemonday.Integer).OnElements("li")
	p.AllowAttrs("align").Matching(oneOf("left", "center", "right")).OnElements("th", "td")
	p.AllowAttrs("id").Matching(idPattern).OnElements("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")
	p.AllowAttrs("class").Matching(oneOf("footnotes", "footnote-ref", "footnote-backref")).OnElements("div", "a")
	p.AllowAttrs("class").Matching(codeLanguage).OnElements("code")
	p.AllowAttrs("role").Matching(oneOf("doc-endnotes", "doc-noteref", "doc-backlink")).OnElements("div", "a")
	p.AllowAttrs("class").Matching(callout).OnElements("blockquote")
	p.AllowAttrs("class").Matching(oneOf("check")).OnElements("div")
	p.AllowAttrs("id").Matching(checkID).OnElements("div")
	p.AllowAttrs("controls").Matching(oneOf("")).OnElements("video")
	p.AllowAttrs("preload").Matching(oneOf("metadata")).OnElements("video")
	p.AllowAttrs("src", "title").OnElements("video")
	p.AllowAttrs("kind").Matching(oneOf("captions")).OnElements("track")
	p.AllowAttrs("src", "srclang", "label").OnElements("track")
	p.AllowAttrs("href", "title").OnElements("a")
	p.AllowAttrs("src", "alt", "title").OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}
