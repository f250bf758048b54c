package formats

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"anwen/internal/i18n"
	"anwen/items"
)

func moodleFile(questions string) []byte {
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n" + questions + "</quiz>")
}

func moodleTruth(fractions ...string) []byte {
	answers := ""
	for i, f := range fractions {
		answers += fmt.Sprintf(`<answer fraction="%s"><text>%s</text><feedback><text>f%d</text></feedback></answer>`, f, []string{"true", "false"}[i], i)
	}
	return moodleFile(`<question type="truefalse"><name><text>q</text></name><questiontext><text>Q?</text></questiontext>` + answers + `</question>`)
}

func TestTheTruthOfAMoodleQuestionIsTheAnswerThatIsWhollyRight(t *testing.T) {
	for _, c := range []struct {
		fractions []string
		truth     bool
		code      string
	}{
		{[]string{"100", "0"}, true, ""}, {[]string{"0", "100"}, false, ""},
		{[]string{"100.0", "0"}, true, ""}, {[]string{"0.0", "100.00000"}, false, ""}, {[]string{"1e2", "0"}, true, ""}, {[]string{"100", "-100"}, true, ""},
		{[]string{"0", "0"}, false, "quizzes.one_truth"}, {[]string{"100", "100.0"}, false, "quizzes.one_truth"}, {[]string{"100"}, true, ""}, {nil, false, "quizzes.one_truth"},
		{[]string{"50", "100"}, false, "quizzes.bad_weight"}, {[]string{"all", "0"}, false, "quizzes.bad_weight"}, {[]string{"", "100"}, false, "quizzes.bad_weight"},
	} {
		questions, faults := ReadMoodle("f", moodleTruth(c.fractions...))
		if c.code != "" {
			if len(faults) != 1 || faults[0].Code != c.code || faults[0].Line != 3 || len(questions) > 0 {
				t.Errorf("%v: %d read, %+v, want %s", c.fractions, len(questions), faults, c.code)
			}
			continue
		}
		if len(faults) > 0 || len(questions) != 1 || questions[0].True != c.truth {
			t.Errorf("%v: %+v, %+v", c.fractions, questions, faults)
			continue
		}
		if q := questions[0]; q.WhenRight.Source != map[bool]string{true: "f0", false: "f1"}[c.truth] {
			t.Errorf("%v: said %q to who is right", c.fractions, q.WhenRight.Source)
		}
	}
	file := strings.Replace(string(moodleTruth("100", "0")), "<text>false", "<text>maybe", 1)
	if _, faults := ReadMoodle("f", []byte(file)); len(faults) != 1 || faults[0].Code != "quizzes.bad_truth" {
		t.Errorf("maybe: %+v", faults)
	}
}

func TestSettingsOfMoodleAreReadHoweverTheyAreWritten(t *testing.T) {
	for single, want := range map[string]items.Kind{"true": items.SingleChoice, "false": items.MultipleChoice, "1": items.SingleChoice, "0": items.MultipleChoice, "False": items.MultipleChoice} {
		questions, faults := ReadMoodle("f", moodleFile(`<question type="multichoice"><questiontext><text>Q</text></questiontext><single>`+single+
			`</single><answer fraction="100.0"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>`))
		if len(faults) > 0 || questions[0].Kind != want || questions[0].Choices[0].Worth() != items.Whole {
			t.Errorf("%s: %+v, %+v", single, questions, faults)
		}
	}
}

// A question of Moodle 1 has one picture beside its text.
func TestThePictureOfAnOldMoodleFileIsRead(t *testing.T) {
	png := []byte("\x89PNG\r\n\x1a\nrest")
	coded := base64.StdEncoding.EncodeToString(png)
	for format, want := range map[string]string{
		"html":               `Q &amp; A <img src="step.png">`,
		"moodle_auto_format": `Q &amp; A <img src="step.png">`,
		"markdown":           "Q &amp; A\n\n![](step.png)",
		"plain_text":         `<p>Q &amp;amp; A</p><img src="step.png">`,
	} {
		questions, faults := ReadMoodle("f", moodleFile(`<question type="essay"><name><text>q</text></name><questiontext format="`+format+`"><text>Q &amp;amp; A</text></questiontext>
<image>quiz/pictures/step.png</image><image_base64>`+"\n"+coded[:8]+"\n"+coded[8:]+`</image_base64></question>`))
		if len(faults) > 0 || len(questions) != 1 {
			t.Errorf("%s: %+v", format, faults)
			continue
		}
		q := questions[0]
		if q.Text.Source != want || len(q.Attached) != 1 || string(q.Attached[0].Bytes) != string(png) || len(q.Dropped) > 0 {
			t.Errorf("%s: %q, %d pictures, dropped %v", format, q.Text.Source, len(q.Attached), q.Dropped)
		}
		list, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions})
		if len(faults) > 0 || len(list[0].BindPictures(func(string) (string, bool) { return "", false })) > 0 {
			t.Errorf("%s: the picture is not found", format)
		}
	}
	questions, _ := ReadMoodle("f", moodleFile(`<question type="essay"><questiontext><text>Q</text></questiontext><image>http://example.org/a.png</image></question>`))
	if len(questions) != 1 || strings.Join(questions[0].Dropped, "") != "image: http://example.org/a.png" {
		t.Errorf("a picture that is elsewhere: %+v", questions)
	}
	if _, faults := ReadMoodle("f", moodleFile(`<question type="essay"><questiontext><text>Q</text></questiontext><image>a.png</image><image_base64>%%</image_base64></question>`)); len(faults) != 1 || faults[0].Code != "quizzes.bad_file" {
		t.Errorf("a damaged picture: %+v", faults)
	}
}

func TestWhatNoQuestionHoldsOfAMoodleFileIsListed(t *testing.T) {
	questions, faults := ReadMoodle("f", moodleFile(`<question type="essay"><questiontext><text>Q</text></questiontext><penalty>0.3333333</penalty><hidden>0</hidden>
<hint format="html"><text>Think.</text></hint><instructions format="html"><text>Write in pencil.</text></instructions><responsetemplate format="html"><text></text></responsetemplate></question>`))
	if len(faults) > 0 || strings.Join(questions[0].Dropped, "|") != "hint: Think.|instructions: Write in pencil." {
		t.Errorf("%+v, %+v", questions, faults)
	}
}

func TestXMLIsReadInTheEncodingThatItHas(t *testing.T) {
	question := `<question type="essay"><questiontext><text>Zürich ist schön – „groß“</text></questiontext></question>`
	body := `<quiz>` + question + `</quiz>`
	western, err := charmap.Windows1252.NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?>` + body)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"UTF-8 that says nothing":         body,
		"windows-1252 that says so":       `<?xml version="1.0" encoding="windows-1252"?>` + western,
		"windows-1252 that says nothing":  western,
		"windows-1252 that says UTF-8":    `<?xml version="1.0" encoding="UTF-8"?>` + western,
		"UTF-16 with its mark":            wide,
		"UTF-8 with a mark and its words": "\ufeff" + `<?xml version="1.0" encoding="utf-8"?>` + body,
	} {
		questions, faults := Read("f.xml", []byte(file), Moodle)
		if len(faults) > 0 || len(questions) != 1 || questions[0].Text.Source != "Zürich ist schön – „groß“" {
			t.Errorf("%s: %+v, %+v", name, questions, faults)
		}
	}
}
