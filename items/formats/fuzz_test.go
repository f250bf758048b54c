package formats

import (
	"bytes"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
)

// checkReader holds what is true of every reader and any bytes: something is read
// or said, faults have a place in the file, and what is read without a fault comes
// back from GIFT.
func checkReader(t *testing.T, source []byte, read func(string, []byte) ([]Question, []errs.Fault)) {
	t.Helper()
	questions, faults := read("f", source)
	if len(questions) == 0 && len(faults) == 0 {
		t.Fatal("nothing read and nothing said")
	}
	for _, fault := range faults {
		if fault.Code == "" || fault.Line < 0 || fault.Line > 2+bytes.Count(source, []byte("\n"))+bytes.Count(source, []byte("\r")) {
			t.Fatalf("%+v", fault)
		}
	}
	checkJoining(t, questions)
	items, _ := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions})
	for _, it := range items {
		if printable(it) {
			checkGIFTHolds(t, it)
		}
	}
}

// printable reports whether the item holds no control character, which no text
// format keeps.
func printable(it items.Item) bool {
	body, err := it.Encode()
	return err == nil && !strings.Contains(string(body), `\u00`) && !strings.ContainsAny(string(body), "\u0085\ufeff\ufffd\u2028\u2029\x7f") && !strings.Contains(string(body), `\r`) && !strings.Contains(string(body), `\u2`)
}

func checkGIFTHolds(t *testing.T, it items.Item) {
	t.Helper()
	want, _ := it.Encode()
	file := WriteGIFT([]Question{QuestionOf(it, i18n.Hans)})
	back, faults := ReadGIFT("f", file)
	if len(faults) > 0 {
		t.Fatalf("%+v in\n%s\nof %s", faults, file, want)
	}
	items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: back})
	if len(faults) > 0 || len(items) != 1 {
		t.Fatalf("%+v in\n%s\nof %s", faults, file, want)
	}
	if got, _ := items[0].Encode(); string(got) != string(want) {
		t.Fatalf("%s\ncame back as\n%s\nfrom\n%s", want, got, file)
	}
}

const fuzzedMoodle = `<?xml version="1.0"?><quiz><question type="category"><category><text>$course$/a</text></category></question>
<question type="multichoice"><name><text>n</text></name><questiontext format="html"><text><![CDATA[<b>q</b>]]></text></questiontext><single>false</single>
<answer fraction="50"><text>a</text><feedback><text>f</text></feedback></answer><answer fraction="50"><text>b</text></answer></question>
<question type="numerical"><name><text>n</text></name><questiontext><text>q</text></questiontext><answer fraction="100"><text>1</text><tolerance>0.5</tolerance></answer>
<units><unit><multiplier>0.5</multiplier><unit_name>h</unit_name></unit></units></question>
<question type="cloze"><name><text>n</text></name><questiontext><text>{1:SA:=a~%50%b#c} {2:NM:=1:0}</text></questiontext></question>
<question type="ddwtos"><name><text>n</text></name><questiontext><text>[[1]] [[2]]</text></questiontext><dragbox><text>a</text></dragbox><dragbox><text>b</text></dragbox></question>
<question type="matching"><name><text>n</text></name><questiontext><text>q</text></questiontext><subquestion><text>a</text><answer><text>b</text></answer></subquestion></question></quiz>`

func FuzzMoodle(f *testing.F) {
	f.Add([]byte(fuzzedMoodle))
	f.Add([]byte(`<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>`))
	f.Fuzz(func(t *testing.T, source []byte) { checkReader(t, source, ReadMoodle) })
}

func FuzzQTI(f *testing.F) {
	words := items.Texts{i18n.Hans: {Format: items.Markdown, Source: "甲"}}
	none := items.Texts{}
	choice := func(w items.Weight) items.Option { return items.Option{Text: words, Weight: w, Feedback: words} }
	for _, it := range []items.Item{
		{Name: "a", Kind: items.MultipleChoice, Options: []items.Option{choice(items.Whole), choice(-items.Whole)}},
		{Name: "b", Kind: items.Numerical, Numbers: []items.Number{{Value: "1", Tolerance: "0.5", Weight: items.Whole, Feedback: none}, {Any: true, Feedback: words}}},
		{Name: "c", Kind: items.Ordering, Options: []items.Option{choice(0), choice(0)}},
	} {
		it.Text, it.Feedback, it.Points = words, words, items.Point
		for _, version := range []QTIVersion{QTI21, QTI30} {
			f.Add(WriteQTIItem(QuestionOf(it, i18n.Hans), "i", version))
		}
	}
	f.Add([]byte(`<assessmentItem identifier="x"><responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>q</p><choiceInteraction responseIdentifier="R"><prompt>p</prompt><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice></choiceInteraction></itemBody></assessmentItem>`))
	f.Add([]byte(`<assessmentItem><responseDeclaration identifier="R" baseType="string"><correctResponse><value>York</value></correctResponse></responseDeclaration><itemBody><p>Now is <textEntryInteraction responseIdentifier="R"/> sun of <textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>`))
	f.Fuzz(func(t *testing.T, source []byte) { checkReader(t, source, ReadQTI) })
}

func FuzzAiken(f *testing.F) {
	f.Add([]byte("Q\nA. x\nB. y\nANSWER: B\n"))
	f.Fuzz(func(t *testing.T, source []byte) { checkReader(t, source, ReadAiken) })
}

func FuzzPasted(f *testing.F) {
	f.Add([]byte(pasted))
	f.Fuzz(func(t *testing.T, source []byte) { checkReader(t, source, ReadPasted) })
}

func FuzzWorkbook(f *testing.F) {
	f.Add([]byte("题型,题干,选项A,选项B,答案,解析,难度,知识点\n单选题,甲,乙,丙,A,丁,易,戊\n"))
	f.Fuzz(func(t *testing.T, source []byte) { checkReader(t, source, ReadWorkbook) })
}

func FuzzAnyFile(f *testing.F) {
	f.Add([]byte(fuzzedMoodle))
	f.Add([]byte(pasted))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, source []byte) {
		checkReader(t, source, func(file string, source []byte) ([]Question, []errs.Fault) { return Read(file, source, "") })
	})
}
