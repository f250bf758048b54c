package certificates

import (
	"crypto/rand"
	"strings"
)

// alphabet is Crockford's base 32: without I, L, O and U, which are mistaken for digits
// or other letters.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const serialPrefix = "AW"

// serialLength is the number of random symbols: 50 bits, too many to guess through the
// public page.
const serialLength = 10

// newSerial returns a new random serial such as AW-7K3M9-QXT2B-4; its last symbol is a
// check symbol of the others.
func newSerial() string {
	raw := make([]byte, serialLength)
	rand.Read(raw)
	for i, b := range raw {
		raw[i] = alphabet[b&31]
	}
	return format(string(raw) + string(checkSymbol(string(raw))))
}

// format writes the symbols as they stand on a document.
func format(symbols string) string {
	return serialPrefix + "-" + symbols[:5] + "-" + symbols[5:10] + "-" + symbols[10:]
}

// checkSymbol is the sum of the symbols' values, each times an odd weight that
// differs from its neighbours', modulo 32: it detects every single wrong symbol and most
// swaps of neighbours.
func checkSymbol(symbols string) byte {
	sum := 0
	for i := range len(symbols) {
		sum += (2*i + 1) * strings.IndexByte(alphabet, symbols[i])
	}
	return alphabet[sum%32]
}

// misread undoes what people type for a symbol, and removes what stands between them.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "—", "", "–", "")

// ParseSerial reads a serial as people type it: small letters, missing hyphens,
// O for 0 and I or L for 1. It reports false when it is no serial.
func ParseSerial(typed string) (string, bool) {
	s := misread.Replace(strings.ToUpper(strings.TrimSpace(typed)))
	s, ok := strings.CutPrefix(s, serialPrefix)
	if !ok || len(s) != serialLength+1 {
		return "", false
	}
	for i := range len(s) {
		if strings.IndexByte(alphabet, s[i]) < 0 {
			return "", false
		}
	}
	if checkSymbol(s[:serialLength]) != s[serialLength] {
		return "", false
	}
	return format(s), true
}
