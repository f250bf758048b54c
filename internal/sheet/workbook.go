package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// unpackedLimit is what a workbook may unfold to: a bomb stops there.
const unpackedLimit = 200 << 20

// book is an XLSX workbook (ECMA-376 part 1): its sheets, the texts that they share
// and the number formats of their cells.
type book struct {
	parts    map[string]*zip.File // by name, in small letters
	left     int64                // bytes that may still be unfolded
	pages    []page
	shared   []string
	styles   styles
	date1904 bool // days are counted from 1904, as old programs for the Mac did
}

// page is a sheet of a workbook.
type page struct {
	name   string
	part   string
	hidden bool
}

func openBook(raw []byte) (*book, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	b := &book{parts: map[string]*zip.File{}, left: unpackedLimit}
	for _, f := range archive.File {
		b.parts[partName(f.Name)] = f
	}
	main := "xl/workbook.xml"
	links, err := b.links("")
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if strings.HasSuffix(l.kind, "/officeDocument") {
			main = l.target
		}
	}
	if b.parts[main] == nil {
		return nil, errors.New("no workbook inside")
	}
	if links, err = b.links(main); err != nil {
		return nil, err
	}
	if err := b.readMain(main, links); err != nil {
		return nil, err
	}
	if len(b.pages) == 0 {
		return nil, errors.New("no sheet inside")
	}
	for _, l := range links {
		switch {
		case strings.HasSuffix(l.kind, "/sharedStrings") && b.parts[l.target] != nil: // else no cell shares one
			err = b.readShared(l.target)
		case strings.HasSuffix(l.kind, "/styles"):
			err = b.readStyles(l.target)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.target, err)
		}
	}
	return b, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// link says which part of the workbook another one means by an id.
type link struct{ id, kind, target string }

// links reads the links of a part; of "", those of the whole file. No file, no links.
func (b *book) links(part string) (all []link, err error) {
	folder, file := path.Split(part)
	rels := folder + "_rels/" + file + ".rels"
	if b.parts[rels] == nil {
		return nil, nil
	}
	err = b.each(rels, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, strings.ReplaceAll(target, `\`, "/"))
			}
			all = append(all, link{attr(e, "Id"), attr(e, "Type"), partName(target)})
		}
		return nil
	})
	return all, err
}

// readMain reads the list of sheets and from which year days are counted.
func (b *book) readMain(part string, links []link) error {
	return b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.date1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			p := page{name: attr(e, "name"), hidden: strings.HasSuffix(strings.ToLower(attr(e, "state")), "hidden")}
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					id = a.Value
				}
			}
			for _, l := range links {
				if l.id == id && strings.HasSuffix(l.kind, "/worksheet") {
					p.part = l.target
				}
			}
			if p.part != "" { // else a chart that fills a sheet
				b.pages = append(b.pages, p)
			}
		}
		return nil
	})
}

// readShared reads the texts that cells share.
func (b *book) readShared(part string) error {
	return b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := richText(d)
		b.shared = append(b.shared, text)
		return err
	})
}

// each visits the elements of a part of the workbook, in their order.
func (b *book) each(part string, visit func(d *xml.Decoder, e xml.StartElement) error) error {
	f := b.parts[part]
	if f == nil {
		return fmt.Errorf("%s is missing", part)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(&budget{r, &b.left})
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := visit(d, e); err != nil {
				return err
			}
		}
	}
}

// budget stops a reader when what all parts may unfold to is used up.
type budget struct {
	io.Reader
	left *int64
}

func (r *budget) Read(p []byte) (int, error) {
	if *r.left <= 0 {
		return 0, errors.New("it unfolds to too much")
	}
	n, err := r.Reader.Read(p)
	*r.left -= int64(n)
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }
