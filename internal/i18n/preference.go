package i18n

// Preference lists the locales in the order in which Pick looks for a text, for
// SQL that picks one.
func Preference(want Locale) []string {
	all := map[Locale]string{}
	for _, l := range Locales {
		all[l] = string(l)
	}
	var order []string
	for len(all) > 0 {
		_, l := Pick(all, want)
		order = append(order, string(l))
		delete(all, l)
	}
	return order
}
