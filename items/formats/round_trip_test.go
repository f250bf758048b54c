package formats

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
)

// anyText draws texts with every character that some format gives a meaning to.
func anyText(format items.Format) *rapid.Generator[items.Text] {
	letters := []rune(`abz09 ={}~#:%*\[]()<>&"'/|.,;!?-_$中文投诉處理《》，。𠮷　é` + "\n")
	return rapid.Custom(func(t *rapid.T) items.Text {
		s := rapid.StringOfN(rapid.SampledFrom(letters), 1, 25, -1).Draw(t, "text")
		if rapid.IntRange(0, 3).Draw(t, "special") == 0 {
			s = rapid.SampledFrom([]string{"->", "//x", "$CATEGORY: x", "::a::", "[html]x", "%50%x", "#ff0000", "-\\>", "\\n", "T", "=x", "]]>", "A. b", "答案：A", "1.", "<b>x</b>", "&amp;", "ANSWER: B", "1e5", "FALSE"}).Draw(t, "word") + s
		}
		s = strings.ReplaceAll(strings.ReplaceAll(s, "[[", "[ ["), "]]", "] ]")
		if s = strings.TrimSpace(s); s == "" {
			s = "x"
		}
		if format == items.Moodle {
			lines := strings.Split(s, "\n")
			for i := range lines {
				lines[i] = oneSpace(lines[i])
			}
			s = strings.Join(lines, "\n")
		}
		return items.Text{Format: format, Source: s}
	})
}

// anyItem draws an item of any kind in one language, as a reader makes it.
func anyItem(kinds []items.Kind, formats []items.Format) *rapid.Generator[items.Item] {
	return rapid.Custom(func(t *rapid.T) items.Item {
		d := drawing{t, rapid.SampledFrom(formats).Draw(t, "format")}
		it := items.Item{
			Name: oneSpace(strings.TrimSpace(d.source("name"))), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Text: d.texts(), Points: items.Points(rapid.IntRange(1, 9000).Draw(t, "points")),
			Feedback: d.maybe(),
			Filing:   items.Filing{Difficulty: rapid.IntRange(0, 5).Draw(t, "difficulty")},
		}
		if rapid.Bool().Draw(t, "tagged") {
			it.Tags = []string{oneSpace(d.source("tag"))}
		}
		if rapid.Bool().Draw(t, "in a set") {
			it.Set = oneSpace(d.source("set"))
		}
		d.answers(&it)
		return it
	})
}

type drawing struct {
	t      *rapid.T
	format items.Format
}

func (d drawing) source(label string) string {
	return strings.ReplaceAll(anyText(items.Moodle).Draw(d.t, label).Source, "\n", "·")
}

func (d drawing) texts() items.Texts {
	return items.Texts{i18n.Hans: anyText(d.format).Draw(d.t, "text")}
}

func (d drawing) maybe() items.Texts {
	if rapid.Bool().Draw(d.t, "said") {
		return d.texts()
	}
	return items.Texts{}
}

func (d drawing) option(weight items.Weight) items.Option {
	return items.Option{Text: d.texts(), Weight: weight, Feedback: d.maybe()}
}

func (d drawing) number(weight items.Weight) items.Number {
	value := func(low int) items.Decimal {
		n, _ := items.ParseDecimal(fmt.Sprintf("%d.%d", rapid.IntRange(low, 99).Draw(d.t, "n"), rapid.IntRange(0, 99).Draw(d.t, "f")))
		return n
	}
	return items.Number{Value: value(-99), Tolerance: value(0), Weight: weight, Feedback: d.maybe()}
}

func (d drawing) distinct(n int) []items.Option {
	var all []items.Option
	for i := range n {
		o := items.Option{Text: d.texts(), Feedback: items.Texts{}}
		text := o.Text[i18n.Hans]
		text.Source = fmt.Sprintf("%s%d", text.Source, i)
		o.Text[i18n.Hans] = text
		all = append(all, o)
	}
	return all
}

var someWeights = []items.Weight{0, items.Whole, items.Whole / 2, -items.Whole / 4, 3333333}

func (d drawing) answers(it *items.Item) {
	t := d.t
	weight := func() items.Weight { return rapid.SampledFrom(someWeights).Draw(t, "weight") }
	n := rapid.IntRange(1, 4).Draw(t, "n")
	switch it.Kind {
	case items.SingleChoice:
		it.Options = append(it.Options, d.option(items.Whole), d.option(0))
		for range n {
			it.Options = append(it.Options, d.option(weight()))
		}
	case items.MultipleChoice:
		it.Options = []items.Option{d.option(items.Whole / 2), d.option(items.Whole / 2), d.option(-items.Whole / 4)}
		if rapid.Bool().Draw(t, "all") {
			it.Credit = items.AllOrNothing
		}
	case items.TrueFalse:
		it.Options = []items.Option{{Text: items.Texts{}, Weight: items.Whole, Feedback: d.maybe()}, {Text: items.Texts{}, Feedback: d.maybe()}}
		if rapid.Bool().Draw(t, "false") {
			it.Options[0].Weight, it.Options[1].Weight = 0, items.Whole
		}
	case items.ShortAnswer:
		it.Fold = rapid.SampledFrom([]items.Fold{items.FoldScript, items.FoldWidth, items.FoldNothing}).Draw(t, "fold")
		it.Accepted = append(it.Accepted, d.option(items.Whole))
		for range n {
			it.Accepted = append(it.Accepted, d.option(weight()))
		}
	case items.Numerical:
		it.Numbers = []items.Number{d.number(items.Whole), d.number(weight()), {Any: true, Feedback: d.maybe()}}
		if rapid.Bool().Draw(t, "units") {
			it.Measures = []items.Measure{{Name: "小时", Factor: "1"}, {Name: "d", Factor: "24"}}
			it.MeasurePenalty = rapid.SampledFrom([]items.Weight{0, items.Whole / 10}).Draw(t, "penalty")
		}
	case items.Matching:
		it.Options = d.distinct(n + 1)
		for i := range n {
			it.Gaps = append(it.Gaps, items.Gap{Text: d.texts(), Feedback: d.maybe(), Option: i, Share: 1})
		}
	case items.Ordering:
		it.Options = d.distinct(n + 1)
		it.Credit = rapid.SampledFrom([]items.Credit{"", items.AllOrNothing, items.Neighbours, items.LongestRun}).Draw(t, "credit")
	case items.Drag:
		it.Options = d.distinct(n + 1)
		text := visible(it.Text[i18n.Hans])
		for i := range n {
			it.Gaps = append(it.Gaps, items.Gap{Text: items.Texts{}, Feedback: items.Texts{}, Option: i, Share: 1})
			text.Source = fmt.Sprintf("[[%d]] %s", i+1, text.Source)
		}
		it.Text[i18n.Hans] = text
	case items.Cloze:
		d.gaps(it)
	case items.Essay:
		it.Markers = rapid.IntRange(1, 2).Draw(t, "markers")
		it.Guide = d.maybe()
		for range n - 1 {
			it.Rubric = append(it.Rubric, items.Criterion{Text: d.texts(), Points: items.Points(rapid.IntRange(1, 5000).Draw(t, "points"))})
		}
	case items.Description:
		it.Points = 0
	}
}

// visible takes out what could hide a gap from the reader.
func visible(t items.Text) items.Text {
	t.Source = strings.NewReplacer("{", "-", "}", "-", "<", "-", "[", "-", "]", "-", "`", "-", "(", "-", "\\", "-").Replace(t.Source)
	return t
}

func (d drawing) gaps(it *items.Item) {
	text := visible(it.Text[i18n.Hans])
	kinds := []items.Item{
		{Kind: items.SingleChoice, Options: []items.Option{d.option(items.Whole), d.option(0)}},
		{Kind: items.MultipleChoice, Options: []items.Option{d.option(items.Whole / 2), d.option(items.Whole / 2), d.option(-items.Whole)}},
		{Kind: items.ShortAnswer, Fold: items.FoldNothing, Accepted: []items.Option{d.option(items.Whole), d.option(items.Whole / 2)}},
		{Kind: items.ShortAnswer, Fold: items.FoldScript, Accepted: []items.Option{d.option(items.Whole)}},
		{Kind: items.Numerical, Numbers: []items.Number{d.number(items.Whole), d.number(0)}},
	}
	for i, small := range kinds[:rapid.IntRange(1, len(kinds)).Draw(d.t, "gaps")] {
		small.Text, small.Feedback = items.Texts{}, items.Texts{}
		it.Gaps = append(it.Gaps, items.Gap{Text: items.Texts{}, Feedback: items.Texts{}, Item: &small, Share: rapid.IntRange(1, 9).Draw(d.t, "share")})
		text.Source += fmt.Sprintf(" [[%d]] .", i+1)
	}
	it.Text[i18n.Hans] = text
}

var allKinds = []items.Kind{
	items.SingleChoice, items.MultipleChoice, items.TrueFalse, items.ShortAnswer, items.Numerical, items.Matching,
	items.Ordering, items.Cloze, items.Drag, items.Essay, items.Description,
}

var allFormats = []items.Format{items.Markdown, items.HTML, items.Moodle, items.Plain}

// checkRoundTrip holds that what is written is read as the same items.
func checkRoundTrip(t *testing.T, items *rapid.Generator[items.Item], write func([]Question) []byte, read func([]byte) ([]Question, []errs.Fault)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(items, 1, 3).Draw(t, "items")
		for i := range want {
			want[i].Name = fmt.Sprintf("%d%s", i, want[i].Name)
		}
		var questions []Question
		for _, it := range want {
			var faults errs.Faults
			if it.Check(errs.Place{}, &faults); faults.Len() > 0 {
				t.Fatalf("drew what is no item: %+v\n%+v", it, faults.List())
			}
			questions = append(questions, QuestionOf(it, i18n.Hans))
		}
		file := write(questions)
		back, faults := read(file)
		if len(faults) > 0 {
			t.Fatalf("%+v in\n%s", faults, file)
		}
		got, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: back})
		if len(faults) > 0 {
			t.Fatalf("%+v in\n%s", faults, file)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s", diff, file)
		}
	})
}

func TestItemsOfEveryKindComeBackFromGIFT(t *testing.T) {
	for _, kind := range allKinds {
		t.Run(string(kind), func(t *testing.T) {
			checkRoundTrip(t, anyItem([]items.Kind{kind}, allFormats), WriteGIFT, func(file []byte) ([]Question, []errs.Fault) { return ReadGIFT("f.gift", file) })
		})
	}
}

func TestItemsOfEveryKindComeBackFromMoodle(t *testing.T) {
	for _, kind := range allKinds {
		t.Run(string(kind), func(t *testing.T) {
			checkRoundTrip(t, anyItem([]items.Kind{kind}, allFormats), WriteMoodle, func(file []byte) ([]Question, []errs.Fault) { return ReadMoodle("f.xml", file) })
		})
	}
}

func TestItemsOfEveryKindComeBackFromQTI(t *testing.T) {
	for _, version := range []QTIVersion{QTI21, QTI22, QTI30} {
		for _, kind := range allKinds {
			t.Run(string(version)+" "+string(kind), func(t *testing.T) {
				var files [][]byte
				checkRoundTrip(t, anyItem([]items.Kind{kind}, allFormats), func(questions []Question) []byte {
					files = nil
					for i, q := range questions {
						files = append(files, WriteQTIItem(q, fmt.Sprintf("i%d", i), version))
					}
					return bytes.Join(files, []byte("\n"))
				}, func([]byte) (all []Question, faults []errs.Fault) {
					for _, file := range files {
						questions, found := ReadQTI("f.xml", file)
						all, faults = append(all, questions...), append(faults, found...)
					}
					return all, faults
				})
			})
		}
	}
}

func TestABankComesBackWithItsCategories(t *testing.T) {
	var want []items.Item
	for i, category := range []string{"", "投诉/时限", "投诉/时限", "", "反洗钱"} {
		text := items.Texts{i18n.Hans: {Format: items.Markdown, Source: "题"}}
		want = append(want, items.Item{Name: fmt.Sprint("q", i), Kind: items.TrueFalse, Text: text, Points: items.Point,
			Options: []items.Option{{Weight: items.Whole}, {}}, Filing: items.Filing{Category: category, Tags: []string{"标签"}, Difficulty: 3}})
	}
	for _, format := range []Format{GIFT, Moodle, Workbook, QTI} {
		file, extension, faults := Write(want, i18n.Hans, format)
		if len(faults) > 0 {
			t.Fatalf("%s: %+v", format, faults)
		}
		questions, faults := Read("f"+extension, file, "")
		if len(faults) > 0 {
			t.Fatalf("%s: %+v\n%s", format, faults, file)
		}
		got, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions})
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %+v\n%s\n%s", format, faults, diff, file)
		}
	}
}

func TestPicturesTravelWithTheirQuestions(t *testing.T) {
	var red, blue bytes.Buffer
	for i, out := range []*bytes.Buffer{&red, &blue} {
		if err := png.Encode(out, image.NewGray(image.Rect(0, 0, 2+i, 2))); err != nil {
			t.Fatal(err)
		}
	}
	bound := func(data []byte) string { sum := sha256.Sum256(data); return "picture:" + hex.EncodeToString(sum[:]) }
	a, b := bound(red.Bytes()), bound(blue.Bytes())
	it := items.Item{Name: "q", Kind: items.SingleChoice, Points: items.Point,
		Text: items.Texts{i18n.Hans: {Format: items.Markdown, Source: "看图：![流程](" + a + ")"}},
		Options: []items.Option{
			{Weight: items.Whole, Text: items.Texts{i18n.Hans: {Format: items.HTML, Source: `<p>乙 <img src="` + b + `" alt="乙"></p>`}}},
			{Text: items.Texts{i18n.Hans: {Format: items.Plain, Source: "丙"}}},
		},
		Attached: []items.Attachment{{Name: a, Bytes: red.Bytes()}, {Name: b, Bytes: blue.Bytes()}}}
	if html := it.Text[i18n.Hans].HTML(); !strings.Contains(html, `src="/api/v1/pictures/`+a[8:]) {
		t.Errorf("shown as %s", html)
	}
	for _, format := range []Format{Moodle, QTI} {
		file, extension, faults := Write([]items.Item{it}, i18n.Hans, format)
		if len(faults) > 0 {
			t.Fatalf("%s: %+v", format, faults)
		}
		questions, faults := Read("f"+extension, file, "")
		if len(faults) > 0 || len(questions) != 1 {
			t.Fatalf("%s: %d, %+v\n%s", format, len(questions), faults, file)
		}
		if len(questions[0].Dropped) > 0 {
			t.Errorf("%s drops %v", format, questions[0].Dropped)
		}
		items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions})
		if len(faults) > 0 {
			t.Fatalf("%s: %+v", format, faults)
		}
		got := map[string]string{}
		for _, at := range items[0].Attached {
			got[at.Name] = bound(at.Bytes)
		}
		items[0].RenamePictures(func(name string) string { return got[path.Base(name)] })
		items[0].Attached = it.Attached
		if diff := cmp.Diff(it, items[0], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
}
