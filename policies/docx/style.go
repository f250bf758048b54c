package docx

import (
	"regexp"
	"strings"
)

// style is what of a style matters here.
type style struct {
	name    string
	based   string
	heading int // 1 to 6; 0: none
	list    place
	look    look
}

// place is a paragraph's place in a list; id is empty outside one.
type place struct {
	id    string
	level int
}

// switched is a property that a style or run turns on, or off again.
type switched int8

const (
	unsaid switched = iota
	yes
	no
)

func switchOf(n *node) switched {
	switch {
	case n == nil:
		return unsaid
	case n.on():
		return yes
	}
	return no
}

func (s switched) over(below switched) switched {
	if s == unsaid {
		return below
	}
	return s
}

// look is what the look of words says about them.
type look struct {
	strike, hidden switched
	raised         string // superscript or subscript; baseline turns it off
	font           string
	capitals       switched // shown in capital letters, whatever was typed
	blank          bool     // underlined: spaces are a line to write on
	moved          bool     // set higher or lower by hand
	link           string   // the address behind the words
	raw            bool     // Markdown of our own
}

// lookOf reads the properties of a run or of the runs of a style.
func lookOf(properties *node) look {
	l := look{
		strike:   switchOf(properties.child("w:strike")).over(switchOf(properties.child("w:dstrike"))),
		hidden:   switchOf(properties.child("w:vanish")),
		raised:   properties.at("w:vertAlign").val(),
		blank:    properties.child("w:u").on(),
		capitals: switchOf(properties.child("w:caps")).over(switchOf(properties.child("w:smallCaps"))),
	}
	if properties.child("w:dstrike").on() {
		l.strike = yes
	}
	if fonts := properties.child("w:rFonts"); fonts != nil {
		for _, kind := range []string{"ascii", "hAnsi", "cs", "eastAsia"} {
			if l.font == "" {
				l.font = fonts.value(kind)
			}
		}
	}
	// Six half points and more are no correction of the eye.
	position := strings.TrimPrefix(properties.at("w:position").val(), "-")
	l.moved = number(position) >= 6
	return l
}

// over lays the look of a run over that of its style.
func (l look) over(below look) look {
	l.strike, l.hidden = l.strike.over(below.strike), l.hidden.over(below.hidden)
	if l.raised == "" {
		l.raised = below.raised
	}
	if l.font == "" {
		l.font = below.font
	}
	l.blank, l.moved, l.capitals = l.blank || below.blank, l.moved || below.moved, l.capitals.over(below.capitals)
	return l
}

// headingName is the name of the style of a heading: as Word writes it in any
// language, and as some programs write what it shows.
var headingName = regexp.MustCompile(`^(?:heading|标题|標題) ?([0-9])$`)

// readStyles notes which styles are headings or lists, and how their words look.
func (r *reader) readStyles(part *node) {
	for _, n := range part.children {
		if n.name != "w:style" {
			continue
		}
		s := style{name: strings.ToLower(n.child("w:name").val()), based: n.child("w:basedOn").val(), look: lookOf(n.child("w:rPr"))}
		properties := n.child("w:pPr")
		s.list = placeOf(properties, place{})
		if m := headingName.FindStringSubmatch(s.name); m != nil {
			s.heading = min(max(number(m[1]), 1), 6)
		} else if s.name == "title" || s.name == "标题" || s.name == "標題" {
			s.heading = 1
		} else if outline := properties.child("w:outlineLvl"); outline != nil && number(outline.val()) < 6 {
			s.heading = number(outline.val()) + 1
		}
		r.styles[n.value("styleId")] = s
	}
	inherited := make(map[string]style, len(r.styles))
	for id := range r.styles {
		inherited[id] = r.inherit(id, 0)
	}
	r.styles = inherited
}

// inherit lays a style over those that it is based on.
func (r *reader) inherit(id string, depth int) style {
	s := r.styles[id]
	if s.based == "" || depth > 20 {
		return s
	}
	below := r.inherit(s.based, depth+1)
	if s.heading == 0 {
		s.heading = below.heading
	}
	if s.list.id == "" {
		s.list.id = below.list.id
		if s.list.level == 0 {
			s.list.level = below.list.level
		}
	}
	s.look = s.look.over(below.look)
	return s
}

// placeOf reads the place in a list from properties of a paragraph.
func placeOf(properties *node, below place) place {
	numbered := properties.child("w:numPr")
	if id := numbered.child("w:numId"); id != nil {
		below.id = id.val()
	}
	if level := numbered.child("w:ilvl"); level != nil {
		below.level = number(level.val())
	}
	return below
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
