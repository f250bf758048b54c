package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// formula writes mathematics on a line and says so.
func (p *prose) formula(n *node) {
	text := strings.TrimSpace(p.math(n))
	if text == "" {
		return
	}
	p.r.warn("policies.docx_formula", text)
	p.say(text)
}

// math is an element of Office's mathematics (ECMA-376 part 1, §22.1) on a line.
func (p *prose) math(n *node) string {
	if n == nil {
		return ""
	}
	part := func(name string) string { return p.math(n.child(name)) }
	switch n.name {
	case "m:t", "w:t":
		return n.text
	case "m:f":
		if n.at("m:fPr", "m:type").val() == "noBar" {
			return "(" + part("m:num") + " " + part("m:den") + ")"
		}
		return fraction(part("m:num"), part("m:den"))
	case "m:sSup":
		return grouped(part("m:e")) + raise(part("m:sup"), true)
	case "m:sSub":
		return grouped(part("m:e")) + raise(part("m:sub"), false)
	case "m:sSubSup":
		return grouped(part("m:e")) + raise(part("m:sub"), false) + raise(part("m:sup"), true)
	case "m:sPre":
		return raise(part("m:sub"), false) + raise(part("m:sup"), true) + part("m:e")
	case "m:rad":
		return rootOf(part("m:deg"), part("m:e"))
	case "m:nary":
		return p.sum(n)
	case "m:d":
		return p.bracketed(n)
	case "m:func":
		return part("m:fName") + " " + part("m:e")
	case "m:limLow":
		return part("m:e") + raise(part("m:lim"), false)
	case "m:limUpp":
		return part("m:e") + raise(part("m:lim"), true)
	case "m:acc":
		return part("m:e") + signOf(n.at("m:accPr", "m:chr"), "\u0302")
	case "m:bar":
		return part("m:e") + "\u0305"
	case "m:groupChr":
		return part("m:e")
	case "m:m", "m:eqArr":
		return "[" + strings.Join(p.mathList(n, "m:mr", "m:e"), "; ") + "]"
	case "m:mr":
		return strings.Join(p.mathList(n, "m:e"), ", ")
	case "w:del", "w:moveFrom":
		p.r.warn("policies.docx_tracked_changes", "")
		return ""
	case "m:phant", "m:box", "m:borderBox", "m:e", "m:num", "m:den", "m:sup", "m:sub", "m:deg", "m:lim", "m:fName", "m:oMath", "m:oMathPara", "m:r",
		"w:ins", "w:moveTo", "w:r", "w:hyperlink", "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "mc:AlternateContent", "mc:Choice":
		return strings.Join(p.mathList(n), "")
	}
	if strings.HasSuffix(n.name, "Pr") || n.name == "mc:Fallback" || n.name == "w:proofErr" || n.name == "w:lastRenderedPageBreak" || strings.HasPrefix(n.name, "w:bookmark") {
		return ""
	}
	// What else stands in a run of a paragraph may stand in one of a formula.
	if read, known := inline[n.name]; known {
		q := &prose{r: p.r}
		read(q, n)
		p.boxes, p.notes = append(p.boxes, q.boxes...), append(p.notes, q.notes...)
		return q.text()
	}
	p.r.warn("policies.docx_unknown", n.name)
	return n.text + strings.Join(p.mathList(n), "")
}

// mathList are the parts with one of the names, or all.
func (p *prose) mathList(n *node, names ...string) []string {
	var list []string
	for _, c := range n.children {
		wanted := len(names) == 0
		for _, name := range names {
			wanted = wanted || c.name == name
		}
		if wanted {
			list = append(list, p.math(c))
		}
	}
	return list
}

// sum is a large operator with its limits: ∑_(i=1)^(n) x.
func (p *prose) sum(n *node) string {
	b := signOf(n.at("m:naryPr", "m:chr"), "∫")
	if sub := p.math(n.child("m:sub")); sub != "" {
		b += "_(" + sub + ")"
	}
	if sup := p.math(n.child("m:sup")); sup != "" {
		b += "^(" + sup + ")"
	}
	return b + " " + p.math(n.child("m:e"))
}

func (p *prose) bracketed(n *node) string {
	properties := n.child("m:dPr")
	return signOf(properties.child("m:begChr"), "(") +
		strings.Join(p.mathList(n, "m:e"), signOf(properties.child("m:sepChr"), "|")) +
		signOf(properties.child("m:endChr"), ")")
}

// signOf is the sign that a property names, else the usual one.
func signOf(n *node, usual string) string {
	if n == nil {
		return usual
	}
	return n.val()
}

func fraction(above, below string) string { return grouped(above) + "/" + grouped(below) }

func rootOf(degree, of string) string {
	if degree = strings.TrimSpace(degree); degree != "" && degree != "2" {
		return raise(degree, true) + "√" + grouped(of)
	}
	return "√" + grouped(of)
}

// grouped puts brackets around what has an operator in it.
func grouped(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 1 && strings.ContainsAny(s, "+-−×*/÷·=<>≤≥, ") && !enclosed(s) {
		return "(" + s + ")"
	}
	return s
}

// enclosed reports whether one pair of brackets stands around the whole.
func enclosed(s string) bool {
	open := 0
	for i, r := range s {
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
		if open == 0 {
			return i == len(s)-1 && i > 0
		}
	}
	return false
}

// circled is a number in a circle, as far as there is a character.
func circled(s string) string {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= 20 {
		return string(rune('①' + n - 1))
	}
	return "(" + s + ")"
}
