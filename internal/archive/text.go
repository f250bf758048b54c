package archive

import (
	"bytes"
	"slices"
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
// languages, else as Big5 or GB18030, whichever has more of its usual characters,
// and names what it was. Not ok: it is no text in any of them.
func Text(raw []byte) (text []byte, name string, ok bool) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		decoded, ok := wide(raw, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM))
		return decoded, "UTF-16", ok
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(raw, 0) >= 0 {
		text, ok = withoutMark(raw)
		return text, "UTF-16", ok
	}
	if utf8.Valid(raw) {
		return raw, "UTF-8", true
	}
	encodings := []namedEncoding{{"GB18030", simplifiedchinese.GB18030}, {"Big5", traditionalchinese.Big5}}
	big5, low := usual(raw, 0xa4, 0xc6)
	if gb, lowToo := usual(raw, 0xb0, 0xd7); big5 > gb-lowToo && low > 0 {
		slices.Reverse(encodings)
	}
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

// wide decodes UTF-16, if that is what it is.
func wide(raw []byte, encoding encoding.Encoding) (text []byte, ok bool) {
	text, err := encoding.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 {
		return nil, false
	}
	return text, true
}

// withoutMark reads UTF-16 that does not say so: its line ends and its digits are
// what shows it.
func withoutMark(raw []byte) (text []byte, ok bool) {
	if len(raw)%2 != 0 {
		return nil, false
	}
	for _, order := range []struct {
		unicode.Endianness
		lineEnd string
	}{{unicode.LittleEndian, "\n\x00"}, {unicode.BigEndian, "\x00\n"}} {
		if text, ok := wide(raw, unicode.UTF16(order.Endianness, unicode.IgnoreBOM)); ok && bytes.Contains(raw, []byte(order.lineEnd)) && written(text) {
			return text, true
		}
	}
	return nil, false
}

// written reports whether a text holds what people write in Chinese or Western
// languages, and no control characters.
func written(text []byte) bool {
	letters, strange := 0, 0
	for _, r := range string(text) {
		switch {
		case r < ' ' && !strings.ContainsRune("\t\n\f\r", r):
			return false
		case r < 0x250 || r >= 0x2000 && r < 0x3200 || r >= 0x4e00 && r < 0xa000 || r >= 0xff00:
			letters++
		default:
			strange++
		}
	}
	return letters > 10*strange
}

// usual counts the pairs of bytes whose first lies in the range where an encoding has
// its usual characters; low are those whose second is one of ASCII, as it often is in
// Big5 and hardly ever in GB18030.
func usual(raw []byte, first, last byte) (n, low int) {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] < 0x80 {
			continue
		}
		if second := raw[i+1]; raw[i] >= first && raw[i] <= last {
			switch {
			case second >= 0xa1:
				n++
			case second >= 0x40 && second < 0x7f:
				n, low = n+1, low+1
			}
		}
		i++
	}
	return n, low
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
