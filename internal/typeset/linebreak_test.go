package typeset

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wide gives Chinese characters one unit and Latin ones half.
func wide(chars []rune) []float64 {
	advances := make([]float64, len(chars))
	for i, c := range chars {
		advances[i] = 1
		if c < firstHan {
			advances[i] = 0.5
		}
	}
	return advances
}

func texts(chars []rune, lines []span) []string {
	var all []string
	for _, l := range lines {
		all = append(all, string(chars[l.from:l.to]))
	}
	return all
}

func TestLinesBreakWhereAReaderExpects(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  []string
	}{
		"a short text is one line":                   {"投诉处理", 10, []string{"投诉处理"}},
		"nothing is no line":                         {"", 10, nil},
		"only spaces are no line":                    {"   ", 10, nil},
		"Chinese breaks anywhere":                    {"消费者权益保护", 3, []string{"消费者", "权益保", "护"}},
		"no line starts with a comma":                {"公平，及时", 2, []string{"公", "平，", "及时"}},
		"no line starts with a closing mark":         {"见《办法》第三条", 4, []string{"见《办", "法》第三", "条"}},
		"no line ends with an opening mark":          {"依照《办法》", 3, []string{"依照", "《办", "法》"}},
		"an opening quote goes with its word":        {"落实“首问”制", 3, []string{"落实", "“首问”", "制"}},
		"an ellipsis is not torn":                    {"等等……好", 2.5, []string{"等", "等……", "好"}},
		"Latin words stay whole":                     {"Complaint Handling Basics", 9, []string{"Complaint Handling", "Basics"}},
		"spaces at a break disappear":                {"fair   and   prompt", 4, []string{"fair", "and", "prompt"}},
		"a word wider than the line stands alone":    {"an extraordinarily long", 4, []string{"an", "extraordinarily", "long"}},
		"a word breaks at its hyphen":                {"anti-money-laundering", 6, []string{"anti-money-", "laundering"}},
		"a number does not break at its hyphen":      {"2026-11-23", 3, []string{"2026-11-23"}},
		"Chinese and Latin may part":                 {"学习KYC制度", 3.5, []string{"学习KYC", "制度"}},
		"a Latin word in Chinese stays whole":        {"学习合规KYC制度", 5, []string{"学习合规", "KYC制度"}},
		"an opening bracket holds over a space":      {"see ( below )", 3, []string{"see", "( below )"}},
		"characters beyond U+FFFF are characters":    {"𠮷𠮷𠮷𠮷𠮷", 2, []string{"𠮷𠮷", "𠮷𠮷", "𠮷"}},
		"a colon stays with what it follows":         {"风险提示：说明", 4, []string{"风险提", "示：说明"}},
		"several closing marks stay with the clause": {"他说“好。”然后", 3, []string{"他说", "“好。”", "然后"}},
	} {
		t.Run(name, func(t *testing.T) {
			chars := []rune(c.text)
			if got := texts(chars, breakLines(chars, wide(chars), c.width)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestATitleIsBalanced(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"消费者权益保护", 6, []string{"消费者权", "益保护"}},
		{"金融消费者权益保护与投诉处理", 13, []string{"金融消费者权益", "保护与投诉处理"}},
		{"Handling Complaints Well", 9, []string{"Handling", "Complaints Well"}},
		{"投诉处理", 6, []string{"投诉处理"}},
	} {
		chars := []rune(c.text)
		if got := texts(chars, balancedLines(chars, wide(chars), c.width)); !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestBreakingLosesOnlySpacesAndKeepsTheWidth(t *testing.T) {
	alphabet := []rune("中文字客户投诉𠮷𬭎ab cdé-' 12 ，。、；：？！）》」』”’…—（《「『“‘·/")
	rapid.Check(t, func(t *rapid.T) {
		chars := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 60).Draw(t, "text")
		width := rapid.Float64Range(0.5, 20).Draw(t, "width")
		advances := wide(chars)
		for i := range advances {
			advances[i] *= rapid.Float64Range(0.2, 2).Draw(t, "stretch")
		}
		greedy, balanced := breakLines(chars, advances, width), balancedLines(chars, advances, width)
		if len(greedy) != len(balanced) {
			t.Fatalf("%d lines, balanced %d", len(greedy), len(balanced))
		}
		for _, lines := range [][]span{greedy, balanced} {
			at := 0
			for i, l := range lines {
				if gap := string(chars[at:l.from]); strings.Trim(gap, " ") != "" {
					t.Fatalf("%q is lost before line %d", gap, i)
				}
				if l.from >= l.to || chars[l.from] == ' ' || chars[l.to-1] == ' ' {
					t.Fatalf("line %d is %q", i, string(chars[l.from:l.to]))
				}
				if sum(advances[l.from:l.to]) > width+slack && trimmed(chars, l.from, pieceEnd(chars, l.from)) != l.to {
					t.Fatalf("line %d, %q, is too wide and could be broken", i, string(chars[l.from:l.to]))
				}
				if i > 0 && strings.ContainsRune(noStart, chars[l.from]) {
					t.Fatalf("line %d starts with %c", i, chars[l.from])
				}
				if i < len(lines)-1 && strings.ContainsRune(noEnd, chars[l.to-1]) {
					t.Fatalf("line %d ends with %c", i, chars[l.to-1])
				}
				at = l.to
			}
			if rest := string(chars[at:]); strings.Trim(rest, " ") != "" {
				t.Fatalf("%q is lost at the end", rest)
			}
		}
	})
}
