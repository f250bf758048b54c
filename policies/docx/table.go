package docx

import (
	"fmt"
	"strings"
)

const maxColumns = 63 // of a table: what Word allows; short rows are filled up

// grid is a table while it is read: a cell over several columns or rows stands in
// the first of them, so that the others stay under their headings.
type grid struct {
	rows  [][]string
	notes []string
	boxes []*node
}

// table writes a table with its first row as the head.
func (r *reader) table(n *node) error {
	g := &grid{}
	r.depth = 0
	if err := r.gridOf(n, g, 0); err != nil {
		return err
	}
	columns := 0
	for _, row := range g.rows {
		columns = max(columns, len(row))
	}
	for i, row := range g.rows {
		for len(row) < columns {
			row = append(row, "")
		}
		r.out.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			r.out.WriteString(strings.Repeat("| --- ", columns) + "|\n")
		}
	}
	if len(g.rows) > 0 {
		r.out.WriteByte('\n')
	}
	r.write(&prose{r: r, notes: g.notes, boxes: g.boxes}, kind{})
	return nil
}

// gridOf reads the rows of a table.
func (r *reader) gridOf(n *node, g *grid, depth int) error {
	for _, c := range n.children {
		switch c.name {
		case "w:tr":
			if err := r.row(c, g, depth); err != nil {
				return err
			}
		case "w:sdt":
			if content := c.child("w:sdtContent"); content != nil {
				if err := r.gridOf(content, g, depth); err != nil {
					return err
				}
			}
		case "w:customXml", "w:ins", "w:moveTo", "mc:AlternateContent":
			if c.name == "mc:AlternateContent" {
				c = alternative(c)
			}
			if c != nil {
				if err := r.gridOf(c, g, depth); err != nil {
					return err
				}
			}
		case "w:tblPr", "w:tblGrid":
		default:
			r.between(c, g)
		}
	}
	return nil
}

// between reads what stands between rows or cells: marks of the program, or what
// has to be named.
func (r *reader) between(n *node, g *grid) {
	p := &prose{r: r}
	p.read(n)
	g.notes, g.boxes = append(g.notes, p.notes...), append(g.boxes, p.boxes...)
	if text := oneLine(p.line()); text != "" {
		g.rows = append(g.rows, []string{cellText(text)})
	}
}

func (r *reader) row(n *node, g *grid, depth int) error {
	properties := n.child("w:trPr")
	switch {
	case properties.child("w:del") != nil:
		r.warn("policies.docx_tracked_changes", "")
		return nil
	case properties.child("w:hidden").on():
		r.warn("policies.docx_hidden", "")
		return nil
	case properties.child("w:ins") != nil:
		r.warn("policies.docx_tracked_changes", "")
	}
	row := make([]string, min(number(properties.child("w:gridBefore").val()), maxColumns))
	if err := r.cells(n, g, &row, depth); err != nil {
		return err
	}
	if len(row) > maxColumns {
		return fmt.Errorf("a table has %d columns, more than %d", len(row), maxColumns)
	}
	if len(row) > 0 {
		g.rows = append(g.rows, row)
	}
	return nil
}

func (r *reader) cells(n *node, g *grid, row *[]string, depth int) error {
	for _, c := range n.children {
		switch c.name {
		case "w:tc":
			if err := r.cell(c, g, row, depth); err != nil {
				return err
			}
		case "w:sdt", "w:customXml", "w:sdtContent", "w:ins", "w:moveTo":
			if err := r.cells(c, g, row, depth); err != nil {
				return err
			}
		case "w:trPr", "w:tblPrEx", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr":
		default:
			r.between(c, g)
		}
	}
	return nil
}

// cell puts the words of a cell into its first column.
func (r *reader) cell(n *node, g *grid, row *[]string, depth int) error {
	properties := n.child("w:tcPr")
	if properties.child("w:cellDel") != nil {
		r.warn("policies.docx_tracked_changes", "")
		return nil
	}
	wide := min(max(number(properties.child("w:gridSpan").val()), 1), maxColumns+1)
	var parts []string
	if err := r.cellBlocks(n, g, &parts, depth); err != nil {
		return err
	}
	text := cellText(strings.Join(parts, " "))
	merged := properties.child("w:vMerge")
	if merged == nil {
		merged = properties.child("w:hMerge")
	}
	if wide > 1 || merged != nil {
		r.warn("policies.docx_merged_cells", "")
	}
	*row = append(*row, text)
	for range wide - 1 {
		*row = append(*row, "")
	}
	return nil
}

func (r *reader) cellBlocks(n *node, g *grid, parts *[]string, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("tables are too deep inside one another")
	}
	for _, c := range n.children {
		switch c.name {
		case "w:p":
			k := r.kindOf(c.child("w:pPr"))
			p := &prose{r: r, base: k.look, now: k.look}
			p.into(c)
			r.place(p.text())
			text := oneLine(p.line())
			switch label, bullet := r.label(k.list); {
			case bullet && text != "":
				text = "• " + text
			case label != "":
				text = strings.TrimSpace(escape(label) + " " + text)
			}
			if text != "" {
				*parts = append(*parts, text)
			}
			g.notes, g.boxes = append(g.notes, p.notes...), append(g.boxes, p.boxes...)
		case "w:tbl":
			if err := r.inner(c, g, parts, depth); err != nil {
				return err
			}
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo":
			if err := r.cellBlocks(c, g, parts, depth+1); err != nil {
				return err
			}
		case "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr":
		default:
			p := &prose{r: r}
			p.read(c)
			if text := oneLine(p.line()); text != "" {
				*parts = append(*parts, text)
			}
			g.notes, g.boxes = append(g.notes, p.notes...), append(g.boxes, p.boxes...)
		}
	}
	return nil
}

// inner writes a table inside a cell on one line: its cells between commas, its
// rows between semicolons.
func (r *reader) inner(n *node, g *grid, parts *[]string, depth int) error {
	r.warn("policies.docx_table_in_table", "")
	table := &grid{}
	if err := r.gridOf(n, table, depth+1); err != nil {
		return err
	}
	var rows []string
	for _, row := range table.rows {
		var cells []string
		for _, cell := range row {
			if cell != "" {
				cells = append(cells, strings.ReplaceAll(cell, `\|`, "|"))
			}
		}
		rows = append(rows, strings.Join(cells, "，"))
	}
	*parts = append(*parts, strings.Join(rows, "；"))
	g.notes, g.boxes = append(g.notes, table.notes...), append(g.boxes, table.boxes...)
	return nil
}

func cellText(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "|", `\|`) }
