package archive

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Text reads a text file as UTF-16 when it begins with that mark, which is what
// Windows calls Unicode text, else as UTF-8 with or without its mark, else as
// GB18030, else as Big5, and names what it was. Not ok: it is no text in any of them.
func Text(raw []byte) (text []byte, name string, ok bool) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) || bytes.IndexByte(decoded, 0) >= 0 {
			return nil, "", false
		}
		return decoded, "UTF-16", true
	}
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
