package markdownx

import (
	"encoding/xml"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// XHTML writes sanitised HTML so that an XML parser reads it: elements closed,
// attributes quoted, entities resolved.
func XHTML(source string) string {
	var b strings.Builder
	for _, n := range fragment(source) {
		writeXHTML(&b, n)
	}
	return b.String()
}

// Words is the text of HTML without its marks, scripts and styles.
func Words(source string) string {
	var b strings.Builder
	var add func(n *html.Node)
	add = func(n *html.Node) {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Noscript:
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			add(c)
		}
	}
	for _, n := range fragment(source) {
		add(n)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func fragment(source string) []*html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return []*html.Node{{Type: html.TextNode, Data: source}} // a string reader does not fail
	}
	return nodes
}

func writeXHTML(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		escapeXML(b, n.Data)
	case html.ElementNode:
		b.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			if a.Namespace == "" {
				b.WriteString(" " + a.Key + `="`)
				escapeXML(b, a.Val)
				b.WriteString(`"`)
			}
		}
		if n.FirstChild == nil {
			b.WriteString("/>")
			return
		}
		b.WriteString(">")
		for c := range n.ChildNodes() {
			writeXHTML(b, c)
		}
		b.WriteString("</" + n.Data + ">")
	}
}

// escapeXML cannot fail: a strings.Builder takes everything.
func escapeXML(b *strings.Builder, s string) { _ = xml.EscapeText(b, []byte(s)) }
