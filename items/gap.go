package items

import (
	"regexp"
	"strconv"

	"anwen/internal/errs"
)

// Gap is one place to fill: a prompt of a matching item, or the place [[n]] in
// the text of a cloze or drag item, counted from 1.
type Gap struct {
	Text   Texts // the prompt; only of a matching item
	Option int   // index of the option that belongs here; matching and drag
	Item   *Item // the small item that stands here; only of a cloze item
	Share  int   // what the gap counts beside the others
	// Feedback is shown after submission to whoever filled the gap; of a cloze it
	// stands in the small item.
	Feedback Texts
}

// MaxShare bounds what one gap may count beside the others.
const MaxShare = 1000

var gapMark = regexp.MustCompile(`\[\[(\d{1,4})\]\]`)

// gapsIn counts the marks [[1]], [[2]]… of a text; -1 when one is missing or
// stands twice, and in a row when they must count up.
func gapsIn(source string, row bool) int {
	seen := map[int]bool{}
	for _, m := range gapMark.FindAllStringSubmatch(source, -1) {
		n, _ := strconv.Atoi(m[1]) // four digits at most
		if seen[n] || row && n != len(seen)+1 {
			return -1
		}
		seen[n] = true
	}
	for n := range seen {
		if n < 1 || n > len(seen) {
			return -1
		}
	}
	return len(seen)
}

// checkGaps refuses gaps that cannot be filled, and texts whose marks are others.
func (it Item) checkGaps(at errs.Place, faults *errs.Faults) {
	if len(it.Gaps) == 0 {
		faults.Add(at, "quizzes.no_gaps", nil)
		return
	}
	if len(it.Gaps) > MaxAnswers {
		faults.Add(at, "quizzes.too_many_answers", errs.Args{"most": MaxAnswers})
		return
	}
	if it.Kind != Matching {
		for _, text := range it.Text {
			// Broken HTML can swallow a mark, and then nobody could fill the gap.
			if gapsIn(text.Source, it.Kind == Cloze) != len(it.Gaps) || gapsIn(text.HTML(), false) != len(it.Gaps) {
				faults.Add(at, "quizzes.gaps_unlike_text", errs.Args{"gaps": len(it.Gaps)})
				return
			}
		}
	}
	for i, g := range it.Gaps {
		place := errs.Args{"gap": i + 1}
		switch {
		case g.Share < 1 || g.Share > MaxShare:
			faults.Add(at, "quizzes.bad_share", errs.Args{"gap": i + 1, "most": MaxShare})
		case it.Kind == Cloze:
			g.checkItem(at, i, faults)
		case it.Kind == Drag && i > 0 && g.Option < it.Gaps[i-1].Option:
			faults.Add(at, "quizzes.gaps_out_of_order", place)
		case g.Option < 0 || g.Option >= len(it.Options):
			faults.Add(at, "quizzes.gap_without_option", place)
		case it.Kind == Matching:
			if text, _ := g.Text.Pick(""); text.Empty() {
				faults.Add(at, "quizzes.empty_prompt", place)
			}
		}
	}
}

// checkItem refuses a gap whose small item is none, or of a kind that does not
// fit into a line of text.
func (g Gap) checkItem(at errs.Place, i int, faults *errs.Faults) {
	if g.Item == nil {
		faults.Add(at, "quizzes.gap_without_option", errs.Args{"gap": i + 1})
		return
	}
	switch g.Item.Kind {
	case SingleChoice, MultipleChoice, ShortAnswer, Numerical:
		g.Item.checkAnswers(at, faults)
	default:
		faults.Add(at, "quizzes.unknown_kind", errs.Args{"kind": string(g.Item.Kind)})
	}
}

// fillShare is what the filled gaps are worth, of the full amount: each gap in
// the proportion of its share.
func (it Item) fillShare(r Response) (got, full int64, err error) {
	for i, g := range it.Gaps {
		var answer Response
		if i < len(r.Gaps) {
			answer = r.Gaps[i]
		}
		share := int64(g.Share)
		full += share * int64(Whole)
		if it.Kind == Cloze {
			part, whole, err := g.Item.share(answer)
			if err != nil {
				return 0, 0, err
			}
			got += share * part * int64(Whole) / whole
			continue
		}
		if err := it.checkPick(answer); err != nil {
			return 0, 0, err
		}
		if answer.Choice != nil && *answer.Choice == g.Option {
			got += share * int64(Whole)
		}
	}
	return got, full, nil
}

// checkPick refuses what is no choice among the item's options.
func (it Item) checkPick(r Response) error {
	if r.Choices != nil || r.Text != nil || r.Gaps != nil || r.Order != nil {
		return errs.New(errs.Invalid, "quizzes.wrong_form", nil)
	}
	if r.Choice == nil {
		return nil
	}
	_, err := it.chosen([]int{*r.Choice})
	return err
}
