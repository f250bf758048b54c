package sheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"anwen/internal/errs"
)

// errEnough ends the reading of a page early.
var errEnough = errors.New("enough rows")

// content is what a page holds.
type content struct {
	rows          []Row // that hold something
	faulty        map[address]cellFault
	hiddenRows    map[int]bool // by line
	hiddenColumns map[int]bool // from 0; those that are not in it are as columnsShut says
	columnsShut   bool
}

// hides reports whether nobody sees the column.
func (c content) hides(column int) bool {
	hidden, told := c.hiddenColumns[column]
	return told && hidden || !told && c.columnsShut
}

// read reads the rows of a page that hold something, most more than it returns, and
// the cells whose content cannot be known.
func (b *book) read(p page, most int) (c content, err error) {
	c = content{faulty: map[address]cellFault{}, hiddenRows: map[int]bool{}, hiddenColumns: map[int]bool{}}
	line, column, rowsShut := 0, -1, false
	var cells []string
	var merges []span
	flush := func() error {
		if !blank(cells) {
			c.rows = append(c.rows, Row{Line: line, Cells: cells})
		}
		cells, column = make([]string, 0, len(cells)), -1
		if len(c.rows) > most {
			return errEnough
		}
		return nil
	}
	err = b.each(p.part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			if err := flush(); err != nil {
				return err
			}
			if line++; attr(e, "r") != "" {
				if line, err = strconv.Atoi(attr(e, "r")); err != nil {
					return err
				}
			}
			c.hiddenRows[line] = shut(e, "ht", rowsShut)
		case "sheetFormatPr":
			rowsShut, c.columnsShut = flag(e, "zeroHeight"), nothing(e, "defaultColWidth")
		case "col":
			setColumns(c.hiddenColumns, e, shut(e, "width", c.columnsShut))
		case "c":
			if column = columnOf(attr(e, "r"), column+1); column < 0 {
				return errors.New("a cell has no place")
			}
			raw, err := readCell(d, e)
			if err != nil {
				return err
			}
			text, fault := b.text(raw)
			if text == "" && fault == nil {
				return nil
			}
			if column >= MaxColumns && strings.TrimSpace(text) == "" {
				return nil
			}
			if column >= MaxColumns {
				return tooManyColumns{}
			}
			for len(cells) <= column {
				cells = append(cells, "")
			}
			cells[column] = text
			if fault != nil {
				cells[column] = cmp.Or(errs.Clip(raw.value), "?") // so that the row is not blank
				fault.args["cell"] = columnLetter(column) + strconv.Itoa(line)
				c.faulty[address{line, column}] = *fault
			}
		case "mergeCell":
			if s, ok := spanOf(attr(e, "ref")); ok {
				merges = append(merges, s)
			}
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	fillDown(c.rows, c.faulty, merges)
	return c, err
}

// shut reports whether a row or a column is hidden: by name, by a size of nothing, or
// because all are that have no size.
func shut(e xml.StartElement, size string, all bool) bool {
	return flag(e, "hidden") || nothing(e, size) || all && attr(e, size) == "" && attr(e, "hidden") == ""
}

func flag(e xml.StartElement, name string) bool {
	set, _ := strconv.ParseBool(attr(e, name))
	return set
}

// nothing reports whether a size is given, and is none.
func nothing(e xml.StartElement, size string) bool {
	n, err := strconv.ParseFloat(attr(e, size), 64)
	return err == nil && n == 0
}

// setColumns notes of the columns of a col element, which counts them from 1, whether
// they are hidden.
func setColumns(columns map[int]bool, e xml.StartElement, hidden bool) {
	from, err := strconv.Atoi(attr(e, "min"))
	to, wrong := strconv.Atoi(attr(e, "max"))
	if err != nil || wrong != nil {
		return
	}
	for i := max(from, 1); i <= min(to, MaxColumns); i++ {
		columns[i-1] = hidden
	}
}

// columnOf is the column of an address such as AB12, from 0; next without an address,
// -1 for what is none.
func columnOf(address string, next int) int {
	if address == "" {
		return next
	}
	n := 0
	for _, c := range strings.ToUpper(address) {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<20 {
			return -1
		}
	}
	return n - 1
}

// rawCell is a cell as the file stores it.
type rawCell struct {
	kind    string // s, str, inlineStr, b, e, d, n or nothing
	style   int
	value   string
	valued  bool // a value is stored, if an empty one
	formula bool
}

func readCell(d *xml.Decoder, e xml.StartElement) (c rawCell, err error) {
	c.kind = attr(e, "t")
	c.style, _ = strconv.Atoi(attr(e, "s")) // 0, General, when there is none
	for {
		token, err := d.Token()
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return c, nil // the others are read with their beginnings
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				c.valued = true
				c.value, err = innerText(d)
			case "is":
				c.valued = true
				c.value, err = richText(d)
			case "f":
				c.formula = true
				err = d.Skip()
			default:
				err = d.Skip()
			}
			if err != nil {
				return c, err
			}
		}
	}
}

// innerText is the text up to the end of the element.
func innerText(d *xml.Decoder) (string, error) {
	var text []byte
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			text = append(text, t...)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return string(text), nil
		}
	}
}

// richText is the text of all runs up to the end of the element, without the readings
// of East Asian words (rPh).
func richText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				part, err := innerText(d)
				if err != nil {
					return "", err
				}
				text.WriteString(unescape(part))
			case "r":
				depth++
			default:
				if err := d.Skip(); err != nil {
					return "", err
				}
			}
		case xml.EndElement:
			if depth == 0 {
				return text.String(), nil
			}
			depth--
		}
	}
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads characters that XML cannot hold, written _x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(mark string) string {
		n, _ := strconv.ParseUint(mark[2:6], 16, 16) // four hexadecimal digits
		return string(rune(n))
	})
}
