package markdownx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"anwen/internal/errs"
)

// MaxSize is the most bytes of one Markdown text.
const MaxSize = 2 << 20

// Options says how to render one text.
type Options struct {
	// File names the text in faults.
	File string
	// FirstLine is the line of the file that the source starts at; 0 means 1.
	FirstLine int
	// Image returns the URL for an image name as it is written in the text, and
	// whether there is such an image. Nil: the text may have no images.
	Image func(name string) (url string, ok bool)
	// TakeTitle leaves the level-1 heading that opens the text out of HTML and
	// Plain, because the page shows Document.Title itself.
	TakeTitle bool
	// Citations lets links of the form policy:CODE#CLAUSE stand; the caller has
	// to check that there is such a clause.
	Citations bool
	// Attachment returns the URL for a file as a link writes its name. Nil, or a
	// name that it does not know: an ordinary link.
	Attachment func(name string) (url string, ok bool)
	// Video likewise returns what an image that names a video shows.
	Video func(name string) (Video, bool)
	// Checks takes code blocks of the kind check out as questions.
	Checks bool
}

// Document is a rendered text.
type Document struct {
	HTML     string
	Plain    string
	Title    string // of the level-1 heading that opens the text, or empty
	Headings []Heading
	// Citations are the clauses that the text links to, in its order.
	Citations []Citation
	Checks    []Check      // questions inside the text, in its order
	Warnings  []errs.Fault // what was left out or may be meant otherwise, such as raw HTML
}

// Heading is an entry of the table of contents.
type Heading struct {
	Level int
	ID    string
	Text  string
	Line  int
}

var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.Linkify, extension.TaskList, extension.DefinitionList, extension.Footnote,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), // the page's policy forbids style=""
	),
	goldmark.WithParserOptions(
		parser.WithAutoHeadingID(),
		// Before the standard emphasis parser, which stands at 500.
		parser.WithInlineParsers(util.Prioritized(emphasisParser{}, 450), util.Prioritized(blankParser{}, 450), util.Prioritized(strikeParser{}, 500)),
	),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500))),
)

// Render turns the source into a document. With faults the document is still
// safe to show, but the text should be refused.
func Render(source []byte, opts Options) (Document, []errs.Fault) {
	r := &rendering{opts: opts}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	r.source, r.lines = source, newLines(source)
	if !r.withinBounds() {
		return Document{}, r.faults.List()
	}
	root := r.parse()
	if n := tooDeep(root); n != nil {
		r.fault(r.lines.of(n), "markdown.too_nested", errs.Args{"limit": maxDepth})
		return Document{}, r.faults.List()
	}
	linkAddresses(root, source)
	r.warnOfLost(root)
	r.warnOfDoubt(root)
	r.takeTitle(root)
	r.takeChecks(root)
	r.markCallouts(root)
	r.cleanLinks(root)
	showTasks(root)
	keepNumbers(root, source)
	joinHan(root, source)
	r.collectHeadings(root)
	var html bytes.Buffer
	if err := markdown.Renderer().Render(&html, source, root); err != nil {
		r.fault(1, "markdown.unreadable", errs.Args{"reason": err})
		return Document{}, r.faults.List()
	}
	r.doc.HTML = strings.TrimSpace(sanitiser.Sanitize(html.String()))
	r.doc.Plain = plain(root, source)
	r.doc.Warnings = r.warnings.List()
	return r.doc, r.faults.List()
}

type rendering struct {
	opts     Options
	source   []byte
	lines    lines
	doc      Document
	faults   errs.Faults
	warnings errs.Faults
}

func (r *rendering) parse() ast.Node {
	return markdown.Parser().Parse(text.NewReader(r.source), parser.WithContext(parser.NewContext(parser.WithIDs(newIDs()))))
}

func (r *rendering) fault(line int, code string, args errs.Args) {
	r.faults.Add(r.place(line), code, args)
}

func (r *rendering) place(line int) errs.Place {
	if r.opts.FirstLine > 1 {
		line += r.opts.FirstLine - 1
	}
	return errs.Place{File: r.opts.File, Line: line}
}

func (r *rendering) withinBounds() bool {
	switch {
	case len(r.source) > MaxSize:
		r.fault(1, "markdown.too_large", errs.Args{"limit": fmt.Sprintf("%d MB", MaxSize>>20)})
	case !utf8.Valid(r.source):
		r.fault(r.lines.at(firstInvalid(r.source)), "markdown.not_utf8", nil)
	default:
		if line, code := tooCostly(r.source); code != "" {
			r.fault(line, code, nil)
		}
	}
	return r.faults.Len() == 0
}

func firstInvalid(source []byte) int {
	for i := 0; i < len(source); {
		c, size := utf8.DecodeRune(source[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}

func (r *rendering) takeTitle(root ast.Node) {
	h, ok := root.FirstChild().(*ast.Heading)
	if !ok || h.Level != 1 {
		return
	}
	r.doc.Title = strings.TrimSpace(inlineText(h, r.source))
	if r.opts.TakeTitle {
		root.RemoveChild(root, h)
	}
}

func (r *rendering) collectHeadings(root ast.Node) {
	walk(root, func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		id, _ := h.AttributeString("id")
		raw, _ := id.([]byte)
		r.doc.Headings = append(r.doc.Headings, Heading{
			Level: h.Level, ID: string(raw), Text: strings.TrimSpace(inlineText(h, r.source)), Line: r.lines.of(h),
		})
	})
}

// walk visits every node on the way down.
func walk(root ast.Node, visit func(ast.Node)) {
	// The visitor never fails, and so Walk does not.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}
