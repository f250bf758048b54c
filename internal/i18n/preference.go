package i18n

// preference is the order in which a text is looked for: the language itself, the
// other Chinese script, English; for English, the Chinese scripts.
func preference(want Locale) []Locale {
	switch want {
	case Hant:
		return []Locale{Hant, Hans, English}
	case English:
		return []Locale{English, Hans, Hant}
	}
	return Locales // simplified first, then traditional, then English
}

// Preference is the order in which Texts.Pick looks for a text, for SQL that picks
// one.
func Preference(want Locale) []string {
	var order []string
	for _, l := range preference(want) {
		order = append(order, string(l))
	}
	return order
}
