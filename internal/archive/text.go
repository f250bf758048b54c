package archive

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Text reads a text file as UTF-16 when it begins with that mark, which is what
// Windows calls Unicode text, else as UTF-8 with or without its mark, else as
// windows-1252 when its letters outside ASCII stand alone among others as in Western
// languages, else as GB18030, else as Big5, and names what it was. Not ok: it is no
// text in any of them.
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
	encodings := []namedEncoding{{"GB18030", simplifiedchinese.GB18030}, {"Big5", traditionalchinese.Big5}}
	if western(raw) {
		encodings = []namedEncoding{{"windows-1252", charmap.Windows1252}}
	}
	for _, c := range encodings {
		decoded, err := c.NewDecoder().Bytes(raw)
		if err == nil && !bytes.ContainsRune(decoded, utf8.RuneError) {
			return decoded, c.name, true
		}
	}
	return nil, "", false
}

type namedEncoding struct {
	name string
	encoding.Encoding
}

// western reports whether the bytes outside ASCII are letters and marks of Western
// languages in windows-1252. Chinese writes two bytes and more in a row, of which
// few would be such letters: öd is read as ö and d, not as one character.
func western(raw []byte) bool {
	single, runs := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < 0x80 {
			if raw[i] < ' ' && strings.IndexByte("\t\n\f\r", raw[i]) < 0 {
				return false
			}
			i++
			continue
		}
		from := i
		for i < len(raw) && raw[i] >= 0x80 {
			if !westernByte(raw[i]) {
				return false
			}
			i++
		}
		runs++
		if i-from == 1 {
			single++
		}
	}
	return single*4 >= runs*3
}

// westernByte reports whether windows-1252 has a letter, or a mark of writing, for
// the byte.
func westernByte(b byte) bool {
	if b >= 0xc0 {
		return true
	}
	return strings.IndexByte("\x80\x82\x84\x85\x8a\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9c\x9e\x9f\xa0\xa1\xa3\xa7\xa9\xaa\xab\xae\xb0\xb1\xb2\xb3\xb5\xb7\xb9\xba\xbb\xbc\xbd\xbe\xbf", b) >= 0
}
