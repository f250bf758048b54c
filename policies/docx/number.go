package docx

import (
	"strconv"
	"strings"
)

// numbers makes the labels of lists as Word prints them (ECMA-376 part 1, §17.9).
type numbers struct {
	abstract map[string]map[int]level // levels by the id of the abstract list
	of       map[string]string        // numId → abstract id
	own      map[string]map[int]level // levels of one numId instead of its abstract list's
	start    map[string]map[int]int   // overrides by numId
	counts   map[string]*[9]int       // how far each list has counted, by abstract id
	begun    map[string]*[9]bool
	begunAt  map[string]bool // numId and level at which a list was begun again already
}

type level struct {
	format string // decimal, chineseCounting, bullet…
	text   string // 第%1条
	start  int
	legal  bool // all numbers of the label in digits
	goesOn bool // an outer number does not begin it again
}

func newNumbers() *numbers {
	return &numbers{abstract: map[string]map[int]level{}, of: map[string]string{}, own: map[string]map[int]level{}, start: map[string]map[int]int{},
		counts: map[string]*[9]int{}, begun: map[string]*[9]bool{}, begunAt: map[string]bool{}}
}

// read notes the lists of the part; one may take its levels from the list of a
// style.
func (n *numbers) read(part *node) {
	styled, wanting := map[string]string{}, map[string]string{}
	for _, c := range part.children {
		switch c.name {
		case "w:abstractNum":
			id := c.value("abstractNumId")
			n.abstract[id] = levelsOf(c)
			if link := c.child("w:styleLink"); link != nil {
				styled[link.val()] = id
			}
			if link := c.child("w:numStyleLink"); link != nil {
				wanting[id] = link.val()
			}
		case "w:num":
			n.readNum(c)
		}
	}
	for id, style := range wanting {
		if from, there := styled[style]; there && len(n.abstract[id]) == 0 {
			n.abstract[id] = n.abstract[from]
		}
	}
}

func (n *numbers) readNum(c *node) {
	id := c.value("numId")
	n.of[id] = c.child("w:abstractNumId").val()
	for _, over := range c.children {
		if over.name != "w:lvlOverride" {
			continue
		}
		at := min(number(over.value("ilvl")), 8)
		if start := over.child("w:startOverride"); start != nil {
			if n.start[id] == nil {
				n.start[id] = map[int]int{}
			}
			n.start[id][at] = number(start.val())
		}
		for k, l := range levelsOf(over) {
			if n.own[id] == nil {
				n.own[id] = map[int]level{}
			}
			n.own[id][k] = l
		}
	}
}

func levelsOf(n *node) map[int]level {
	levels := map[int]level{}
	for _, c := range n.children {
		if c.name != "w:lvl" {
			continue
		}
		format := c.child("w:numFmt")
		if format == nil { // one of Word's own, with the usual one for older readers
			format = alternativeFormat(c)
		}
		restart := c.child("w:lvlRestart")
		levels[min(number(c.value("ilvl")), 8)] = level{
			format: format.val(), text: c.child("w:lvlText").val(), start: number(c.child("w:start").val()),
			legal: c.child("w:isLgl").on(), goesOn: restart != nil && restart.val() == "0",
		}
	}
	return levels
}

func alternativeFormat(n *node) *node {
	if choice := n.at("mc:AlternateContent", "mc:Choice", "w:numFmt"); choice != nil && choice.val() != "custom" {
		return choice
	}
	return n.at("mc:AlternateContent", "mc:Fallback", "w:numFmt")
}

// level is how a list counts at one depth.
func (n *numbers) level(id string, at int) level {
	if l, own := n.own[id][at]; own {
		return l
	}
	return n.abstract[n.of[id]][at]
}

// label counts the paragraph and returns what stands before it; bullet for a
// list without numbers.
func (n *numbers) label(p place) (label string, bullet bool) {
	list, known := n.of[p.id]
	if p.id == "" || p.id == "0" || !known || p.level > 8 {
		return "", false
	}
	if n.counts[list] == nil {
		n.counts[list], n.begun[list] = &[9]int{}, &[9]bool{}
	}
	counts, begun := n.counts[list], n.begun[list]
	begin := func(at int) int {
		if start, over := n.start[p.id][at]; over {
			return start
		}
		return n.level(p.id, at).start
	}
	if _, over := n.start[p.id][p.level]; over && !n.begunAt[p.id+"/"+strconv.Itoa(p.level)] {
		n.begunAt[p.id+"/"+strconv.Itoa(p.level)] = true
		begun[p.level] = false // the first paragraph of a list that begins again
	}
	if begun[p.level] {
		counts[p.level]++
	} else {
		counts[p.level], begun[p.level] = begin(p.level), true
	}
	for at := range p.level { // an outer level that was never printed counts as begun
		if !begun[at] {
			counts[at], begun[at] = begin(at), true
		}
	}
	for at := p.level + 1; at < len(counts); at++ {
		begun[at] = begun[at] && n.level(p.id, at).goesOn
	}
	l := n.level(p.id, p.level)
	if l.format == "bullet" {
		return "", true
	}
	text := l.text
	if l.format == "none" { // the words of the label stand without a number
		return strings.TrimSpace(strings.ReplaceAll(text, "%"+strconv.Itoa(p.level+1), "")), false
	}
	for at := range counts {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(at+1), written(counts[at], formatOf(n.level(p.id, at), l.legal)))
	}
	return text, false
}

// label is what Word prints before a paragraph; a way of counting that is not
// known is named.
func (r *reader) label(p place) (label string, bullet bool) {
	label, bullet = r.numbers.label(p)
	if label != "" {
		for at := 0; at <= min(p.level, 8); at++ {
			l := r.numbers.level(p.id, at)
			if _, known := formats[l.format]; !known && strings.Contains(r.numbers.level(p.id, p.level).text, "%"+strconv.Itoa(at+1)) {
				r.warn("policies.docx_number_format", l.format)
			}
		}
	}
	return label, bullet
}
