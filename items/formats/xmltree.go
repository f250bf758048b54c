package formats

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// Limits of an XML file. A node costs more memory than its bytes, so their
// number is bounded beside MaxBytes.
const (
	maxNodes = 400_000
	maxDepth = 200
)

// node is an element of an XML file, or a piece of text when its name is empty.
// Names and attributes are in lower case without hyphens and without the qti
// prefix, so that all versions of QTI look the same: assessmentitem.
type node struct {
	name     string
	space    string
	line     int
	text     string
	attrs    map[string]string
	children []*node
}

// readXML reads a file into a tree. Entities of the file's own and external ones
// are refused, not resolved.
func readXML(file string, source []byte, faults *errs.Faults) *node {
	fail := func(line int, code string, args errs.Args) *node {
		faults.Add(errs.Place{File: file, Line: line}, code, args)
		return nil
	}
	if len(source) > MaxBytes {
		return fail(0, "quizzes.file_too_large", errs.Args{"most": MaxBytes >> 20})
	}
	source, known := decodeXML(source)
	dec := xml.NewDecoder(bytes.NewReader(source))
	dec.CharsetReader = charset.NewReaderLabel
	if known {
		dec.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	}
	root := &node{}
	open := []*node{root}
	for nodes := 0; ; nodes++ {
		token, err := dec.Token()
		line, _ := dec.InputPos()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fail(line, "quizzes.bad_xml", errs.Args{"error": xmlError(err)})
		}
		if nodes > maxNodes || len(open) > maxDepth {
			return fail(line, "quizzes.xml_too_large", nil)
		}
		parent := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: plainName(t.Name.Local), space: t.Name.Space, line: line}
			if len(t.Attr) > 0 {
				n.attrs = make(map[string]string, len(t.Attr))
				for _, a := range t.Attr {
					n.attrs[plainName(a.Name.Local)] = a.Value
				}
			}
			parent.children = append(parent.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				parent.children = append(parent.children, &node{text: string(t), line: line})
			}
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				return fail(line, "quizzes.xml_entities", nil)
			}
		}
	}
	if len(root.children) == 0 {
		return fail(0, "quizzes.no_questions", nil)
	}
	return root.children[0]
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']`)

// decodeXML makes UTF-8 of bytes whose encoding the file does not name, or names
// wrongly: UTF-16 with its mark, and what is called UTF-8 and is none. Known is false
// where the declaration is to be followed.
func decodeXML(source []byte) (text []byte, known bool) {
	bare := bytes.TrimPrefix(source, []byte("\ufeff"))
	named := ""
	if m := xmlEncoding.FindSubmatch(bare[:min(len(bare), 200)]); m != nil {
		named = strings.ToLower(string(m[1]))
	}
	if named != "" && named != "utf-8" && named != "utf8" || utf8.Valid(bare) {
		return bare, false
	}
	if text, _, ok := archive.Text(source); ok {
		return text, true
	}
	return bare, false
}

// xmlError is the decoder's message without its line, which the fault has.
func xmlError(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return cut(syntax.Msg, 200)
	}
	return cut(err.Error(), 200)
}

var hyphens = strings.NewReplacer("-", "")

func plainName(name string) string {
	return hyphens.Replace(strings.TrimPrefix(strings.ToLower(name), "qti-"))
}

// attr is the value of an attribute, "" without one; a nil node has none.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// child is the first element of the name, nil without one.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all are the direct children of the name.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var found []*node
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// find lists the elements of one of the names anywhere below, in the order of
// the file; it does not look inside what it found.
func (n *node) find(names ...string) []*node {
	if n == nil {
		return nil
	}
	var found []*node
	for _, c := range n.children {
		hit := false
		for _, name := range names {
			hit = hit || c.name == name
		}
		if hit {
			found = append(found, c)
		} else if c.name != "" {
			found = append(found, c.find(names...)...)
		}
	}
	return found
}

// content is all text below the node, trimmed.
func (n *node) content() string {
	var b strings.Builder
	n.addText(&b)
	return strings.TrimSpace(b.String())
}

func (n *node) addText(b *strings.Builder) {
	if n == nil {
		return
	}
	b.WriteString(n.text)
	for _, c := range n.children {
		c.addText(b)
	}
}
