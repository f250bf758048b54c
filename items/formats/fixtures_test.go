package formats

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/i18n"
	"anwen/items"
)

// fixtures lists the files of a fixture folder that stands beside the repository.
func fixtures(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../../../shared/fixtures/gift", pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the GIFT fixtures are not here: ../shared/fixtures/gift beside the repository")
	}
	return files
}

func readFixture(t testing.TB, file string) []byte {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func TestEveryGrammarFixtureReadsAsItsJSONStates(t *testing.T) {
	files := fixtures(t, "pegjs/*.gift")
	for _, file := range files {
		source := readFixture(t, file)
		questions, faults := ReadGIFT(filepath.Base(file), source)
		for _, f := range faults {
			t.Errorf("%s: fault %+v", filepath.Base(file), f)
		}
		var want any
		dec := json.NewDecoder(bytes.NewReader(readFixture(t, strings.TrimSuffix(file, ".gift")+".json")))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			t.Fatal(err)
		}
		got := make([]any, 0)
		categories := 0
		for i, q := range questions {
			bare := false // the JSON writes a single number without = as an object
			if entries, ok := want.([]any); ok && i < len(entries) {
				_, bare = entries[i].(map[string]any)["choices"].(map[string]any)
			}
			got = append(got, stated(q, bare))
			categories += strings.Count(string(q.Kind), string(Category))
		}
		if diff := cmp.Diff(want, any(got)); diff != "" {
			t.Errorf("%s (-stated +read):\n%s", filepath.Base(file), diff)
		}
		if categories == len(questions) {
			continue
		}
		items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.English: questions})
		if len(faults) > 0 || len(items) != len(questions)-categories {
			t.Errorf("%s: %d of %d questions became items: %+v", filepath.Base(file), len(items), len(questions), faults)
		}
	}
	t.Logf("%d files", len(files))
}

var statedTypes = map[items.Kind]string{
	items.SingleChoice: "MC", items.MultipleChoice: "MC", items.TrueFalse: "TF", items.ShortAnswer: "Short",
	items.Numerical: "Numerical", items.Matching: "Matching", items.Essay: "Essay", items.Description: "Description",
}

// stated writes a question in the shape of the fixtures' JSON.
func stated(q Question, bare bool) map[string]any {
	if q.Kind == Category {
		return map[string]any{"type": "Category", "title": q.Text.Source}
	}
	out := map[string]any{
		"type": statedTypes[q.Kind], "id": orNull(q.ID), "title": orNull(q.Name), "tags": nil,
		"stem": statedText(q.Text), "hasEmbeddedAnswers": q.MissingWord,
	}
	if len(q.Tags) > 0 {
		tags := []any{}
		for _, tag := range q.Tags {
			tags = append(tags, tag)
		}
		out["tags"] = tags
	}
	if q.Kind != items.Description {
		out["globalFeedback"] = textOrNull(q.Feedback)
	}
	choices := []any{}
	for _, c := range q.Choices {
		choices = append(choices, statedChoice(c.Right, c.Weight, statedText(c.Text), c.Feedback))
	}
	for _, n := range q.Numbers {
		number := statedNumber(n, bare)
		if bare {
			out["choices"] = number
			return out
		}
		choices = append(choices, statedChoice(n.Right, n.Weight, number, n.Feedback))
	}
	switch q.Kind {
	case items.TrueFalse:
		out["isTrue"], out["trueFeedback"], out["falseFeedback"] = q.True, textOrNull(q.WhenWrong), textOrNull(q.WhenRight)
	case items.Matching:
		pairs := []any{}
		for _, p := range q.Pairs {
			pairs = append(pairs, map[string]any{"subquestion": statedText(p.Text), "subanswer": p.Answer.Source})
		}
		out["matchPairs"] = pairs
	case items.Essay, items.Description:
	default:
		out["choices"] = choices
	}
	return out
}

func statedChoice(right bool, weight *items.Weight, text any, feedback items.Text) map[string]any {
	out := map[string]any{"isCorrect": right, "weight": nil, "text": text, "feedback": textOrNull(feedback)}
	if weight != nil {
		out["weight"] = json.Number(weight.String())
	}
	return out
}

func statedNumber(n Number, bare bool) any {
	first, second := json.Number(n.First), json.Number(n.Second)
	switch n.Spelling {
	case Otherwise:
		return map[string]any{"format": "moodle", "text": "*"}
	case FromTo:
		return map[string]any{"type": "high-low", "numberLow": first, "numberHigh": second}
	case Around:
		return map[string]any{"type": "range", "number": first, "range": second}
	}
	return map[string]any{"type": "simple", "number": first}
}

func statedText(t items.Text) map[string]any {
	return map[string]any{"format": string(t.Format), "text": t.Source}
}

func textOrNull(t items.Text) any {
	if t.Empty() {
		return nil
	}
	return statedText(t)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// broken lists the fixtures that are not GIFT: this one writes Django's braces
// without a backslash, so that its answers end too early or never.
var broken = map[string][]int{"06-Views-Templates.txt": {91, 102, 127, 152}}

// A word of the file that is in no question would be lost input.
func TestNoWordOfTheOtherFixturesIsLost(t *testing.T) {
	files := append(fixtures(t, "tsugi/*.txt"), fixtures(t, "tsugi/*.gift")...)
	files = append(files, fixtures(t, "pegjs/*.gift")...)
	for _, file := range files {
		source := readFixture(t, file)
		questions, faults := ReadGIFT(filepath.Base(file), source)
		var lines []int
		for _, f := range faults {
			lines = append(lines, f.Line)
		}
		if diff := cmp.Diff(broken[filepath.Base(file)], lines); diff != "" {
			t.Errorf("%s (-lines known to be broken +faults): %s", filepath.Base(file), diff)
		}
		if len(lines) > 0 {
			continue // what it loses, it says
		}
		lost := lostWords(string(source), questions)
		if len(lost) > 0 {
			t.Errorf("%s: lost %q", filepath.Base(file), lost)
		}
	}
}

var lineBreak = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\\n`)

var word = regexp.MustCompile(`[\pL\pN]+`)

// syntax are the words that are marks of the format and not text.
var syntax = map[string]bool{"html": true, "markdown": true, "plain": true, "moodle": true, "T": true, "F": true, "TRUE": true, "FALSE": true, "CATEGORY": true}

// kept gathers everything that the questions hold, in one string.
func kept(questions []Question) string {
	var b strings.Builder
	put := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(part)
			b.WriteByte('\n')
		}
	}
	weight := func(w *items.Weight) {
		if w != nil {
			put(w.String())
		}
	}
	for _, q := range questions {
		put(q.Name, q.Text.Source, q.Feedback.Source, q.WhenWrong.Source, q.WhenRight.Source)
		put(q.Comments...)
		for _, c := range q.Choices {
			weight(c.Weight)
			put(c.Text.Source, c.Feedback.Source)
		}
		for _, n := range q.Numbers {
			weight(n.Weight)
			put(string(n.First), n.Feedback.Source)
			if n.Spelling != Exactly {
				put(string(n.Second))
			}
		}
		for _, p := range q.Pairs {
			put(p.Text.Source, p.Answer.Source, p.Feedback.Source)
		}
	}
	return b.String()
}

func lostWords(source string, questions []Question) []string {
	count := map[string]int{}
	for _, w := range word.FindAllString(kept(questions), -1) {
		count[w]++
	}
	var lost []string
	for _, w := range word.FindAllString(lineBreak.ReplaceAllString(source, "$1 "), -1) {
		if count[w]--; count[w] < 0 && !syntax[w] {
			lost = append(lost, w)
		}
	}
	return lost
}

// lostLetters lists letters outside ASCII, which are never marks of the format,
// that occur less often in the questions than in the file.
func lostLetters(source string, questions []Question) []rune {
	count := map[rune]int{}
	for _, r := range kept(questions) {
		count[r]++
	}
	var lost []rune
	for _, r := range source {
		if count[r]--; count[r] < 0 && r > unicode.MaxASCII && unicode.IsLetter(r) {
			lost = append(lost, r)
		}
	}
	return lost
}
