package people

import (
	"cmp"
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// MinPasswordLength is what NIST SP 800-63B-4 §3.1.1.2 asks of a password that is the
// only means: length, and no kinds of characters. It holds for passwords that are set
// from now on; whoever signs in is not asked.
const MinPasswordLength = 15

const (
	maxPasswordLength = 1024 // bytes
	// fewestOwnCharacters is how many characters must be left of a password when each part
	// that guessing tries first counts as one.
	fewestOwnCharacters = 8
)

// knownWord is a word that whoever attacks a person knows, and the message which says that
// the password holds it.
type knownWord struct{ code, word string }

// knownOf are the names of the person and of the institution.
func knownOf(name, employeeNo, login string, institution i18n.Texts) []knownWord {
	words := []knownWord{{"people.password_holds_number", employeeNo}, {"people.password_holds_login", login}, {"people.password_holds_name", name}}
	for _, l := range i18n.Locales {
		words = append(words, knownWord{"people.password_holds_institution", institution[l]})
	}
	for _, part := range strings.Fields(name) {
		words = append(words, knownWord{"people.password_holds_name", part})
	}
	return words
}

// checkNewPassword is Invalid for a password that others would guess: context are the
// words that they know.
func checkNewPassword(password string, context ...knownWord) error {
	folded := strings.ToLower(norm.NFKC.String(password))
	switch n := utf8.RuneCountInString(password); {
	case n < MinPasswordLength:
		return errs.New(errs.Invalid, "people.password_too_short", errs.Args{"min": MinPasswordLength})
	case len(password) > maxPasswordLength:
		return errs.New(errs.Invalid, "people.password_too_long", errs.Args{"max": maxPasswordLength})
	}
	if code := cmp.Or(heldContext(folded, context), guessable([]rune(folded))); code != "" {
		return errs.New(errs.Invalid, code, nil)
	}
	return nil
}

// heldContext is the message for the first word of the context that stands in the
// password, however it is spaced. A short one may, if enough stands beside it.
func heldContext(folded string, context []knownWord) (code string) {
	letters := lettersOf(folded)
	for _, k := range context {
		word := lettersOf(strings.ToLower(norm.NFKC.String(k.word)))
		if word == "" || !strings.Contains(letters, word) {
			continue
		}
		rest := utf8.RuneCountInString(strings.ReplaceAll(letters, word, ""))
		if isLong(word) || rest < fewestOwnCharacters {
			return k.code
		}
	}
	return ""
}

// isLong tells whether a word is long enough to be meant: two Han characters are a name.
func isLong(word string) bool {
	n := utf8.RuneCountInString(word)
	return n >= 4 || n >= 2 && strings.ContainsFunc(word, isHan)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// The parts that guessing tries first, by the message that names them.
const (
	commonPart   = "people.password_common"
	repeatedPart = "people.password_repeats"
	sequencePart = "people.password_sequence"
)

// guessable returns why too little of the password is its own: the kind of the parts
// that take most of it.
func guessable(password []rune) (code string) {
	own, covered := 0, map[string]int{}
	for i := 0; i < len(password); own++ {
		length, kind := longestPart(password, i)
		covered[kind] += length
		i += length
	}
	if own >= fewestOwnCharacters {
		return ""
	}
	code = commonPart
	for _, kind := range []string{repeatedPart, sequencePart} {
		if covered[kind] > covered[code] {
			code = kind
		}
	}
	return code
}

// longestPart is the longest part that begins at i; one character is a part of no kind.
func longestPart(password []rune, i int) (length int, kind string) {
	length = 1
	for _, part := range []struct {
		kind   string
		length int
	}{{commonPart, commonAt(password, i)}, {sequencePart, sequenceAt(password, i)}, {repeatedPart, repeatAt(password, i)}} {
		if part.length > length {
			length, kind = part.length, part.kind
		}
	}
	return length, kind
}

// repeatAt is how much of what stands at i stands before it too, from three characters.
func repeatAt(password []rune, i int) int {
	longest := 0
	for from := range i {
		n := 0
		for i+n < len(password) && password[from+n] == password[i+n] {
			n++
		}
		longest = max(longest, n)
	}
	if longest < 3 {
		return 0
	}
	return longest
}

// rows are what fingers run along; each is read backwards too.
var rows = []string{"`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "abcdefghijklmnopqrstuvwxyz", "01234567890",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.", "!@#$%^&*()_+", "一二三四五六七八九十", "零一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"}

// sequenceAt is how far a row goes on from i, from three characters.
func sequenceAt(password []rune, i int) int {
	longest := 0
	for _, row := range rows {
		row := []rune(row)
		for at := range row {
			for _, step := range []int{1, -1} {
				n := 0
				for i+n < len(password) && at+n*step >= 0 && at+n*step < len(row) && password[i+n] == row[at+n*step] {
					n++
				}
				longest = max(longest, n)
			}
		}
	}
	if longest < 3 {
		return 0
	}
	return longest
}

// commonWords are words of the passwords that leaked lists hold most often, and the
// phrases that everybody knows by heart, each in a line.
//
//go:embed common_passwords.txt
var commonWords string

var common, longestCommon = readCommon(commonWords)

func readCommon(text string) (words map[string]bool, longest int) {
	words = map[string]bool{}
	for line := range strings.Lines(text) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
			longest = max(longest, utf8.RuneCountInString(word))
		}
	}
	return words, longest
}

// readAs are the characters that stand for letters; 1 is both i and l.
var readAs = []*strings.Replacer{
	strings.NewReplacer(),
	strings.NewReplacer("@", "a", "0", "o", "1", "i", "!", "i", "3", "e", "5", "s", "$", "s", "7", "t", "4", "a"),
	strings.NewReplacer("@", "a", "0", "o", "1", "l", "3", "e", "5", "s", "$", "s", "7", "t", "4", "a"),
}

// commonAt is the length of the longest common word, or of the year, at i.
func commonAt(password []rune, i int) int {
	for n := min(longestCommon, len(password)-i); n >= 2; n-- {
		text := string(password[i : i+n])
		for _, r := range readAs {
			if common[r.Replace(text)] {
				return n
			}
		}
		if n == 4 && (strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20")) && strings.Trim(text, "0123456789") == "" {
			return n
		}
	}
	return 0
}
