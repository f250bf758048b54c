package formats

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// qtiItem is a single choice whose parts a test replaces.
func qtiItem(attrs, before, body, after string) string {
	return `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="T" ` + attrs + `>` + before +
		`<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody>` + body + `<choiceInteraction responseIdentifier="RESPONSE"><prompt>Which?</prompt><simpleChoice identifier="A">one</simpleChoice><simpleChoice identifier="B">two</simpleChoice></choiceInteraction></itemBody>` + after + `</assessmentItem>`
}

func codes(faults []errs.Fault) string {
	var all []string
	for _, f := range faults {
		all = append(all, f.Code)
	}
	return strings.Join(all, " ")
}

func TestWhatAQTIItemSaysIsReadOrListedAndNeverMisread(t *testing.T) {
	hidden := `<modalFeedback outcomeIdentifier="FEEDBACK" identifier="A" showHide="hide">Not A</modalFeedback>`
	for _, c := range []struct {
		name, item string
		dropped    []string
		feedback   string // of A
		code       string
	}{
		{"feedback to an answer", qtiItem("", "", "", `<modalFeedback outcomeIdentifier="FEEDBACK" identifier="A" showHide="show">Yes</modalFeedback>`), nil, "Yes", ""},
		{"feedback that is hidden", qtiItem("", "", "", hidden), []string{"modalFeedback (hide A): Not A"}, "", ""},
		{"feedback shown and hidden", qtiItem("", "", "", `<modalFeedback outcomeIdentifier="F" identifier="A" showHide="show">Yes</modalFeedback>`+hidden), []string{"modalFeedback (hide A): Not A"}, "Yes", ""},
		{"feedback to no answer", qtiItem("", "", "", `<modalFeedback outcomeIdentifier="F" identifier="correct" showHide="show">Well done</modalFeedback>`), []string{"modalFeedback (correct): Well done"}, "", ""},
		{"an adaptive item", qtiItem(`adaptive="true"`, "", "", ""), []string{"adaptive"}, "", ""},
		{"a block of feedback", qtiItem("", "", `<p>P</p><feedbackBlock outcomeIdentifier="F" identifier="A" showHide="show"><p>Because</p></feedbackBlock>`, ""), []string{"feedbackblock: Because"}, "", ""},
		{"feedback inside the text", qtiItem("", "", `<p>P <feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">aha</feedbackInline></p>`, ""), []string{"feedbackinline: aha"}, "", ""},
		{"a template that nothing uses", qtiItem("", `<templateDeclaration identifier="N" cardinality="single" baseType="integer"/>`, "", ""), []string{"templateDeclaration: N"}, "", ""},
		{"a text that a template fills", qtiItem("", `<templateDeclaration identifier="N" cardinality="single" baseType="integer"/>`, `<p>How many are <printedVariable identifier="N"/> and 2?</p>`, ""), nil, "", "quizzes.qti_template"},
		{"a block of a template", qtiItem("", "", `<templateBlock templateIdentifier="N" identifier="a" showHide="show"><p>P</p></templateBlock>`, ""), nil, "", "quizzes.qti_template"},
		{"a key that a template sets", qtiItem("", `<templateProcessing><setCorrectResponse identifier="RESPONSE"><baseValue baseType="identifier">B</baseValue></setCorrectResponse></templateProcessing>`, "", ""), nil, "", "quizzes.qti_template"},
		{"a formula", qtiItem("", "", `<p>P <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>`, ""), []string{"math: 12"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for version, item := range map[string]string{"2.1": c.item, "3.0": asVersion3(c.item)} {
				questions, faults := ReadQTI("f", []byte(item))
				if codes(faults) != c.code {
					t.Fatalf("%s: %+v, want %q", version, faults, c.code)
				}
				if c.code != "" {
					continue
				}
				if diff := cmp.Diff(c.dropped, questions[0].Dropped); diff != "" {
					t.Errorf("%s: %s", version, diff)
				}
				if got := questions[0].Choices[0].Feedback.Source; got != c.feedback {
					t.Errorf("%s: feedback %q, want %q", version, got, c.feedback)
				}
			}
		})
	}
}

// asVersion3 writes the names of an item as QTI 3 does.
func asVersion3(item string) string {
	var b strings.Builder
	inTag, inValue, first := false, false, false
	for _, r := range item {
		switch {
		case r == '<':
			inTag, first = true, true
		case r == '>':
			inTag = false
		case r == '"':
			inValue = !inValue
		}
		if inTag && !inValue && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
			r += 'a' - 'A'
		}
		if inTag && first && (r >= 'a' && r <= 'z') {
			b.WriteString("qti-")
		}
		if r != '<' && r != '/' {
			first = false
		}
		b.WriteRune(r)
	}
	return strings.NewReplacer("qti-p>", "p>", "qti-p ", "p ", "qti-math", "math", "qti-mfrac", "mfrac", "qti-mn", "mn").Replace(b.String())
}

func TestAnItemWithTwoInteractionsKeepsTheirPrompts(t *testing.T) {
	item := `<assessmentItem identifier="i" title="T"><responseDeclaration identifier="R1" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<responseDeclaration identifier="R2" cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse></responseDeclaration>
<itemBody><p>Read.</p><choiceInteraction responseIdentifier="R1"><prompt>First?</prompt><simpleChoice identifier="A">one</simpleChoice><simpleChoice identifier="B">two</simpleChoice></choiceInteraction>
<choiceInteraction responseIdentifier="R2"><prompt>Second?</prompt><simpleChoice identifier="A">three</simpleChoice><simpleChoice identifier="B">four</simpleChoice></choiceInteraction></itemBody>
<modalFeedback outcomeIdentifier="F" identifier="A" showHide="show">Of which?</modalFeedback></assessmentItem>`
	file := ReadItems("f.xml", []byte(item), QTI, "en")
	questions, faults := file.Questions, file.Faults
	if len(faults) > 0 || len(questions) != 1 {
		t.Fatalf("%+v", faults)
	}
	q := questions[0]
	if q.Text.Source != "<p>Read.</p><p>First?</p>[[1]]\n<p>Second?</p>[[2]]" || len(q.Gaps) != 2 {
		t.Errorf("%d gaps in %q", len(q.Gaps), q.Text.Source)
	}
	// A feedback to A may be to either.
	if !q.Gaps[0].Choices[0].Feedback.Empty() || strings.Join(q.Dropped, "") != "modalFeedback (A): Of which?" {
		t.Errorf("feedback %+v, dropped %v", q.Gaps[0].Choices[0].Feedback, q.Dropped)
	}
}

func TestTheTruthOfAQTIItemIsSaidOrRefused(t *testing.T) {
	item := func(declared string) []byte {
		return []byte(`<assessmentItem identifier="i" title="T"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">` + declared +
			`</responseDeclaration><itemBody><p>Q</p><choiceInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="true">True</simpleChoice><simpleChoice identifier="false">False</simpleChoice></choiceInteraction></itemBody></assessmentItem>`)
	}
	for declared, want := range map[string]string{
		"<correctResponse><value>true</value></correctResponse>":                                                 "true",
		"<correctResponse><value>false</value></correctResponse>":                                                "false",
		`<mapping><mapEntry mapKey="true" mappedValue="2"/><mapEntry mapKey="false" mappedValue="0"/></mapping>`: "true",
		"": "quizzes.no_right_answer",
		"<correctResponse><value>true</value><value>false</value></correctResponse>":                               "quizzes.no_right_answer",
		`<mapping><mapEntry mapKey="true" mappedValue="1"/><mapEntry mapKey="false" mappedValue="1.0"/></mapping>`: "quizzes.no_right_answer",
	} {
		questions, faults := ReadQTI("f", item(declared))
		got := codes(faults)
		if len(questions) == 1 {
			got = truthID(questions[0].True)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", declared, got, want)
		}
	}
}

func zipFiles(t *testing.T, files archive.Files) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := files.Zip(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAPackageIsReadInTheOrderAndSectionsOfItsTest(t *testing.T) {
	named := func(title string) []byte {
		return []byte(strings.Replace(qtiItem("", "", "", ""), `title="T"`, `title="`+title+`"`, 1))
	}
	test := `<?xml version="1.0"?><assessmentTest identifier="t" title="Paper"><testPart identifier="p" navigationMode="linear" submissionMode="individual">
<assessmentSection identifier="s1" title="Rules" visible="true"><selection select="1"/>
<assessmentItemRef identifier="r1" href="items/z.xml"><weight identifier="W" value="2.0"/></assessmentItemRef>
<assessmentSection identifier="s2" title="Terms" visible="true"><assessmentItemRef identifier="r2" href="items/b%20c.xml"/></assessmentSection>
<assessmentItemRef identifier="r3" href="items/z.xml"/></assessmentSection>
<assessmentSectionRef identifier="s3" href="more.xml"/></testPart></assessmentTest>`
	files := archive.Files{
		"imsmanifest.xml": []byte("<manifest/>"), "paper/test.xml": []byte(test), "paper/items/z.xml": named("z"), "paper/items/b c.xml": named("b"), "paper/items/a.xml": named("a"),
		"paper/more.xml":    []byte(`<assessmentSection identifier="s3" title="Cases"><assessmentItemRef identifier="r4" href="items/y.xml"/><assessmentSectionRef identifier="again" href="more.xml"/></assessmentSection>`),
		"paper/items/y.xml": named("y"),
	}
	questions, faults := Read("paper.zip", zipFiles(t, files), "")
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	var got []string
	for _, q := range questions {
		line := q.Name + " " + strings.Join(q.Dropped, ", ")
		if q.Kind == Category {
			line = "= " + q.Text.Source
		}
		got = append(got, strings.TrimSpace(line))
	}
	want := []string{"= Rules", "z Rules / selection select=1, weight identifier=W value=2.0, assessmentitemref identifier=r3", "= Rules/Terms", "b", "= Cases", "y", "=", "a"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	delete(files, "paper/items/z.xml")
	if _, faults := Read("paper.zip", zipFiles(t, files), ""); codes(faults) != "quizzes.qti_missing_file quizzes.qti_missing_file" || faults[0].File != "paper/test.xml" || faults[0].Line != 3 {
		t.Errorf("without an item: %+v", faults)
	}
	if _, faults := Read("test.xml", []byte(test), ""); codes(faults) != "quizzes.qti_without_items" {
		t.Errorf("a test by itself: %+v", faults)
	}
}
