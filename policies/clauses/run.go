package clauses

// Op says which of two texts a run stands in.
type Op string

// Equal stands in both texts, Delete in the old one only, Insert in the new.
const (
	Equal  Op = "equal"
	Delete Op = "delete"
	Insert Op = "insert"
)

// Run is a stretch of text with one Op.
type Run struct {
	Op   Op
	Text string
}

// runs joins neighbours and keeps, between two equal stretches, what was deleted
// before what was inserted.
type runs struct{ list []Run }

func (r *runs) add(op Op, text string) {
	if text == "" {
		return
	}
	n := len(r.list)
	switch {
	case n > 0 && r.list[n-1].Op == op:
		r.list[n-1].Text += text
	case n > 0 && op == Delete && r.list[n-1].Op == Insert:
		inserted := r.list[n-1]
		r.list = r.list[:n-1]
		r.add(Delete, text)
		r.list = append(r.list, inserted)
	default:
		r.list = append(r.list, Run{op, text})
	}
}

func (r *runs) addAll(list []Run) {
	for _, run := range list {
		r.add(run.Op, run.Text)
	}
}
