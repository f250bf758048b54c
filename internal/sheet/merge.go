package sheet

import (
	"strconv"
	"strings"
)

// span is a cell that was merged over the rows below it: its column, its first and its
// last row.
type span struct{ column, from, to int }

// spanOf reads an address such as B2:C5; not ok for one of a single row.
func spanOf(ref string) (s span, ok bool) {
	first, last, two := strings.Cut(ref, ":")
	if !two {
		return span{}, false
	}
	s.column = columnOf(first, -1)
	s.from, s.to = lineOf(first), lineOf(last)
	return s, s.column >= 0 && s.column < MaxColumns && s.from > 0 && s.to > s.from
}

// lineOf is the row of an address such as AB12, 0 for what is none.
func lineOf(address string) int {
	n, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(address), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		return 0
	}
	return n
}

// mostFilled is how many cells are filled, so that a file of merges costs no more than
// one of cells.
const mostFilled = 2_000_000

// fillDown gives each row that a merged cell stands over what the cell says: a unit
// that is written once for five people is the unit of each.
func fillDown(rows []Row, faulty map[address]cellFault, merges []span) {
	places := make(map[int]int, len(rows))
	if len(merges) > 0 {
		for i, r := range rows {
			places[r.Line] = i
		}
	}
	filled := 0
	for _, m := range merges {
		first, there := places[m.from]
		if !there || m.column >= len(rows[first].Cells) {
			continue
		}
		said := rows[first].Cells[m.column]
		for i := first + 1; i < len(rows) && rows[i].Line <= m.to && filled < mostFilled; i++ {
			filled++
			for len(rows[i].Cells) <= m.column {
				rows[i].Cells = append(rows[i].Cells, "")
			}
			if rows[i].Cells[m.column] != "" {
				continue
			}
			rows[i].Cells[m.column] = said
			if f, is := faulty[address{m.from, m.column}]; is {
				faulty[address{rows[i].Line, m.column}] = f
			}
		}
	}
}
