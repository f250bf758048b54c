package certificates

import (
	"bytes"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/typeset"
)

// sample is a whole content; a test changes what matters to it.
func sample(change func(*Content)) Content {
	c := Content{
		Serial: "AW-7K3M9-QXT2B-4", VerifyURL: "https://training.example.com/verify/AW-7K3M9-QXT2B-4",
		HolderName: "𠮷田喆", EmployeeNo: "E10382",
		Titles: i18n.Texts{
			i18n.Hans:    "二〇二六年度金融消费者权益保护与投诉处理专题培训：从《银行保险机构消费投诉处理管理办法》到“首问负责制”的落实（含KYC与适当性管理）",
			i18n.English: "Handling Complaints Well: The Customer’s View of “Fair and Prompt”",
		},
		Institution: "安稳银行股份有限公司", IssuedOn: dateOf("2026-11-23"), ValidUntil: dateOf("2027-11-23"), Locale: i18n.Hans,
	}
	if change != nil {
		change(&c)
	}
	return c
}

// needFonts skips where the program is built without them, as `go test` in a
// fresh checkout is.
func needFonts(t testing.TB) {
	t.Helper()
	if _, err := typeset.New(i18n.Hans); errs.CodeOf(err) == "certificates.fonts_missing" {
		t.Skip("the fonts are not built in; run `make fonts`")
	} else if err != nil {
		t.Fatal(err)
	}
}

func render(t testing.TB, c Content) []byte {
	t.Helper()
	pdf, err := Render(c)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// words is what pdftotext reads from a document, without its white space.
func words(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed (Debian: poppler-utils)")
	}
	run := exec.Command("pdftotext", "-enc", "UTF-8", "-", "-")
	run.Stdin = bytes.NewReader(pdf)
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	return unspaced(string(out))
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

func TestADocumentSaysEverythingOfItsContent(t *testing.T) {
	needFonts(t)
	for name, c := range map[string]struct {
		content Content
		want    []string
	}{
		"simplified": {sample(nil), []string{"结业证书", "CERTIFICATE OF COMPLETION", "兹证明", "工号 E10382",
			"2026年11月23日", "2027年11月23日", "AW-7K3M9-QXT2B-4", "扫码核验"}},
		"traditional": {sample(func(c *Content) {
			c.Locale = i18n.Hant
			c.Titles = i18n.Texts{i18n.Hant: "金融商品適合度與風險預告——說明義務之落實……"}
			c.ValidUntil = time.Time{}
		}), []string{"結業證書", "員工編號 E10382", "有效期至", "長期有效"}},
		"English": {sample(func(c *Content) {
			c.Locale = i18n.English
			c.HolderName = "Siobhán O’Connor-Müller"
			c.EmployeeNo = ""
		}), []string{"Certificate of Completion", "结业证书", "This is to certify that", "23 November 2026", "Scan to verify"}},
		"a title in one language only": {sample(func(c *Content) {
			c.Locale = i18n.English
			c.Titles = i18n.Texts{i18n.Hant: "防制洗錢實務"}
		}), []string{"Certificate of Completion", "結業證書", "防制洗錢實務"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := words(t, render(t, c.content))
			want := append(c.want, c.content.HolderName, c.content.Institution)
			for _, title := range c.content.Titles {
				want = append(want, title)
			}
			for _, text := range want {
				if !strings.Contains(got, unspaced(text)) {
					t.Errorf("%q is not in %q", text, got)
				}
			}
		})
	}
}

func TestRareNamesAreDrawnAndCopied(t *testing.T) {
	needFonts(t)
	for _, name := range []string{"𠮷田喆", "䶮", "堃", "镕", "𬭎", "𫖯", "𬴂", "㛃", "祎", "𤧛", "𨋢", "髙﨑", "赵𬭎喆", "欧阳·买买提", "Đặng Thị Hoà", "Jose\u0301"} {
		got := words(t, render(t, sample(func(c *Content) { c.HolderName = name })))
		if !strings.Contains(got, unspaced(typeset.Clean(name))) {
			t.Errorf("%s is not in %q", name, got)
		}
	}
}

func TestEqualContentsGiveEqualBytes(t *testing.T) {
	needFonts(t)
	first := render(t, sample(nil))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if again, err := Render(sample(nil)); err != nil || !bytes.Equal(first, again) {
				t.Errorf("the bytes differ (%v)", err)
			}
		})
	}
	group.Wait()
	if bytes.Equal(first, render(t, sample(func(c *Content) { c.Serial = "AW-00000-00000-0" }))) {
		t.Fatal("another serial gives the same bytes")
	}
}

func TestACharacterThatNoFaceHasIsRefused(t *testing.T) {
	needFonts(t)
	for _, c := range []struct{ name, characters, codepoints string }{
		{"𰻞田", "𰻞", "U+30EDE"},
		{"王\ue000\U0010ffff王\ue000", "\ue000\U0010ffff", "U+E000 U+10FFFF"}, // private use means nothing to a reader
		{"李\ufffd", "\ufffd", "U+FFFD"},
		{"🙂", "🙂", "U+1F642"},
	} {
		_, err := Render(sample(func(content *Content) { content.HolderName = c.name }))
		if errs.KindOf(err) != errs.Conflict || errs.CodeOf(err) != "certificates.glyph_missing" {
			t.Errorf("%q: %v", c.name, err)
			continue
		}
		args := err.(*errs.Error).Args
		if args["characters"] != c.characters || args["codepoints"] != c.codepoints {
			t.Errorf("%q: got %v", c.name, args)
		}
	}
}

func TestALongTextShrinksAndAnEndlessOneIsRefused(t *testing.T) {
	needFonts(t)
	longest := strings.Repeat("投诉处理与适当性管理", 20) // as long as a course title may be
	got := words(t, render(t, sample(func(c *Content) {
		c.Titles = i18n.Texts{i18n.Hans: longest, i18n.English: strings.Repeat("Complaints ", 18)}
		c.HolderName = strings.Repeat("Maximiliane ", 8)
	})))
	if !strings.Contains(got, longest) {
		t.Errorf("the title is not in %q", got)
	}
	_, err := Render(sample(func(c *Content) { c.HolderName = strings.Repeat("x", 500) }))
	if errs.CodeOf(err) != "certificates.text_too_long" {
		t.Errorf("got %v", err)
	}
}

func TestTheInformationNamesTitleHolderAndInstitution(t *testing.T) {
	needFonts(t)
	pdf := render(t, sample(nil))
	for _, want := range []string{"𠮷田喆", "安稳银行股份有限公司"} {
		var raw []byte
		for _, unit := range utf16.Encode([]rune(want)) {
			raw = append(raw, byte(unit>>8), byte(unit))
		}
		escaped := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "\r", `\r`).Replace(string(raw))
		if !bytes.Contains(pdf, []byte(escaped)) {
			t.Errorf("%s is not in the information", want)
		}
	}
	if !bytes.Contains(pdf, []byte("/CreationDate (D:20261123000000")) {
		t.Error("the creation date is not the date of issue")
	}
}

func BenchmarkRender(b *testing.B) {
	needFonts(b)
	c := sample(nil)
	for b.Loop() {
		if _, err := Render(c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "certificates/s")
}
