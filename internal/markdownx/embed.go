package markdownx

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Video is a recording that a text shows, with its captions.
type Video struct {
	URL      string
	Captions []Caption
}

// Caption is what is said in a video, in one language.
type Caption struct {
	Locale string // zh-Hans
	Label  string // 简体中文
	URL    string
}

// Check is a question inside a text: a code block of the kind check. Its place
// in the page is <div id="check-N">, N from 1.
type Check struct {
	Source string
	Line   int // of the file, where the question begins
}

// video is what an image that names a video shows.
func (r *rendering) video(n *ast.Image) (Video, bool) {
	if r.opts.Video == nil {
		return Video{}, false
	}
	return r.opts.Video(string(unescape(n.Destination)))
}

// showVideo puts a player in the place of the image.
func (r *rendering) showVideo(n *ast.Image, v Video) {
	var b strings.Builder
	fmt.Fprintf(&b, `<video controls="" preload="metadata" src="%s" title="%s">`, html.EscapeString(v.URL), html.EscapeString(inlineText(n, r.source)))
	for _, c := range v.Captions {
		fmt.Fprintf(&b, `<track kind="captions" srclang="%s" label="%s" src="%s">`, html.EscapeString(c.Locale), html.EscapeString(c.Label), html.EscapeString(c.URL))
	}
	b.WriteString("</video>")
	n.Parent().ReplaceChild(n.Parent(), n, ready(b.String()))
}

// takeChecks takes the questions out of the text and leaves their places.
func (r *rendering) takeChecks(root ast.Node) {
	if !r.opts.Checks {
		return
	}
	var blocks []*ast.FencedCodeBlock
	walk(root, func(n ast.Node) {
		if b, ok := n.(*ast.FencedCodeBlock); ok && string(b.Language(r.source)) == "check" {
			blocks = append(blocks, b)
		}
	})
	for i, b := range blocks {
		var source strings.Builder
		for k := range b.Lines().Len() {
			line := b.Lines().At(k)
			source.Write(line.Value(r.source))
		}
		line := r.lines.of(b)
		if b.Lines().Len() > 0 {
			line = r.lines.at(b.Lines().At(0).Start)
		}
		r.doc.Checks = append(r.doc.Checks, Check{Source: source.String(), Line: r.place(line).Line})
		place := ast.NewTextBlock()
		place.AppendChild(place, ready(fmt.Sprintf(`<div class="check" id="check-%d"></div>`, i+1)))
		b.Parent().ReplaceChild(b.Parent(), b, place)
	}
}

// ready is HTML of our own making, written as it is.
func ready(markup string) *ast.String {
	s := ast.NewString([]byte(markup))
	s.SetCode(true)
	return s
}
