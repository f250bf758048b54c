package policies

import (
	"strings"
	"testing"
	"unicode/utf16"

	"anwen/internal/errs"
)

func TestFilesOfAnotherKindAreRefusedByName(t *testing.T) {
	utf16LE := func(s string) string {
		b := "\xff\xfe"
		for _, u := range utf16.Encode([]rune(s)) {
			b += string([]byte{byte(u), byte(u >> 8)})
		}
		return b
	}
	for name, c := range map[string]struct{ file, raw, code string }{
		"RTF":                         {"办法.doc", `{\rtf1\ansi 办法}`, "policies.file_is_rtf"},
		"older Word":                  {"办法.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "policies.file_is_old_word"},
		"a password":                  {"办法.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(wide("EncryptedPackage")), "policies.file_is_locked"},
		"PDF":                         {"办法.docx", "%PDF-1.7\n%\xe2\xe3", "policies.file_is_pdf"},
		"a web page":                  {"办法.doc", "\ufeff<html xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body>办法</body></html>", "policies.file_is_html"},
		"a web page named as a text":  {"办法.txt", "<!DOCTYPE html>\n<p>办法</p>", "policies.file_is_html"},
		"a table of a web page":       {"办法.doc", "<table><tr><td>办法</td></tr></table>", "policies.file_is_html"},
		"a web page in UTF-16":        {"办法.doc", utf16LE("<html><body>办法"), "policies.file_is_html"},
		"a web archive":               {"办法.doc", "MIME-Version: 1.0\nContent-Type: multipart/related", "policies.file_is_html"},
		"Word XML":                    {"办法.doc", `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>`, "policies.file_is_word_xml"},
		"plain text named as Word":    {"办法.doc", "第一条 办法。", ""},
		"Markdown that begins with <": {"办法.md", "<1年的贷款适用本办法。", ""},
		"a text about PDF":            {"办法.md", "文件为 %PDF-1.7 的，", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := ReadTextFile(c.file, []byte(c.raw))
			if got := errs.CodeOf(err); got != c.code {
				t.Errorf("%q, %v", f.Text, err)
			}
			if c.code == "" && strings.TrimSpace(f.Text) == "" {
				t.Error("the text is empty")
			}
		})
	}
}

func TestWhatAPageWouldNotShowIsSaidWhenAFileIsRead(t *testing.T) {
	f, err := ReadTextFile("a.md", []byte("第一条 利息为本金*利率*天数。\n"))
	if err != nil || len(f.Warnings) != 1 || f.Warnings[0].Code != "markdown.marks_taken" || f.Warnings[0].Line != 1 {
		t.Errorf("%v, %v", f.Warnings, err)
	}
}
