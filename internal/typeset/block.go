package typeset

// leading is the distance of baselines, in sizes.
const leading = 1.4

// Block is a text broken into lines at the size that it got.
type Block struct {
	Style
	Lines [][]Cell
}

// Height is that of all lines together.
func (b Block) Height() float64 { return float64(len(b.Lines)) * b.Size * leading }

// Step is one way to set a text: on so many lines, at the largest size from
// Size down to Least at which it fits.
type Step struct {
	Lines       int
	Size, Least float64
}

// Fit breaks a text by the first step that works, into lines about equally long.
// It reports false when none does.
func Fit(cells []Cell, st Style, width float64, steps ...Step) (Block, bool) {
	for _, try := range steps {
		for st.Size = try.Size; st.Size >= try.Least; st.Size-- {
			chars, advances := st.measure(cells)
			spans := breakLines(chars, advances, width)
			if len(spans) > try.Lines || widest(spans, advances) > width+slack {
				continue
			}
			return Block{st, cut(cells, balancedLines(chars, advances, width))}, true
		}
	}
	return Block{}, false
}

// Lines breaks a text into as many lines of a width as it needs, each as full as
// it can be.
func Lines(cells []Cell, st Style, width float64) [][]Cell {
	chars, advances := st.measure(cells)
	return cut(cells, breakLines(chars, advances, width))
}

func (st Style) measure(cells []Cell) (chars []rune, advances []float64) {
	chars, advances = make([]rune, len(cells)), make([]float64, len(cells))
	for i, c := range cells {
		chars[i], advances[i] = c.char, c.advance*st.Size+st.Tracking
	}
	return chars, advances
}

func (st Style) length(cells []Cell) float64 {
	if len(cells) == 0 {
		return 0
	}
	total := -st.Tracking // none after the last
	for _, c := range cells {
		total += c.advance*st.Size + st.Tracking
	}
	return total
}

func cut(cells []Cell, spans []span) [][]Cell {
	var lines [][]Cell
	for _, l := range spans {
		lines = append(lines, cells[l.from:l.to])
	}
	return lines
}
