package items

import "anwen/internal/i18n"

// Key is a response that is wholly right, by the item's own indexes; blank for
// what only people can mark.
func (it Item) Key() Response {
	switch it.Kind {
	case MultipleChoice:
		var chosen []int
		for i, o := range it.Options {
			if o.Weight > 0 {
				chosen = append(chosen, i)
			}
		}
		return ChooseAll(chosen...)
	case ShortAnswer:
		for _, a := range it.Accepted {
			if text, _ := a.Text.Pick(i18n.Hans); a.Weight == Whole {
				return Write(text.Source)
			}
		}
	case Numerical:
		for _, n := range it.Numbers {
			if n.Weight == Whole && !n.Any {
				return it.withMeasure(n)
			}
		}
	case Ordering:
		return Arrange(identity(len(it.Options))...)
	case Matching, Drag, Cloze:
		var r Response
		for _, g := range it.Gaps {
			if g.Item != nil {
				r.Gaps = append(r.Gaps, g.Item.Key())
			} else {
				r.Gaps = append(r.Gaps, Choose(g.Option))
			}
		}
		return r
	case SingleChoice, TrueFalse:
		for i, o := range it.Options {
			if o.Weight == Whole {
				return Choose(i)
			}
		}
	}
	return Response{}
}

func (it Item) withMeasure(n Number) Response {
	for _, u := range it.Measures {
		if u.Factor == "1" {
			return Write(string(n.Value) + " " + u.Name)
		}
	}
	return Write(string(n.Value))
}
