// Package i18n holds the words of the program outside the browser: error
// messages, command output, the verification page and the certificate.
//
// Every key stands in locales/<locale>/<room>.json of all three locales with
// the same {placeholders}; a test holds that, and that every code in the source
// has a message.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/language"
)

// Locale is one of the three languages of the product.
type Locale string

// The locales, in the order they are offered.
const (
	Hans    Locale = "zh-Hans"
	Hant    Locale = "zh-Hant"
	English Locale = "en"
)

// Locales lists every locale.
var Locales = []Locale{Hans, Hant, English}

//go:embed locales
var files embed.FS

var catalogues = load()

func load() map[Locale]map[string]string {
	all := make(map[Locale]map[string]string, len(Locales))
	for _, l := range Locales {
		dir := path.Join("locales", string(l))
		entries, err := files.ReadDir(dir)
		if err != nil {
			panic(err) // embedded at build time
		}
		all[l] = make(map[string]string)
		for _, e := range entries {
			raw, err := files.ReadFile(path.Join(dir, e.Name()))
			if err != nil {
				panic(err)
			}
			var part map[string]string
			if err := json.Unmarshal(raw, &part); err != nil {
				panic(fmt.Errorf("%s/%s: %w", dir, e.Name(), err))
			}
			for k, v := range part {
				if _, dup := all[l][k]; dup {
					panic(fmt.Errorf("%s/%s: key %s stands twice", dir, e.Name(), k))
				}
				all[l][k] = v
			}
		}
	}
	return all
}

// Valid reports whether s names a locale of the product.
func Valid(s string) bool {
	_, ok := catalogues[Locale(s)]
	return ok
}

// Text returns the message of the key in the locale with its {placeholders}
// filled. An unknown key comes back as itself, so that nothing is hidden.
func Text(l Locale, key string, args map[string]any) string {
	text, ok := catalogues[l][key]
	if !ok {
		if text, ok = catalogues[English][key]; !ok {
			return key
		}
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, "{"+k+"}", fmt.Sprint(v))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

var matcher = language.NewMatcher([]language.Tag{
	language.MustParse("zh-Hans"), language.MustParse("zh-Hant"), language.English,
})

// Match picks the locale for an Accept-Language header or a POSIX LANG value;
// when nothing fits it returns English.
func Match(want string) Locale {
	want = strings.ReplaceAll(strings.SplitN(want, ".", 2)[0], "_", "-")
	tags, _, err := language.ParseAcceptLanguage(want)
	if err != nil || len(tags) == 0 {
		return English
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return English
	}
	return Locales[i]
}
