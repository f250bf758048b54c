package clauses

import (
	"regexp"
	"strings"
)

// A line may begin with a number because its sentence was wrapped there: 按照⏎第三条
// 规定. What stands before and behind the number tells.

var (
	// openEnds are the ends of a line whose sentence surely goes on in the next.
	openEnds = regexp.MustCompile(`(?:[，、,（(“《「『]|按照|依照|根据|依据|遵照|参照|比照|违反|適用|适用|符合|包括|对于|关于|以及|或者|\b(?:the|of|in|to|by|under|with|and|or|than|from|see|per))$`)
	// likelyEnds go on when what follows is a number without a space behind it.
	likelyEnds = regexp.MustCompile(`(?:依|按|除|为|在|于|由|向|对|将|与|及|和|或|并|至|到|从|自|即|是|本法|本条例|本办法|本规定|本细则|本制度|本规程|上述|前述)$`)
	// referring is what stands behind the number of a clause that is spoken of.
	referring = regexp.MustCompile(`^(?:规定|規定|所称|所稱|所列|所述|所指|所定|之规定|之規定|的|第[` + numeralRunes + `\s]+[款项項目]|[、和与與及或至]第|或者第|以及第|[，。；,;）)])`)
	// closedEnds are the ends of a sentence, or of a line before a list.
	closedEnds = regexp.MustCompile(`[。！？；：.!?;:”’」』）)》|*_]$`)
)

// surroundings are the line before, "" when a blank line or none stands there.
type surroundings struct {
	before  string
	heading bool // it was the heading of a chapter and the like
}

func (c *surroundings) read(l line, heading bool) { c.before, c.heading = l.words, heading }

// goesOn reports whether the sentence of the line before surely goes on here.
func (c surroundings) goesOn() bool {
	return c.before != "" && !c.heading && openEnds.MatchString(c.before)
}

// unfinished reports whether the line before may go on here.
func (c surroundings) unfinished() bool {
	return c.before != "" && !c.heading && !closedEnds.MatchString(c.before)
}

// speaksOf reports whether the number of a clause is spoken of: the sentence goes
// on here, or what follows without a space can only stand behind a reference.
func (c surroundings) speaksOf(rest string) bool {
	likely := c.before != "" && !c.heading && likelyEnds.MatchString(c.before)
	return c.goesOn() || referring.MatchString(rest) || likely && rest == strings.TrimLeft(rest, " \t\u3000") && rest != ""
}

// follows reports whether the number now can come after the number last: its next
// sibling, its first child, or the next of one that it stands under.
func follows(last, now []int) bool {
	for k := range now {
		switch {
		case k == len(last):
			return now[k] <= 1
		case now[k] == last[k]:
		case now[k] != last[k]+1:
			return false
		default:
			for _, n := range now[k+1:] {
				if n > 1 {
					return false
				}
			}
			return true
		}
	}
	return false
}
