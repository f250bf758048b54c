package errs

import (
	"slices"
	"sort"
)

// MaxFaults bounds what one answer lists: a file with a wrong column would
// otherwise repeat itself a hundred thousand times.
const MaxFaults = 200

// Faults collects what is wrong with an input, so that the user sees it all at once.
type Faults struct {
	list    []Fault
	dropped int
	byLine  bool
}

// ByLine are the faults of one file that is read in several turns, first alone and
// then against what is stored: they are kept in the order of the file's lines, and of
// too many the first are kept, whichever turn finds them.
func ByLine() Faults { return Faults{byLine: true} }

// Add notes a fault at a place.
func (f *Faults) Add(at Place, code string, args Args) {
	i := len(f.list)
	if f.byLine {
		i = sort.Search(i, func(i int) bool { return f.list[i].Line > at.Line })
	}
	if len(f.list) == MaxFaults {
		f.dropped++
		if i == MaxFaults {
			return
		}
		f.list = f.list[:MaxFaults-1]
	}
	f.list = slices.Insert(f.list, i, Fault{Place: at, Code: code, Args: args})
}

// AddList adds a list that List has made, with those that it was cut by.
func (f *Faults) AddList(list []Fault) {
	for _, x := range list {
		if x.Code == moreFaults {
			f.dropped += Count([]Fault{x})
			continue
		}
		f.Add(x.Place, x.Code, x.Args)
	}
}

// Len is the number of faults noted, those beyond MaxFaults included.
func (f *Faults) Len() int { return len(f.list) + f.dropped }

// moreFaults is the code of the last entry of a list that was cut.
const moreFaults = "api.more_faults"

// List returns the faults kept, in the order they were found or of their lines. When
// there were more, a last entry says how many, so that the number is always whole.
func (f *Faults) List() []Fault {
	if f.dropped == 0 {
		return f.list
	}
	return append(slices.Clip(f.list), Fault{Code: moreFaults, Args: Args{"count": f.dropped, "total": f.Len()}})
}

// Count is how many faults a list from List stands for, those included that it was
// cut by.
func Count(list []Fault) int {
	count := len(list)
	for _, f := range list {
		if more, ok := f.Args["count"].(int); ok && f.Code == moreFaults {
			count += more - 1
		}
	}
	return count
}

// Err returns nil when there are no faults, else one Invalid error with the
// given code that has the List of them; its message may use {count}.
func (f *Faults) Err(code string) error {
	if f.Len() == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: code, Args: Args{"count": f.Len()}, Faults: f.List()}
}

// Clip keeps a value from a file or a request short enough for a message.
func Clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
