package docx

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// Document is a Word file as Markdown, with what could not be taken over.
type Document struct {
	Markdown string
	Warnings []errs.Fault
}

// numberedText is the text as Word for the web may name it.
var numberedText = regexp.MustCompile(`^word/document[0-9]+\.xml$`)

// The parts as Word usually names them; others are found by the links to them.
const (
	textPart      = "word/document.xml"
	stylesPart    = "word/styles.xml"
	numberingPart = "word/numbering.xml"
	footnotesPart = "word/footnotes.xml"
	endnotesPart  = "word/endnotes.xml"
)

// Is reports whether the bytes may be a Word file: a zip archive.
func Is(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Read reads a Word file. Invalid when it is none.
func Read(raw []byte) (Document, error) {
	files, err := archive.FromZip(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return Document{}, err
	}
	text := textPart
	for _, name := range files.Names() {
		if _, usual := files[textPart]; !usual && numberedText.MatchString(name) {
			text = name
		}
	}
	part, there := files[text]
	if !there {
		return Document{}, errs.New(errs.Invalid, "policies.docx_no_text", nil)
	}
	r := &reader{styles: map[string]style{}, numbers: newNumbers(), links: map[string]string{}, footnotes: map[string]*node{}, endnotes: map[string]*node{}}
	for name, read := range map[string]func(*node){
		linked(files, text, "styles", stylesPart):       r.readStyles,
		linked(files, text, "numbering", numberingPart): r.numbers.read,
		linksOf(text): r.readLinks,
		linked(files, text, "footnotes", footnotesPart): notesInto(r.footnotes),
		linked(files, text, "endnotes", endnotesPart):   notesInto(r.endnotes),
	} {
		if data, there := files[name]; there {
			n, err := root(data)
			if err != nil {
				return Document{}, unreadable(name, err)
			}
			read(n)
		}
	}
	if err := r.readBody(newParser(part)); err != nil {
		return Document{}, unreadable(text, err)
	}
	r.readMargins(files)
	return Document{Markdown: strings.TrimSpace(r.out.String()) + "\n", Warnings: r.notices.faults()}, nil
}

// linksOf is the part that holds the links of a part.
func linksOf(part string) string {
	folder, file := path.Split(part)
	return folder + "_rels/" + file + ".rels"
}

// linked is the part of a kind that a part links to, else the usual one.
func linked(files archive.Files, part, kind, usual string) string {
	raw, there := files[linksOf(part)]
	if !there {
		return usual
	}
	links, err := root(raw)
	if err != nil {
		return usual // the text itself may be whole
	}
	for _, l := range links.children {
		if target := l.value("Target"); strings.HasSuffix(l.value("Type"), "/"+kind) {
			if name, absolute := strings.CutPrefix(target, "/"); absolute {
				return name
			}
			return path.Join(path.Dir(part), target)
		}
	}
	return usual
}

func unreadable(part string, err error) error {
	return errs.New(errs.Invalid, "policies.docx_unreadable", errs.Args{"part": part}).Because(err)
}

// reader is a Word file while it is read.
type reader struct {
	styles              map[string]style
	numbers             *numbers
	links               map[string]string // addresses by the id of their relation
	footnotes, endnotes map[string]*node
	noted               int      // notes so far
	fields              []*field // open ones, from the outermost
	open                *prose   // a paragraph that goes on in the next
	depth               int      // of the bullet that was written last, from 1; 0: another paragraph
	out                 strings.Builder
	withheld            strings.Builder // the table of contents
	notices             notices
	failed              error
}

// readBody writes the blocks of the text one after the other.
func (r *reader) readBody(p *parser) error {
	for {
		start, err := p.next()
		switch {
		case err != nil:
			return err
		case start == nil:
			r.close()
			return nil
		}
		if name := nameOf(start.Name); name == "w:document" || name == "w:body" {
			continue
		}
		p.elements = 0
		n, err := p.node(*start, 2)
		if err != nil {
			return err
		}
		if n.name == "w:background" {
			continue
		}
		if err := r.block(n); err != nil {
			return err
		}
		if r.failed != nil {
			return r.failed
		}
	}
}

// close writes what waited for an end that never came.
func (r *reader) close() {
	if r.inContents() {
		r.out.WriteString(strings.TrimSpace(r.withheld.String()) + "\n\n")
	}
	for _, f := range r.fields {
		if !f.result && f.instruction != "" {
			r.warn("policies.docx_field", strings.TrimSpace(f.instruction))
		}
	}
	if r.open != nil {
		last := r.open
		r.open = nil
		r.write(last, kind{})
	}
}

func (r *reader) readLinks(part *node) {
	for _, n := range part.children {
		if strings.HasSuffix(n.value("Type"), "/hyperlink") {
			r.links[n.value("Id")] = n.value("Target")
		}
	}
}

// notesInto collects the notes of a part, without the lines between them and the
// text.
func notesInto(notes map[string]*node) func(*node) {
	return func(part *node) {
		for _, n := range part.children {
			if kind := n.value("type"); kind == "" || kind == "normal" {
				notes[n.value("id")] = n
			}
		}
	}
}

var (
	marginPart = regexp.MustCompile(`^word/(?:header|footer)[0-9]*\.xml$`)
	partWords  = regexp.MustCompile(`<w:t(?: [^>]*)?>([^<]*[\p{L}][^<]*)<`)
)

// readMargins names headers and footers that hold words.
func (r *reader) readMargins(files map[string][]byte) {
	for name, data := range files {
		if m := partWords.FindSubmatch(data); marginPart.MatchString(name) && m != nil {
			r.warn("policies.docx_margins", "")
			return
		}
	}
}
