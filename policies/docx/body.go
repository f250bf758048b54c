package docx

import (
	"regexp"
	"strings"
)

// block writes one block of the text: a paragraph, a table, or what wraps them.
func (r *reader) block(n *node) error {
	switch n.name {
	case "w:p":
		r.paragraph(n)
	case "w:tbl":
		return r.table(n)
	case "w:sdt":
		if isContents(n) {
			r.warn("policies.docx_contents", "")
			return nil
		}
		return r.blocks(n.child("w:sdtContent"))
	case "w:ins", "w:moveTo":
		r.warn("policies.docx_tracked_changes", "")
		return r.blocks(n)
	case "w:customXml", "w:body", "w:txbxContent", "w:document":
		return r.blocks(n)
	case "mc:AlternateContent":
		return r.blocks(alternative(n))
	case "w:sectPr":
	default:
		// What may stand between the words of a paragraph may stand between paragraphs.
		p := &prose{r: r}
		p.read(n)
		r.write(p, kind{})
	}
	return nil
}

func (r *reader) blocks(n *node) error {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if err := r.block(c); err != nil {
			return err
		}
	}
	return nil
}

// isContents reports whether a content control is the table of contents, which
// Word makes of the headings.
func isContents(n *node) bool {
	return n.at("w:sdtPr", "w:docPartObj", "w:docPartGallery").val() == "Table of Contents"
}

// kind is what the style of a paragraph and its place in a list say about it.
type kind struct {
	heading  int
	list     place
	contents bool // an entry of the table of contents
	look     look
}

func (r *reader) kindOf(properties *node) kind {
	s := r.styles[properties.child("w:pStyle").val()]
	k := kind{heading: s.heading, list: placeOf(properties, s.list), look: s.look}
	k.contents = strings.HasPrefix(s.name, "toc ")
	if level := properties.child("w:outlineLvl"); level != nil {
		if n := number(level.val()); n < 6 {
			k.heading = n + 1
		} else if n == 9 {
			k.heading = 0
		}
	}
	return k
}

// typedEntry is a line of a table of contents that somebody typed: a chapter, a
// leader and a page.
var typedEntry = regexp.MustCompile(`^\s*第[^\t。；]{1,60}(?:\t|\.{3,}|…+|·{3,})[\s.…·]*[0-9]{1,4}\s*$`)

// paragraph reads a paragraph and writes it. One whose end was deleted goes on in
// the next.
func (r *reader) paragraph(n *node) {
	properties := n.child("w:pPr")
	k := r.kindOf(properties)
	p := &prose{r: r, base: k.look, now: k.look}
	if r.open != nil {
		p.spans, p.boxes, p.notes = r.open.spans, r.open.boxes, r.open.notes
		r.open = nil
	}
	p.into(n)
	if r.inContents() {
		r.withheld.WriteString("\n\n")
	}
	if cap := properties.child("w:framePr").value("dropCap"); cap == "drop" || cap == "margin" {
		r.open = p // the first letter of the next paragraph, set large
		return
	}
	mark := properties.child("w:rPr")
	if mark.child("w:del") != nil || mark.child("w:moveFrom") != nil {
		r.warn("policies.docx_tracked_changes", "")
		r.open = p
		return
	}
	if k.contents && strings.TrimSpace(p.text()) != "" || typedEntry.MatchString(p.text()) {
		r.warn("policies.docx_contents", "")
		return
	}
	if hidden := k.look.hidden == yes || mark.child("w:vanish").on(); hidden && p.text() == "" {
		r.place("")
		return // with its number
	}
	r.write(p, k)
}

// write puts a paragraph out with its heading signs and the label that Word
// would print, and behind it its notes and text boxes.
func (r *reader) write(p *prose, k kind) {
	text := p.line()
	r.place(p.text())
	label, bullet := r.label(k.list)
	if !bullet && (text != "" || label != "") || k.heading > 0 {
		r.depth = 0
	}
	if text != "" || label != "" {
		switch {
		case bullet && k.heading == 0:
			// Deeper than one step below the bullet above it would be code.
			level := min(k.list.level, r.depth)
			text, r.depth = strings.Repeat("  ", level)+"- "+oneLine(text), level+1
		case label != "":
			text = strings.TrimSpace(escape(label) + " " + text)
		}
		if k.heading > 0 {
			text = strings.Repeat("#", k.heading) + " " + oneLine(text)
		}
		r.out.WriteString(text + "\n\n")
	}
	for _, note := range p.notes {
		r.out.WriteString(note + "\n\n")
	}
	for _, box := range p.boxes {
		// A box has no tables wider than a page: those are refused in the text itself.
		if err := r.blocks(box); err != nil {
			r.failed = err
		}
	}
}
