package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// Document is a Word file as Markdown, with what could not be taken over.
type Document struct {
	Markdown string
	Warnings []errs.Fault
}

const (
	textPart      = "word/document.xml"
	stylesPart    = "word/styles.xml"
	numberingPart = "word/numbering.xml"
	maxDepth      = 200 // of XML elements inside one another
	maxColumns    = 63  // of a table: what Word allows; short rows are filled up
)

// Is reports whether the bytes may be a Word file: a zip archive.
func Is(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Read reads a Word file. Invalid when it is none.
func Read(raw []byte) (Document, error) {
	files, err := archive.FromZip(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return Document{}, err
	}
	part, there := files[textPart]
	if !there {
		return Document{}, errs.New(errs.Invalid, "policies.docx_no_text", nil)
	}
	r := &reader{styles: map[string]style{}, numbers: newNumbers()}
	for name, read := range map[string]func(*xml.Decoder) error{stylesPart: r.readStyles, numberingPart: r.numbers.read} {
		if data, there := files[name]; there {
			if err := read(xml.NewDecoder(bytes.NewReader(data))); err != nil {
				return Document{}, unreadable(name, err)
			}
		}
	}
	if err := r.readBody(xml.NewDecoder(bytes.NewReader(part))); err != nil {
		return Document{}, unreadable(textPart, err)
	}
	return Document{Markdown: strings.TrimSpace(r.out.String()) + "\n", Warnings: r.warnings.List()}, nil
}

func unreadable(part string, err error) error {
	return errs.New(errs.Invalid, "policies.docx_unreadable", errs.Args{"part": part}).Because(err)
}

// style is what of a paragraph style matters here.
type style struct {
	heading int // 1 to 6; 0: none
	list    place
}

// place is a paragraph's place in a list; id is empty outside one.
type place struct {
	id    string
	level int
}

type reader struct {
	styles   map[string]style
	numbers  *numbers
	out      strings.Builder
	warnings errs.Faults
	warned   map[string]bool
}

// element is a start tag with its attributes by local name: Word's namespaces
// differ between its strict and its usual form.
type element struct {
	name string
	attr map[string]string
}

func elementOf(t xml.StartElement) element {
	e := element{name: t.Name.Local, attr: map[string]string{}}
	for _, a := range t.Attr {
		e.attr[a.Name.Local] = a.Value
	}
	return e
}

// each visits the elements below the decoder's place until the element that it
// stands in ends.
func each(d *xml.Decoder, depth int, visit func(e element, depth int) error, text func([]byte)) error {
	if depth > maxDepth {
		return errors.New("elements are too deep inside one another")
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := visit(elementOf(t), depth+1); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		case xml.Directive:
			return fmt.Errorf("a document type is not expected")
		}
	}
}

// readStyles notes which styles are headings or lists.
func (r *reader) readStyles(d *xml.Decoder) error {
	var id string
	var now style
	var visit func(e element, depth int) error
	visit = func(e element, depth int) error {
		switch e.name {
		case "style":
			id, now = e.attr["styleId"], style{}
			err := each(d, depth, visit, nil)
			r.styles[id] = now
			return err
		case "name":
			var n int
			if _, err := fmt.Sscanf(strings.ToLower(e.attr["val"]), "heading %d", &n); err == nil {
				now.heading = min(max(n, 1), 6)
			} else if strings.EqualFold(e.attr["val"], "title") {
				now.heading = 1
			}
		case "outlineLvl":
			if n := number(e.attr["val"]); n < 6 && now.heading == 0 {
				now.heading = n + 1
			}
		case "numId":
			now.list.id = e.attr["val"]
		case "ilvl":
			now.list.level = number(e.attr["val"])
		}
		return each(d, depth, visit, nil)
	}
	return each(d, 0, visit, nil)
}

func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1_000_000 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func (r *reader) warn(code string) {
	if r.warned == nil {
		r.warned = map[string]bool{}
	}
	if !r.warned[code] {
		r.warned[code] = true
		r.warnings.Add(errs.Place{}, code, nil)
	}
}
