package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxDepth    = 200     // of XML elements inside one another
	maxElements = 400_000 // of one block of the text, or of another part
)

// node is an XML element with what stands in it.
type node struct {
	name     string // with the usual prefix of its namespace: w:p, m:f
	attr     map[string]string
	children []*node
	text     string // of an element that holds characters alone
}

// prefixes are the usual ones of the namespaces that a text is written in; Word's
// strict form has its own addresses for the same elements.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic",
	"http://purl.oclc.org/ooxml/drawingml/picture":                           "pic",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 "c",
	"http://purl.oclc.org/ooxml/drawingml/chart":                             "c",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":               "dgm",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                           "dgm",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc",
	"http://schemas.microsoft.com/office/word/2010/wordml":                   "w14",
	"http://schemas.microsoft.com/office/word/2012/wordml":                   "w15",
	"http://schemas.microsoft.com/office/word/2015/wordml/symex":             "w16se",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      "wps",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":      "wpg",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas":     "wpc",
	"urn:schemas-microsoft-com:vml":                                          "v",
	"urn:schemas-microsoft-com:office:office":                                "o",
}

// nameOf is an element's name; an unknown namespace is left out.
func nameOf(n xml.Name) string {
	prefix, known := prefixes[n.Space]
	switch {
	case known:
		return prefix + ":" + n.Local
	case n.Space != "" && !strings.ContainsAny(n.Space, ":/"): // a prefix that was not declared
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// parser builds nodes, no more and no deeper than the limits.
type parser struct {
	d        *xml.Decoder
	elements int
}

func newParser(raw []byte) *parser { return &parser{d: xml.NewDecoder(bytes.NewReader(raw))} }

// next is the next start of an element, nil at the end of the file.
func (p *parser) next() (*xml.StartElement, error) {
	for {
		token, err := p.d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return &t, nil
		case xml.Directive:
			return nil, errors.New("a document type is not expected")
		}
	}
}

// node reads the element to its end.
func (p *parser) node(start xml.StartElement, depth int) (*node, error) {
	if p.elements++; depth > maxDepth || p.elements > maxElements {
		return nil, errors.New("there are too many elements, or too deep inside one another")
	}
	n := &node{name: nameOf(start.Name)}
	if len(start.Attr) > 0 {
		n.attr = make(map[string]string, len(start.Attr))
		for _, a := range start.Attr {
			n.attr[a.Name.Local] = a.Value
		}
	}
	var text strings.Builder
	for {
		token, err := p.d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			child, err := p.node(t, depth+1)
			if err != nil {
				return nil, err
			}
			n.children = append(n.children, child)
		case xml.CharData:
			text.Write(t)
		case xml.Directive:
			return nil, errors.New("a document type is not expected")
		case xml.EndElement:
			if len(n.children) == 0 {
				n.text = text.String()
			}
			return n, nil
		}
	}
}

// root reads a whole part.
func root(raw []byte) (*node, error) {
	p := newParser(raw)
	start, err := p.next()
	if err != nil || start == nil {
		return &node{}, err
	}
	return p.node(*start, 0)
}

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

// at goes down by names; nil when there is no such element.
func (n *node) at(names ...string) *node {
	for _, name := range names {
		n = n.child(name)
	}
	return n
}

// val is the attribute that Word writes most values into.
func (n *node) val() string { return n.value("val") }

func (n *node) value(attribute string) string {
	if n == nil {
		return ""
	}
	return n.attr[attribute]
}

// on reports whether a property that is there or not is there.
func (n *node) on() bool {
	switch n.val() {
	case "0", "false", "off", "none":
		return false
	}
	return n != nil
}

// find calls visit for each element below that has one of the names, not for what
// stands inside those.
func (n *node) find(visit func(*node), names ...string) {
	for _, c := range n.children {
		found := false
		for _, name := range names {
			found = found || c.name == name
		}
		if found {
			visit(c)
		} else {
			c.find(visit, names...)
		}
	}
}

func (n *node) has(names ...string) (found bool) {
	n.find(func(*node) { found = true }, names...)
	return found
}
