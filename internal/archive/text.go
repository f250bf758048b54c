package archive

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Text reads a text file as UTF-8 with or without its mark, else as GB18030,
// else as Big5, and names what it was. Not ok: it is no text in any of them.
func Text(raw []byte) (text []byte, name string, ok bool) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, "", false
	}
	if utf8.Valid(raw) {
		return raw, "UTF-8", true
	}
	for _, c := range []struct {
		name string
		encoding.Encoding
	}{{"GB18030", simplifiedchinese.GB18030}, {"Big5", traditionalchinese.Big5}} {
		decoded, err := c.NewDecoder().Bytes(raw)
		if err == nil && !bytes.ContainsRune(decoded, utf8.RuneError) {
			return decoded, c.name, true
		}
	}
	return nil, "", false
}
