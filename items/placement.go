package items

// Learners name options by the place where they are shown, so that the number
// of an option says nothing about the key: the options of an ordering item are
// stored in their right order. Everything that is stored names them by their
// index in the item version.

// orders lists, place by place, the indexes of the options as they are shown.
type orders struct {
	options []int
	gaps    [][]int // of the small items of a cloze
}

func (p Paper) orders(number int, it Item) orders {
	return ordersOf(it, p.Seed, number, p.Positions[number-1].Shuffled)
}

// ordersOf puts the options into the order of the seed. True stands before false
// always; what matches, orders or fills is shuffled whatever the paper says.
func ordersOf(it Item, seed int64, number int, shuffled bool) orders {
	switch it.Kind {
	case TrueFalse:
		shuffled = false
	case Matching, Ordering, Drag:
		shuffled = true
	}
	order := func(stream uint64, n int) []int {
		if shuffled {
			return permutation(uint64(seed), stream, n)
		}
		return identity(n)
	}
	all := orders{options: order(uint64(number), len(it.Options))}
	for i, g := range it.Gaps {
		var places []int
		if g.Item != nil {
			places = order(uint64(number)+uint64(i+1)<<32, len(g.Item.Options))
		}
		all.gaps = append(all.gaps, places)
	}
	return all
}

func identity(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// ToStored turns a response of the learner, which names options by where they are
// shown at the position, into the one that is stored and graded. A place that
// does not exist stays as it is and is refused by Item.Grade.
func (p Paper) ToStored(number int, it Item, r Response) Response {
	return p.orders(number, it).stored(it, r)
}

// stored turns a response that names options by their places into one that names them
// by their indexes.
func (o orders) stored(it Item, r Response) Response {
	return o.renamed(it, r, func(order []int, place int) int {
		if place < 0 || place >= len(order) {
			return place
		}
		return order[place]
	})
}

// ToShown is the inverse of ToStored: the response as the learner sees it.
func (p Paper) ToShown(number int, it Item, r Response) Response {
	return p.orders(number, it).renamed(it, r, func(order []int, index int) int {
		for place, i := range order {
			if i == index {
				return place
			}
		}
		return index
	})
}

// renamed renames every option of a response.
func (o orders) renamed(it Item, r Response, name func(order []int, n int) int) Response {
	out := rename(r, o.options, name)
	if r.Gaps == nil {
		return out
	}
	out.Gaps = make([]Response, len(r.Gaps))
	for i, gap := range r.Gaps {
		order := o.options
		if i < len(it.Gaps) && it.Gaps[i].Item != nil {
			order = o.gaps[i]
		}
		out.Gaps[i] = rename(gap, order, name)
	}
	return out
}

func rename(r Response, order []int, name func(order []int, n int) int) Response {
	out := Response{Text: r.Text}
	if r.Choice != nil {
		choice := name(order, *r.Choice)
		out.Choice = &choice
	}
	if r.Choices != nil {
		out.Choices = make([]int, len(r.Choices))
		for i, c := range r.Choices {
			out.Choices[i] = name(order, c)
		}
	}
	if r.Order != nil {
		out.Order = make([]int, len(r.Order))
		for i, c := range r.Order {
			out.Order[i] = name(order, c)
		}
	}
	return out
}
