package policies

import (
	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/markdownx"
	"anwen/policies/docx"
)

// TextFile is the text that was read out of a file, as Markdown.
type TextFile struct {
	Text     string
	Encoding string       // UTF-8, GB18030, Big5, or Word
	Warnings []errs.Fault // what could not be taken over
}

// ReadTextFile reads a Word file, or Markdown or plain text in whatever encoding
// it has, and warns of what a page would not show of it. Invalid for anything else.
func ReadTextFile(name string, raw []byte) (TextFile, error) {
	f, err := readTextFile(name, raw)
	if err != nil {
		return TextFile{}, err
	}
	doc, _ := markdownx.Render([]byte(f.Text), markdownx.Options{}) // its faults are told when the text is saved
	f.Warnings = append(f.Warnings, doc.Warnings...)
	return f, nil
}

func readTextFile(name string, raw []byte) (TextFile, error) {
	if docx.Is(raw) {
		d, err := docx.Read(raw)
		return TextFile{Text: canonical(d.Markdown), Encoding: "Word", Warnings: d.Warnings}, err
	}
	if err := foreign(name, raw); err != nil {
		return TextFile{}, err
	}
	text, encoding, ok := archive.Text(raw)
	if !ok {
		return TextFile{}, errs.New(errs.Invalid, "policies.file_is_no_text", errs.Args{"file": name})
	}
	return TextFile{Text: canonical(string(text)), Encoding: encoding}, nil
}
