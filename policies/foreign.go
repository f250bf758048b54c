package policies

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// foreign refuses a file of another kind by its name: their marks would be read as
// words. Nil for what may be a text.
func foreign(name string, raw []byte) error {
	if code := foreignCode(name, raw); code != "" {
		return errs.New(errs.Invalid, code, errs.Args{"file": name})
	}
	return nil
}

func foreignCode(name string, raw []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n\x00")
	switch {
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")) && bytes.Contains(raw, wide("EncryptedPackage")):
		return "policies.file_is_locked"
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")), bytes.HasPrefix(raw, []byte("\xdb\xa5")), bytes.HasPrefix(raw, []byte("\x31\xbe\x00\x00")):
		return "policies.file_is_old_word"
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return "policies.file_is_rtf"
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return "policies.file_is_pdf"
	}
	text, _, ok := archive.Text(raw)
	if !ok {
		return ""
	}
	if len(text) > 4096 {
		text = text[:4096]
	}
	head := strings.ToLower(strings.TrimSpace(string(text)))
	switch ending := strings.ToLower(filepath.Ext(name)); {
	case strings.HasPrefix(head, "<?xml") && (strings.Contains(head, "word.document") || strings.Contains(head, "w:worddocument") || strings.Contains(head, "pkg:package")):
		return "policies.file_is_word_xml"
	case strings.HasPrefix(head, "mime-version:"), strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"),
		strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<html"),
		strings.HasPrefix(head, "<") && (ending == ".doc" || ending == ".docx" || ending == ".htm" || ending == ".html" || ending == ".mht"):
		return "policies.file_is_html"
	}
	return ""
}

// wide is a text in UTF-16, as such files hold their names.
func wide(s string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}
