package formats

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// zipped packs one entry.
func zipped(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const moodleItem = `<question type="truefalse"><name><text>q</text></name><questiontext><text>Q?</text></questiontext>` +
	`<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>` + "\n"

// Whatever is in a file of questions, it is refused at its line or read, and what it
// costs is bounded: not in time, which nobody can promise on a shared machine, but in
// memory, every allocation counted.
func TestHostileFilesAreRefusedAtTheirLineWithinBounds(t *testing.T) {
	const most = raceFactor * 300 << 20 // bytes ever allocated, of which most are soon free again
	bomb := `<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaaaaaaaa">` + "\n"
	for n := range 9 {
		bomb += fmt.Sprintf("<!ENTITY %c \"%s\">\n", 'b'+n, strings.Repeat(fmt.Sprintf("&%c;", 'a'+n), 10))
	}
	bomb += "]><quiz><question><name>&j;</name></question></quiz>"
	aiken := strings.Repeat("Q?\nA. a\nB. b\nANSWER: A\n\n", 100_000)
	pasted := strings.Repeat("1. 题？\nA. 甲\nB. 乙\n答案：A\n", 100_000)
	for _, c := range []struct {
		name, file string
		source     []byte
		code       string // of the first fault; "" for none
		line       int
	}{
		{"50 MB of GIFT", "q.gift", bytes.Repeat([]byte("Q{T}\n\n"), 50<<20/6), "quizzes.file_too_large", 0},
		{"50 MB of Moodle XML", "q.xml", []byte("<quiz>" + strings.Repeat(moodleItem, 50<<20/len(moodleItem)) + "</quiz>"), "quizzes.file_too_large", 0},
		{"50 MB of text", "q.txt", bytes.Repeat([]byte("1. Q?\nA. a\n答案：A\n"), 50<<20/22), "quizzes.file_too_large", 0},
		{"50 MB of a sheet", "q.csv", bytes.Repeat([]byte("单选题,Q?,a,b\n"), 50<<20/18), "sheet.too_large", 0},
		{"50 MB that unpack out of 50 kB", "q.zip", zipped(t, "item.xml", bytes.Repeat([]byte("<assessmentItem>"), 50<<20/16)), "quizzes.file_too_large", 0},
		{"100,000 questions in GIFT", "q.gift", bytes.Repeat([]byte("Q{T}\n\n"), 100_000), "quizzes.too_many_questions", 20_001},
		{"100,000 questions in Aiken", "q.txt", []byte(aiken), "quizzes.too_many_questions", 50_001},
		{"100,000 pasted questions", "q.txt", []byte(pasted), "quizzes.too_many_questions", 40_001},
		{"25,000 questions in Moodle XML", "q.xml", []byte("<quiz>\n" + strings.Repeat(moodleItem, 25_000) + "</quiz>"), "quizzes.xml_too_large", 17_393},
		{"an XML bomb", "q.xml", []byte(bomb), "quizzes.xml_entities", 11},
		{"an external entity", "q.xml", []byte("<!DOCTYPE quiz\n[<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<quiz><question>&x;</question></quiz>"), "quizzes.xml_entities", 2},
		{"a parameter entity from outside", "q.xml", []byte("<?xml version='1.0'?>\n<!DOCTYPE quiz [ <!ENTITY % d SYSTEM \"http://192.0.2.1/x.dtd\"> %d; ]>\n<quiz/>"), "quizzes.xml_entities", 2},
		{"XML as deep as it goes", "q.xml", []byte("<quiz>" + strings.Repeat("<a>\n", 1_000_000)), "quizzes.xml_too_large", 200},
		{"XML that ends in the middle", "q.xml", []byte("<quiz>\n<question type=\"essay\">\n<name>"), "quizzes.bad_xml", 3},
		{"braces in braces", "q.gift", []byte("Q {~a ~b}\n\nR " + strings.Repeat("{", 100_000) + strings.Repeat("}", 100_000)), "quizzes.gift_brace_in_answers", 3},
		{"a block that never ends", "q.gift", []byte("A {T}\n\nB {\n=a\n~b\n\nC {T}\n"), "", 3},
		{"only opening braces", "q.gift", bytes.Repeat([]byte("{"), 1<<20), "", 1},
		{"one line of 10 MB", "q.txt", bytes.Repeat([]byte("x"), MaxBytes), "", 1},
		{"NUL bytes", "q.txt", make([]byte, 1<<20), "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			questions, faults := Read(c.file, c.source, "")
			runtime.ReadMemStats(&after)
			spent := after.TotalAlloc - before.TotalAlloc
			t.Logf("%d kB read, %d MB allocated", len(c.source)>>10, spent>>20)
			if spent > most {
				t.Errorf("%d MB were allocated", spent>>20)
			}
			if len(faults) == 0 {
				t.Fatalf("%d questions without a fault", len(questions))
			}
			if c.code != "" && (faults[0].Code != c.code || faults[0].Line != c.line) && !slices.ContainsFunc(faults, func(f errs.Fault) bool { return f.Code == c.code && f.Line == c.line }) {
				t.Errorf("%s at line %d, want %s at line %d", faults[0].Code, faults[0].Line, c.code, c.line)
			}
			if c.code == "" && faults[0].Line != c.line {
				t.Errorf("%+v, want a fault at line %d", faults[0], c.line)
			}
			if len(faults) > errs.MaxFaults+1 {
				t.Errorf("%d faults", len(faults))
			}
		})
	}
}

// Files come in every encoding and with every line end, also mixed.
func TestEncodingsAndLineEndsMakeNoDifference(t *testing.T) {
	source := "::一:: 投诉应在几小时内答复？ {=48 ~24}\n\n::二:: 周末暂停。 {F}\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(source)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(order func(uint16) []byte, mark uint16) string {
		out := order(mark)
		for _, unit := range utf16.Encode([]rune(source)) {
			out = append(out, order(unit)...)
		}
		return string(out)
	}
	for name, text := range map[string]string{
		"UTF-8":                 source,
		"UTF-8 with a mark":     "\ufeff" + source,
		"GB18030":               gb,
		"UTF-16, small end":     wide(func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }, 0xfeff),
		"UTF-16, big end":       wide(func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }, 0xfeff),
		"CR LF":                 strings.ReplaceAll(source, "\n", "\r\n"),
		"CR alone":              strings.ReplaceAll(source, "\n", "\r"),
		"mixed":                 strings.Replace(strings.Replace(source, "\n", "\r\n", 1), "\n::", "\r::", 1),
		"the separator of text": strings.Replace(source, "\n\n", "\r\n \u3000\n", 1),
	} {
		questions, faults := Read("q.gift", []byte(text), "")
		if len(faults) > 0 || len(questions) != 2 || questions[0].Name != "一" || questions[1].Text.Source != "周末暂停。" {
			t.Errorf("%s: %d questions, %+v", name, len(questions), faults)
		}
	}
}

func TestATextWithoutEndIsNoQuestion(t *testing.T) {
	questions, faults := Read("q.gift", bytes.Repeat([]byte("\\"), 5<<20), "")
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	if _, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions}); len(faults) != 1 || faults[0].Code != "quizzes.long_text" || faults[0].Line != 1 {
		t.Errorf("%+v", faults)
	}
}
