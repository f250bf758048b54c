package formats

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// readInteractions reads the text and what is asked.
func (r *qtiReader) readInteractions(q *Question, body *node, interactions []*node) bool {
	r.readRubrics(q, body)
	switch q.Kind {
	case items.Cloze:
		return r.readGaps(q, body, interactions)
	case items.Description:
		q.Text = r.bodyText(body, nil)
		return true
	}
	if len(interactions) != 1 {
		return r.fault(r.root.line, "quizzes.qti_two_interactions", nil)
	}
	n := interactions[0]
	response := n.attr("responseidentifier")
	d := r.declarations[response]
	if d == nil {
		return r.fault(n.line, "quizzes.qti_no_declaration", nil)
	}
	if q.Kind == items.Drag {
		return r.readGapMatch(q, n, d)
	}
	q.Text = r.bodyText(body, n)
	switch q.Kind {
	case items.Ordering:
		return r.readOrder(q, n, d)
	case items.Matching:
		return r.readMatch(q, n, d)
	case items.Essay:
		return true
	case items.TrueFalse:
		weights, ok := r.weights(q, d)
		if !ok {
			return false
		}
		if q.True = weights[truthID(true)] == items.Whole; q.True == (weights[truthID(false)] == items.Whole) {
			return r.fault(d.line, "quizzes.no_right_answer", nil)
		}
		q.WhenRight, q.WhenWrong = r.feedback(response, truthID(q.True)), r.feedback(response, truthID(!q.True))
		return true
	}
	return r.readSmall(q, n, d, response)
}

// bodyText is the text of the body without its interaction, whose prompt belongs
// to the text.
func (r *qtiReader) bodyText(body, interaction *node) items.Text {
	for _, n := range body.children {
		if own(n, "source") != "" && n.name == "div" {
			return qtiText(n)
		}
	}
	if interaction == nil {
		return htmlText(innerHTML(body, nil))
	}
	prompt := ""
	if p := interaction.child("prompt"); p != nil {
		prompt = "<p>" + innerHTML(p, nil) + "</p>"
	}
	if interaction.name == "textentryinteraction" {
		prompt = gap
	}
	return htmlText(innerHTML(body, map[*node]string{interaction: prompt}))
}

func (r *qtiReader) readRubrics(q *Question, body *node) {
	for _, n := range body.find("rubricblock") {
		if points := own(n, "points"); points != "" {
			if p, ok := items.ParsePoints(points); ok {
				q.Rubric = append(q.Rubric, Criterion{Text: qtiText(n), Points: p})
			}
		} else if q.Kind == items.Essay && n.attr("view") != "candidate" {
			q.Guide = qtiText(n)
		} else {
			q.Dropped = append(q.Dropped, "rubric: "+cut(n.content(), 60))
		}
	}
}

// readSmall reads choices, short answers and numbers, alone or as a gap.
func (r *qtiReader) readSmall(q *Question, n *node, d *declaration, response string) bool {
	switch q.Kind {
	case items.ShortAnswer:
		return r.readVariants(q, d, response)
	case items.Numerical:
		return r.readConditions(q, d, response)
	}
	weights, ok := r.weights(q, d)
	if !ok {
		return false
	}
	for _, c := range append(n.all("simplechoice"), n.all("inlinechoice")...) {
		id := c.attr("identifier")
		weight := weights[id]
		said := r.feedback(response, id)
		if inline := c.child("feedbackinline"); inline != nil && said.Empty() {
			said = htmlText(innerHTML(inline, nil))
		}
		q.Choices = append(q.Choices, Choice{Line: c.line, Right: weight == items.Whole, Weight: &weight, Text: qtiText(c), Feedback: said})
	}
	return true
}

// weights are the parts of the most that can be earned, by identifier.
func (r *qtiReader) weights(q *Question, d *declaration) (map[string]items.Weight, bool) {
	found := map[string]items.Weight{}
	if len(d.mapped) == 0 {
		for _, id := range d.right {
			found[id] = items.Whole / items.Weight(len(d.right))
		}
		if q.Kind == items.MultipleChoice {
			q.Credit = items.AllOrNothing
		}
		return found, true
	}
	values := make([]*big.Rat, len(d.mapped))
	most := new(big.Rat)
	for i, e := range d.mapped {
		value, ok := new(big.Rat).SetString(e.value)
		if !ok || len(e.value) > 40 || strings.ContainsAny(e.value, "eE/") {
			return nil, r.fault(e.line, "quizzes.bad_weight", errs.Args{"weight": cut(e.value, 40)})
		}
		values[i] = value
		if value.Sign() > 0 && q.Kind == items.MultipleChoice {
			most.Add(most, value)
		} else if value.Cmp(most) > 0 {
			most = value
		}
	}
	if r.ours || most.Sign() == 0 {
		most = big.NewRat(1, 1)
	} else if q.Points == nil {
		if points, ok := items.ParsePoints(most.FloatString(3)); ok && points > 0 {
			q.Points = &points
		}
	}
	for id, worth := range r.unmapped(q, d) {
		value, ok := new(big.Rat).SetString(worth)
		if !ok || len(worth) > 40 || strings.ContainsAny(worth, "eE/") {
			return nil, r.fault(d.line, "quizzes.bad_weight", errs.Args{"weight": cut(worth, 40)})
		}
		weight, ok := items.ParseFraction(new(big.Rat).Quo(value, most).FloatString(7))
		if !ok {
			return nil, r.fault(d.line, "quizzes.bad_weight", errs.Args{"weight": cut(worth, 40)})
		}
		found[id] = weight
	}
	for i, e := range d.mapped {
		weight, ok := items.ParseFraction(new(big.Rat).Quo(values[i], most).FloatString(7))
		if !ok {
			return nil, r.fault(e.line, "quizzes.bad_weight", errs.Args{"weight": cut(e.value, 40)})
		}
		found[e.key] = weight
	}
	return found, true
}

// unmapped is the worth of the choices that the mapping does not name.
func (r *qtiReader) unmapped(q *Question, d *declaration) map[string]string {
	worth := map[string]string{}
	if d.other == "" || d.other == "0" || q.Kind != items.MultipleChoice && q.Kind != items.SingleChoice {
		return worth
	}
	for _, c := range r.root.find("simplechoice", "inlinechoice") {
		worth[c.attr("identifier")] = d.other
	}
	return worth
}

func (r *qtiReader) readVariants(q *Question, d *declaration, response string) bool {
	entries := d.mapped
	if len(entries) == 0 {
		for _, right := range d.right {
			entries = append(entries, mapEntry{line: d.line, key: right, value: "1"})
		}
	}
	weights, ok := r.weights(q, &declaration{line: d.line, mapped: entries})
	if !ok {
		return false
	}
	for i, e := range entries {
		if e.exact && q.Fold != items.FoldWidth {
			q.Fold = items.FoldNothing
		}
		text := items.Text{Format: items.Plain, Source: strings.TrimSpace(e.key)}
		if format, ok := items.ParseFormat(string(e.format)); ok {
			text = items.Text{Format: format, Source: tidy(e.source, format)}
		}
		weight := weights[e.key]
		if r.ours { // the same variant may stand twice
			weight, _ = items.ParseFraction(e.value)
		}
		q.Choices = append(q.Choices, Choice{Line: e.line, Right: weight == items.Whole, Weight: &weight, Text: text, Feedback: r.feedback(response, optionID(i))})
	}
	if len(q.Choices) == 0 {
		return r.fault(d.line, "quizzes.no_right_answer", nil)
	}
	return true
}

// readConditions reads numbers from the response processing, or else from the
// correct response alone.
func (r *qtiReader) readConditions(q *Question, d *declaration, response string) bool {
	for _, branch := range r.root.child("responseprocessing").find("responseif", "responseelseif") {
		about := false
		for _, v := range branch.find("variable") {
			about = about || v.attr("identifier") == response
		}
		if !about {
			continue
		}
		number, ok := conditionNumber(branch)
		if !ok {
			return r.fault(branch.line, "quizzes.bad_number", errs.Args{"number": cut(branch.content(), 40)})
		}
		number.Feedback = r.feedback(response, optionID(len(q.Numbers)))
		q.Numbers = append(q.Numbers, number)
	}
	for _, right := range d.right {
		if len(q.Numbers) > 0 {
			break
		}
		number := Number{Line: d.line, Right: true}
		if !number.read(right) {
			return r.fault(d.line, "quizzes.bad_number", errs.Args{"number": cut(right, 40)})
		}
		q.Numbers = append(q.Numbers, number)
	}
	if len(q.Numbers) == 0 {
		return r.fault(d.line, "quizzes.no_right_answer", nil)
	}
	return true
}

// conditionNumber reads a branch that compares with a number or asks only that
// there is one.
func conditionNumber(branch *node) (Number, bool) {
	n := Number{Line: branch.line, Spelling: Otherwise}
	weight := items.Whole
	for _, set := range branch.all("setoutcomevalue") {
		if set.attr("identifier") == "SCORE" {
			var ok bool
			if weight, ok = items.ParseFraction(set.child("basevalue").content()); !ok {
				return n, false
			}
		}
	}
	n.Weight, n.Right = &weight, weight == items.Whole
	equal := append(branch.all("equal"), branch.all("match")...)
	if len(equal) == 0 {
		return n, true
	}
	values := equal[0].all("basevalue")
	if len(values) == 0 {
		return n, false
	}
	text := values[0].content()
	if tolerance := strings.Fields(equal[0].attr("tolerance")); len(tolerance) > 0 {
		if equal[0].attr("tolerancemode") != "absolute" {
			return n, false
		}
		text += ":" + tolerance[0]
	}
	ok := n.read(text)
	return n, ok
}

func (r *qtiReader) readOrder(q *Question, n *node, d *declaration) bool {
	choices := n.all("simplechoice")
	if len(d.right) != len(choices) {
		return r.fault(d.line, "quizzes.incomplete_order", errs.Args{"count": len(choices)})
	}
	for _, id := range d.right {
		i := slices.IndexFunc(choices, func(c *node) bool { return c.attr("identifier") == id })
		if i < 0 {
			return r.fault(d.line, "quizzes.unknown_option", errs.Args{"option": cut(id, 40)})
		}
		q.Choices = append(q.Choices, Choice{Line: choices[i].line, Right: true, Text: qtiText(choices[i]), Feedback: r.feedback("RESPONSE", id)})
	}
	return true
}

// readMatch takes the set whose choices go once for the prompts.
func (r *qtiReader) readMatch(q *Question, n *node, d *declaration) bool {
	sets := n.all("simplematchset")
	if len(sets) != 2 {
		return r.fault(n.line, "quizzes.qti_no_declaration", nil)
	}
	prompts, answers := sets[0].all("simpleassociablechoice"), sets[1].all("simpleassociablechoice")
	if r.ours {
		prompts, answers = answers, prompts
	}
	used := map[string]bool{}
	for _, p := range prompts {
		id := p.attr("identifier")
		pair := Pair{Line: p.line, Text: qtiText(p), Feedback: r.feedback("RESPONSE", id)}
		for _, right := range d.right {
			a, b, _ := strings.Cut(right, " ")
			if a != id && b != id {
				continue
			}
			for _, answer := range answers {
				if other := answer.attr("identifier"); other == a || other == b {
					pair.Answer, used[other] = qtiText(answer), true
				}
			}
		}
		if pair.Answer.Empty() {
			return r.fault(p.line, "quizzes.gift_half_pair", nil)
		}
		q.Pairs = append(q.Pairs, pair)
	}
	for _, answer := range answers {
		if !used[answer.attr("identifier")] {
			q.Pairs = append(q.Pairs, Pair{Line: answer.line, Answer: qtiText(answer)})
		}
	}
	return true
}

func (r *qtiReader) readGapMatch(q *Question, n *node, d *declaration) bool {
	options := map[string]int{}
	for i, c := range n.all("gaptext") {
		options[c.attr("identifier")] = i
		q.Choices = append(q.Choices, Choice{Line: c.line, Right: true, Text: qtiText(c), Feedback: r.feedback("RESPONSE", c.attr("identifier"))})
	}
	places := map[*node]string{}
	for _, g := range n.find("gap") {
		option := -1
		for _, right := range d.right {
			choice, at, _ := strings.Cut(right, " ")
			if i, ok := options[choice]; ok && at == g.attr("identifier") {
				option = i
			}
		}
		if option < 0 {
			return r.fault(g.line, "quizzes.gap_without_option", errs.Args{"gap": len(places) + 1})
		}
		places[g] = placeOf(option + 1)
	}
	for _, c := range n.all("gaptext") {
		places[c] = ""
	}
	text := htmlText(innerHTML(n, places))
	if source := own(n, "source"); source != "" {
		text = qtiText(n)
		text.Source = writePlaces(text.Source, placesInOrder(d.right, options))
	}
	q.Text = text
	q.Text.Source, q.Places = readPlaces(text.Source)
	return true
}

// placesInOrder lists the option of gap G0, G1 and so on.
func placesInOrder(right []string, options map[string]int) []int {
	places := make([]int, len(right))
	for _, pair := range right {
		choice, gap, _ := strings.Cut(pair, " ")
		if n, err := strconv.Atoi(strings.TrimPrefix(gap, "G")); err == nil && n >= 0 && n < len(places) {
			places[n] = options[choice]
		}
	}
	return places
}

func (r *qtiReader) readGaps(q *Question, body *node, interactions []*node) bool {
	places := map[*node]string{}
	for i, n := range interactions {
		response := n.attr("responseidentifier")
		d := r.declarations[response]
		if d == nil {
			return r.fault(n.line, "quizzes.qti_no_declaration", nil)
		}
		gap := Question{At: q.At, Share: 1}
		switch {
		case n.name == "textentryinteraction" && (d.base == "float" || d.base == "integer"):
			gap.Kind = items.Numerical
		case n.name == "textentryinteraction":
			gap.Kind, gap.Fold = items.ShortAnswer, items.FoldScript
		case d.cardinality == "multiple":
			gap.Kind = items.MultipleChoice
		default:
			gap.Kind = items.SingleChoice
		}
		if share, err := strconv.Atoi(own(n, "share")); err == nil {
			gap.Share = share
		}
		if !r.readSmall(&gap, n, d, response) {
			return false
		}
		gap.Points = nil
		for j := range gap.Choices {
			if !r.ours { // what stands in a text has the format of the text
				gap.Choices[j].Text.Format = items.HTML
			}
		}
		q.Gaps = append(q.Gaps, gap)
		places[n] = fmt.Sprintf("[[%d]]", i+1)
		if p := n.child("prompt"); p != nil {
			places[n] = "<p>" + innerHTML(p, nil) + "</p>" + places[n]
		}
	}
	for _, n := range body.children {
		if own(n, "source") != "" && n.name == "div" {
			q.Text = qtiText(n)
			return true
		}
	}
	q.Text = htmlText(innerHTML(body, places))
	return true
}
