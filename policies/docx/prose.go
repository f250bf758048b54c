package docx

import (
	"strconv"
	"strings"
)

// prose collects the words of a paragraph with their looks.
type prose struct {
	r     *reader
	base  look // of the paragraph's style
	now   look
	spans []span
	boxes []*node // text boxes, written behind the paragraph
	notes []string
}

// span is words of one look.
type span struct {
	text string
	look look
}

// say adds words. In the instruction of a field they belong to it, and in what
// is left out they are dropped.
func (p *prose) say(text string) {
	switch {
	case text == "":
	case p.r.inInstruction():
		p.r.field().instruction += text
	case p.r.inContents():
		p.r.withheld.WriteString(escape(text))
	case p.now.hidden == yes:
		p.r.warn("policies.docx_hidden", strings.TrimSpace(text))
	default:
		if p.now.moved {
			p.r.warn("policies.docx_raised", strings.TrimSpace(text))
		}
		l := p.now
		if l.link == "" {
			l.link = p.r.fieldLink()
		}
		p.add(p.dressed(text), l)
	}
}

// dressed replaces the letters of symbol fonts by what they show, and underlined
// space by a line.
func (p *prose) dressed(text string) string {
	if p.now.blank && strings.Trim(text, " \t\u00a0\u3000") == "" && text != "" {
		return strings.Repeat("_", max(len([]rune(text)), 3))
	}
	text = p.symbols(text)
	if p.now.capitals == yes {
		text = strings.ToUpper(text)
	}
	return text
}

func (p *prose) add(text string, l look) {
	l = look{strike: l.strike, raised: l.raised, link: l.link, raw: l.raw}
	if l.strike != yes {
		l.strike = unsaid
	}
	if l.raised != "superscript" && l.raised != "subscript" {
		l.raised = ""
	}
	if n := len(p.spans); n > 0 && p.spans[n-1].look == l {
		p.spans[n-1].text += text
		return
	}
	p.spans = append(p.spans, span{text, l})
}

// markdown puts in Markdown of our own.
func (p *prose) markdown(text string) {
	if !p.r.inInstruction() && !p.r.inContents() {
		p.add(text, look{raw: true})
	}
}

func (p *prose) run(n *node) {
	outer := p.now
	l := lookOf(n.child("w:rPr"))
	if id := n.at("w:rPr", "w:rStyle").val(); id != "" {
		l = l.over(p.r.styles[id].look)
	}
	p.now = l.over(p.base)
	p.now.link = outer.link
	p.into(n)
	p.now = outer
}

func (p *prose) inserted(n *node) {
	p.r.warn("policies.docx_tracked_changes", "")
	p.into(n)
}

func (p *prose) deleted(*node) { p.r.warn("policies.docx_tracked_changes", "") }

// hyperlink keeps the address behind its words where a page may link to it.
func (p *prose) hyperlink(n *node) {
	outer := p.now.link
	if address := p.r.links[n.value("id")]; linkable(address) {
		if anchor := n.value("anchor"); anchor != "" {
			address += "#" + anchor
		}
		p.now.link = address
	}
	p.into(n)
	p.now.link = outer
}

func linkable(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "mailto:")
}

// control reads a content control. A box to tick that holds no sign gets one.
func (p *prose) control(n *node) {
	if isContents(n) {
		p.r.warn("policies.docx_contents", "")
		return
	}
	before := len(p.text())
	p.into(n.child("w:sdtContent"))
	if box := n.at("w:sdtPr", "w14:checkbox"); box != nil && strings.TrimSpace(p.text()[before:]) == "" {
		p.say(tick(box.child("w14:checked").on()))
	}
}

func tick(checked bool) string {
	if checked {
		return "☑"
	}
	return "☐"
}

// ruby writes the reading of a character behind it, in brackets.
func (p *prose) ruby(n *node) {
	if n.child("w:rubyBase") == nil {
		p.into(n)
		return
	}
	p.into(n.child("w:rubyBase"))
	if n.at("w:rt") != nil {
		p.say("（")
		p.into(n.child("w:rt"))
		p.say("）")
	}
}

// note refers to a footnote, which is written behind the paragraph.
func (p *prose) note(notes map[string]*node, mark string, reference *node) {
	body, there := notes[reference.value("id")]
	if !there {
		p.r.warn("policies.docx_notes", "")
		return
	}
	if p.r.inInstruction() || p.r.inContents() {
		return
	}
	p.r.noted++
	label := mark + strconv.Itoa(p.r.noted)
	p.markdown("[^" + label + "]")
	var parts []string
	inner := &prose{r: p.r}
	body.find(func(n *node) {
		q := &prose{r: p.r}
		q.into(n)
		if text := oneLine(q.line()); text != "" {
			parts = append(parts, text)
		}
		inner.boxes, inner.notes = append(inner.boxes, q.boxes...), append(inner.notes, q.notes...)
	}, "w:p")
	p.boxes = append(p.boxes, inner.boxes...)
	p.notes = append(append(p.notes, "[^"+label+"]: "+strings.Join(parts, " ")), inner.notes...)
}

// text is the bare words so far.
func (p *prose) text() string {
	var b strings.Builder
	for _, s := range p.spans {
		b.WriteString(s.text)
	}
	return b.String()
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), " ")
}
