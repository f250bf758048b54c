package docx

import (
	"regexp"
	"strings"
)

// field is a stretch whose shown words Word computes from an instruction. It may
// reach over paragraphs and stand inside another.
type field struct {
	instruction string
	result      bool // what stands now is what is shown
	shown       bool // it had a result
}

// field is the innermost open one; nil outside.
func (r *reader) field() *field {
	if len(r.fields) == 0 {
		return nil
	}
	return r.fields[len(r.fields)-1]
}

func (r *reader) inInstruction() bool {
	f := r.field()
	return f != nil && !f.result
}

// inContents reports whether the table of contents stands here, which Word makes
// of the headings.
func (r *reader) inContents() bool {
	for _, f := range r.fields {
		if f.result && kindOf(f.instruction) == "TOC" {
			return true
		}
	}
	return false
}

var linkInstruction = regexp.MustCompile(`^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))`)

// fieldLink is the address of the field that links what stands here.
func (r *reader) fieldLink() string {
	for _, f := range r.fields {
		if m := linkInstruction.FindStringSubmatch(f.instruction); m != nil && f.result && linkable(m[1]+m[2]) {
			return m[1] + m[2]
		}
	}
	return ""
}

func kindOf(instruction string) string {
	words := strings.Fields(instruction)
	if len(words) == 0 {
		return ""
	}
	return strings.ToUpper(words[0])
}

// fieldMark begins a field, its result, or ends it.
func (p *prose) fieldMark(n *node) {
	r := p.r
	switch n.value("fldCharType") {
	case "begin":
		if box := n.at("w:ffData", "w:checkBox"); box != nil {
			checked := box.child("w:checked")
			if checked == nil {
				checked = box.child("w:default")
			}
			p.say(tick(checked.on()))
		}
		if list := n.at("w:ffData", "w:ddList"); list != nil {
			p.say(chosen(list))
		}
		if len(r.fields) < maxDepth {
			r.fields = append(r.fields, &field{})
		}
	case "separate":
		if f := r.field(); f != nil {
			f.result, f.shown = true, true
			if kindOf(f.instruction) == "TOC" {
				r.warn("policies.docx_contents", "")
			}
		}
	case "end":
		if f := r.field(); f != nil {
			r.fields = r.fields[:len(r.fields)-1]
			if !f.shown {
				p.unshown(f.instruction)
			}
		}
	}
}

// chosen is the entry of a list to choose from that is shown.
func chosen(list *node) string {
	at := number(list.child("w:result").val())
	if list.child("w:result") == nil {
		at = number(list.child("w:default").val())
	}
	for _, entry := range list.children {
		if entry.name != "w:listEntry" {
			continue
		}
		if at == 0 {
			return entry.val()
		}
		at--
	}
	return ""
}

func (p *prose) instruction(n *node) {
	if f := p.r.field(); f != nil && !f.result {
		f.instruction += n.text
	}
}

func (p *prose) simpleField(n *node) {
	if kindOf(n.value("instr")) == "TOC" {
		p.r.warn("policies.docx_contents", "")
		return
	}
	if len(n.children) == 0 {
		p.unshown(n.value("instr"))
	}
	p.into(n)
}

// invisible fields show nothing by themselves: entries of an index, questions,
// forms, whose boxes are read above.
var invisible = regexp.MustCompile(`^(?:|TC|TA|XE|RD|SET|ASK|PRIVATE|FORM[A-Z]+|ADDIN|PAGE|NUMPAGES|SECTIONPAGES|SECTION|TOC|HYPERLINK|BOOKMARK[A-Z]*)$`)

// unshown reads a field that Word shows without writing what it shows: formulas
// of the older kind.
func (p *prose) unshown(instruction string) {
	kind := kindOf(instruction)
	switch {
	case invisible.MatchString(kind):
	case kind == "EQ":
		_, formula, _ := strings.Cut(instruction, strings.Fields(instruction)[0])
		p.r.warn("policies.docx_formula", strings.TrimSpace(instruction))
		p.say(equation(strings.TrimSpace(formula), 0))
	case kind == "MACROBUTTON":
		if words := strings.Fields(instruction); len(words) > 2 {
			p.say(strings.Join(words[2:], " "))
		}
	default:
		p.r.warn("policies.docx_field", strings.TrimSpace(instruction))
	}
}

var equationSwitch = regexp.MustCompile(`^\\([a-zA-Z]+)((?:\s*\\[a-zA-Z]+[0-9]*)*)\s*\(`)

// equation writes a formula of the older kind on a line: \f(1,360) is 1/360.
func equation(s string, depth int) string {
	var b strings.Builder
	for s != "" && depth < maxDepth {
		m := equationSwitch.FindStringSubmatch(s)
		if m == nil {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		arguments, rest := argumentsOf(s[len(m[0]):])
		for i, a := range arguments {
			arguments[i] = equation(strings.TrimSpace(a), depth+1)
		}
		s = rest
		switch name := strings.ToLower(m[1]); {
		case name == "f" && len(arguments) == 2:
			b.WriteString(fraction(arguments[0], arguments[1]))
		case name == "r" && len(arguments) == 2:
			b.WriteString(rootOf(arguments[0], arguments[1]))
		case name == "r":
			b.WriteString(rootOf("", strings.Join(arguments, ",")))
		case name == "s" && strings.Contains(m[2], "do"):
			b.WriteString(raise(strings.Join(arguments, ","), false))
		case name == "s":
			b.WriteString(raise(strings.Join(arguments, ","), true))
		case name == "o" && len(arguments) == 2 && strings.ContainsAny(arguments[0], "○〇"):
			b.WriteString(circled(arguments[1]))
		case name == "b":
			b.WriteString("(" + strings.Join(arguments, ",") + ")")
		default:
			b.WriteString(strings.Join(arguments, " "))
		}
	}
	return b.String()
}

// argumentsOf cuts at commas and semicolons up to the bracket that closes.
func argumentsOf(s string) (list []string, rest string) {
	open, start := 1, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return append(list, s[start:i]), s[i+1:]
			}
		case ',', ';':
			if open == 1 {
				list, start = append(list, s[start:i]), i+1
			}
		}
	}
	return append(list, s[start:]), ""
}
