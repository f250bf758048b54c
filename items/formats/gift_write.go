package formats

import (
	"bytes"
	"fmt"
	"strings"

	"anwen/items"
)

// WriteGIFT writes questions as a GIFT file that ReadGIFT reads back as they are.
// What GIFT has no words for stands in comments.
func WriteGIFT(questions []Question) []byte {
	var b bytes.Buffer
	category := ""
	for _, q := range questions {
		if q.Kind == Category {
			category = q.Text.Source
			fmt.Fprintf(&b, "$CATEGORY: %s\n\n", strings.ReplaceAll(category, "\n", " "))
			continue
		}
		writeNotes(&b, q)
		if q.Name != "" {
			fmt.Fprintf(&b, "::%s::", escapeGIFT(q.Name))
		}
		text := q.Text
		switch q.Kind {
		case items.Cloze:
			text.Source = writeCloze(q)
		case items.Drag:
			text.Source = writePlaces(text.Source, q.Places)
		}
		b.WriteString(giftText(text, ""))
		writeGIFTAnswers(&b, q)
		b.WriteString("\n\n")
	}
	return b.Bytes()
}

func writeNotes(b *bytes.Buffer, q Question) {
	var notes []string
	add := func(key, value string) {
		notes = append(notes, "["+key+":"+noteEscaper.Replace(value)+"]")
	}
	if q.ID != "" {
		add("id", q.ID)
	}
	for _, tag := range q.Tags {
		add("tag", tag)
	}
	switch q.Kind {
	case items.Cloze, items.Drag, items.Ordering, items.ShortAnswer:
		add("kind", string(q.Kind))
	case items.Description:
		if clozeStart.MatchString(q.Text.Source) {
			add("kind", string(q.Kind)) // or it would be read as a cloze
		}
	}
	if q.Points != nil && (*q.Points != items.Point && q.Kind != items.Description || *q.Points != 0 && q.Kind == items.Description) {
		add("points", q.Points.String())
	}
	if q.Difficulty > 0 {
		add("difficulty", fmt.Sprint(q.Difficulty))
	}
	if q.Set != "" {
		add("set", q.Set)
	}
	if q.Credit != items.Partial {
		add("credit", string(q.Credit))
	}
	if q.Kind == items.ShortAnswer {
		switch q.Fold {
		case items.FoldWidth:
			add("fold", "width")
		case items.FoldNothing:
			add("fold", string(q.Fold))
		}
	}
	for _, u := range q.Measures {
		add("unit", u.Name+"="+string(u.Factor))
	}
	if q.MeasurePenalty > 0 {
		add("unit_penalty", q.MeasurePenalty.String())
	}
	if q.Kind == items.Essay && q.Markers > 1 {
		add("markers", fmt.Sprint(q.Markers))
	}
	for _, c := range q.Rubric {
		add("rubric", c.Points.String()+"="+"["+string(c.Text.Format)+"]"+c.Text.Source)
	}
	if !q.Guide.Empty() {
		add("guide", "["+string(q.Guide.Format)+"]"+q.Guide.Source)
	}
	if (q.Kind == items.Description || q.Kind == items.Cloze) && !q.Feedback.Empty() {
		add("feedback", "["+string(q.Feedback.Format)+"]"+q.Feedback.Source)
	}
	if len(notes) > 0 {
		fmt.Fprintf(b, "// %s\n", strings.Join(notes, " "))
	}
}

var giftEscaper = strings.NewReplacer(
	`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

func escapeGIFT(s string) string { return giftEscaper.Replace(s) }

// giftText writes a text with its format, which may be left out where it is the
// inherited one and the text cannot be taken for one.
func giftText(t items.Text, inherited items.Format) string {
	text := escapeGIFT(t.Source)
	if t.Format == inherited && !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "%") {
		return text
	}
	return "[" + string(t.Format) + "]" + text
}

// writtenArrow is an arrow that is part of a prompt.
const writtenArrow = `-\>`

func giftFeedback(mark string, t items.Text, inherited items.Format) string {
	if t.Empty() {
		return ""
	}
	return mark + giftText(t, inherited)
}

func writeGIFTAnswers(b *bytes.Buffer, q Question) {
	inherited := q.Text.Format
	switch q.Kind {
	case items.Description, items.Cloze:
		return
	case items.Essay:
		b.WriteString(" {" + giftFeedback("####", q.Feedback, inherited) + "}")
		return
	case items.TrueFalse:
		word := "FALSE"
		if q.True {
			word = "TRUE"
		}
		b.WriteString(" {" + word)
		if !q.WhenWrong.Empty() || !q.WhenRight.Empty() {
			b.WriteString("#" + giftFeedback("", q.WhenWrong, inherited) + giftFeedback("#", q.WhenRight, inherited))
		}
		b.WriteString(giftFeedback("####", q.Feedback, inherited) + "}")
		return
	}
	b.WriteString(" {")
	if q.Kind == items.Numerical {
		b.WriteString("#")
	}
	b.WriteString("\n")
	single := q.Kind == items.SingleChoice
	for _, c := range q.Choices {
		mark := "="
		switch {
		case q.Kind == items.Ordering, q.Kind == items.Drag:
		case q.Kind == items.ShortAnswer:
			mark = "=" + giftWeight(c.Worth())
		case single && c.Worth() == items.Whole:
			single = false // a second whole answer is written with its weight
		default:
			mark = "~" + giftWeight(c.Worth())
		}
		fmt.Fprintf(b, "\t%s%s%s\n", mark, giftText(c.Text, inherited), giftFeedback("#", c.Feedback, inherited))
	}
	for _, n := range q.Numbers {
		fmt.Fprintf(b, "\t=%%%s%%%s%s\n", n.Worth(), n.write(), giftFeedback("#", n.Feedback, inherited))
	}
	for _, p := range q.Pairs {
		prompt := ""
		if !p.Text.Empty() {
			prompt = strings.ReplaceAll(giftText(p.Text, inherited), "->", writtenArrow)
		}
		fmt.Fprintf(b, "\t=%s -> %s%s\n", prompt, giftText(p.Answer, items.Moodle), giftFeedback("#", p.Feedback, inherited))
	}
	b.WriteString(giftFeedback("####", q.Feedback, inherited) + "}")
}

func giftWeight(w items.Weight) string { return "%" + w.String() + "%" }

// write spells the number as read reads it.
func (n Number) write() string {
	switch n.Spelling {
	case Otherwise:
		return "*"
	case Exactly:
		return string(n.First)
	case FromTo:
		return string(n.First) + ".." + string(n.Second)
	}
	return string(n.First) + ":" + string(n.Second)
}
