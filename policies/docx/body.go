package docx

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// readBody writes paragraphs and tables one after the other.
func (r *reader) readBody(d *xml.Decoder) error {
	var visit func(e element, depth int) error
	visit = func(e element, depth int) error {
		switch e.name {
		case "p":
			p, err := r.readParagraph(d, depth)
			if err == nil {
				r.write(p)
			}
			return err
		case "tbl":
			return r.readTable(d, depth)
		}
		return each(d, depth, visit, nil)
	}
	return each(d, 0, visit, nil)
}

// paragraph is its words with what its style and place in a list add.
type paragraph struct {
	text    strings.Builder
	heading int
	list    place
	listed  bool
}

func (r *reader) readParagraph(d *xml.Decoder, depth int) (*paragraph, error) {
	p := &paragraph{}
	var visit func(e element, depth int) error
	visit = func(e element, depth int) error {
		switch e.name {
		case "pStyle":
			if s, known := r.styles[e.attr["val"]]; known {
				p.heading = s.heading
				if !p.listed {
					p.list = s.list
				}
			}
		case "numId":
			p.list.id, p.listed = e.attr["val"], true
		case "ilvl":
			p.list.level = number(e.attr["val"])
		case "outlineLvl":
			if n := number(e.attr["val"]); n < 6 {
				p.heading = n + 1
			}
		case "t":
			return each(d, depth, visit, func(b []byte) { p.text.WriteString(escape(string(b))) })
		case "tab":
			p.text.WriteByte(' ')
		case "br", "cr":
			p.text.WriteByte('\n')
		case "del", "moveFrom":
			r.warn("policies.docx_tracked_changes")
			return d.Skip()
		case "ins", "moveTo":
			r.warn("policies.docx_tracked_changes")
		case "drawing", "pict", "object":
			r.warn("policies.docx_pictures")
			return d.Skip()
		case "footnoteReference", "endnoteReference", "commentReference":
			r.warn("policies.docx_notes")
		case "tbl":
			return r.readTable(d, depth)
		}
		return each(d, depth, visit, nil)
	}
	return p, each(d, depth, visit, nil)
}

// write puts a paragraph out with its heading signs and the label that Word
// would print.
func (r *reader) write(p *paragraph) {
	text := strings.TrimSpace(p.text.String())
	if text == "" {
		return
	}
	label, bullet := r.numbers.label(p.list)
	switch {
	case bullet && p.heading == 0:
		text = strings.Repeat("  ", p.list.level) + "- " + strings.ReplaceAll(text, "\n", " ")
	case label != "":
		text = label + " " + text
	}
	if p.heading > 0 {
		text = strings.Repeat("#", p.heading) + " " + strings.ReplaceAll(text, "\n", " ")
	}
	r.out.WriteString(text + "\n\n")
}

// readTable writes a table with its first row as the head.
func (r *reader) readTable(d *xml.Decoder, depth int) error {
	var rows [][]string
	var cell *strings.Builder
	var visit func(e element, depth int) error
	visit = func(e element, depth int) error {
		switch e.name {
		case "tr":
			rows = append(rows, nil)
		case "tc":
			if len(rows) == 0 {
				break
			}
			outer := cell
			cell = &strings.Builder{}
			err := each(d, depth, visit, nil)
			rows[len(rows)-1] = append(rows[len(rows)-1], strings.ReplaceAll(strings.TrimSpace(cell.String()), "|", `\|`))
			cell = outer
			return err
		case "p":
			p, err := r.readParagraph(d, depth)
			if err == nil && cell != nil {
				if label, _ := r.numbers.label(p.list); label != "" {
					cell.WriteString(label + " ")
				}
				cell.WriteString(strings.ReplaceAll(strings.TrimSpace(p.text.String()), "\n", " ") + " ")
			}
			return err
		}
		return each(d, depth, visit, nil)
	}
	if err := each(d, depth, visit, nil); err != nil {
		return err
	}
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	if columns == 0 {
		return nil
	}
	if columns > maxColumns {
		return fmt.Errorf("a table has %d columns, more than %d", columns, maxColumns)
	}
	for i, row := range rows {
		for len(row) < columns {
			row = append(row, "")
		}
		r.out.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			r.out.WriteString(strings.Repeat("| --- ", columns) + "|\n")
		}
	}
	r.out.WriteByte('\n')
	return nil
}

// escape keeps words from becoming Markdown.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`, "#", `\#`).Replace(s)
}
