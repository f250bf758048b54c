package docx

import (
	"strings"

	"anwen/internal/errs"
)

// notice is something that was not taken over as it stands in the file.
type notice struct {
	code, what string
	at         string // the first words of the paragraph
	count      int
}

type notices struct {
	list   []notice
	placed int
}

// maxNotices of one code are listed, each with what it is about.
const maxNotices = 20

// warn notes something once, and how often it is there.
func (r *reader) warn(code, what string) {
	if runes := []rune(what); len(runes) > 40 {
		what = string(runes[:40]) + "…"
	}
	same := 0
	for i := range r.notices.list {
		n := &r.notices.list[i]
		if n.code != code {
			continue
		}
		if same++; n.what == what || same >= maxNotices {
			n.count++
			return
		}
	}
	r.notices.list = append(r.notices.list, notice{code: code, what: what, count: 1})
}

// place gives the paragraph that was read to what was noted in it.
func (r *reader) place(text string) {
	words := strings.Join(strings.Fields(text), " ")
	if runes := []rune(words); len(runes) > 16 {
		words = string(runes[:16])
	}
	for i := r.notices.placed; i < len(r.notices.list); i++ {
		r.notices.list[i].at = words
	}
	r.notices.placed = len(r.notices.list)
}

func (n notices) faults() []errs.Fault {
	var faults errs.Faults
	for _, one := range n.list {
		at := one.at
		if at == "" {
			at = "…"
		}
		faults.Add(errs.Place{}, one.code, errs.Args{"what": one.what, "place": at, "count": one.count})
	}
	return faults.List()
}
