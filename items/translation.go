package items

import "anwen/internal/i18n"

// textFields are the places of all that the item says to a reader, in an order that
// depends on nothing but its shape.
func (it *Item) textFields() []*Texts {
	all := []*Texts{&it.Text, &it.Feedback}
	for _, options := range [][]Option{it.Options, it.Accepted} {
		for i := range options {
			all = append(all, &options[i].Text, &options[i].Feedback)
		}
	}
	for i := range it.Numbers {
		all = append(all, &it.Numbers[i].Feedback)
	}
	for i := range it.Rubric {
		all = append(all, &it.Rubric[i].Text)
	}
	for i := range it.Gaps {
		all = append(all, &it.Gaps[i].Text, &it.Gaps[i].Feedback)
		if it.Gaps[i].Item != nil {
			all = append(all, it.Gaps[i].Item.textFields()...)
		}
	}
	return append(all, &it.Guide)
}

// texts are all that the item says to a reader.
func (it Item) texts() []Texts {
	var all []Texts
	for _, field := range it.textFields() {
		all = append(all, *field)
	}
	return all
}

// copied shares nothing with the item.
func (it Item) copied() (Item, error) {
	body, err := it.Encode()
	if err != nil {
		return Item{}, err
	}
	other, err := Decode(body)
	other.Filing, other.Attached = it.Filing, it.Attached
	return other, err
}

// WithTranslations adds to the item what an earlier version says in other languages:
// a file of one language changes that language and leaves the others. Nothing is
// added when the versions differ in more than their words, because then nobody can
// tell what belongs where.
func (it Item) WithTranslations(old Item) (Item, error) {
	now, err := it.wordless()
	if err != nil {
		return it, err
	}
	before, err := old.wordless()
	if err != nil || now != before {
		return it, err
	}
	joined, err := it.copied()
	if err != nil {
		return it, err
	}
	fields, others := joined.textFields(), old.textFields()
	for i, field := range fields {
		for l, text := range *others[i] {
			if !it.speaks(l) {
				if *field == nil {
					*field = Texts{}
				}
				(*field)[l] = text
			}
		}
	}
	return joined, nil
}

// speaks reports whether the question itself is there in the language.
func (it Item) speaks(l i18n.Locale) bool { return !it.Text[l].Empty() }

// wordless is what all languages of an item share, as text to compare.
func (it Item) wordless() (string, error) {
	bare, err := it.copied()
	if err != nil {
		return "", err
	}
	for _, field := range bare.textFields() {
		*field = nil
	}
	body, err := bare.Encode()
	return string(body), err
}
