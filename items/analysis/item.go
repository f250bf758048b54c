package analysis

import (
	"math"
	"slices"
)

// Key is what is known of an item before anybody answered it.
type Key struct {
	Item    int64
	Choice  bool // whether options are chosen
	Right   []bool
	Guessed float64 // the share that blind guessing earns
}

// Item is how one version of an item did.
type Item struct {
	Item     int64
	Asked    int // attempts that asked it and have its mark
	Blank    int
	Exposure float64 // of all attempts, the part that asked it
	// Facility is the mean share earned, 1 when everybody was right.
	Facility float64
	// Discrimination is the correlation of the item with the rest of the attempt
	// (item–rest, corrected point-biserial); NaN when it cannot be told.
	Discrimination float64
	// ItemTotal is the correlation with the whole, the item included.
	ItemTotal float64
	Options   []Option
	Flags     []Flag
}

// Option is how one option of a choice did. Strong and Weak are the parts of the
// upper and the lower 27% of the attempts that chose it (Kelley 1939).
type Option struct {
	Right        bool
	Chosen       int
	Share        float64
	Rest         float64 // mean rest of those who chose it, NaN when nobody did
	Strong, Weak float64
}

// Flag says what a person should look at.
type Flag string

// The flags.
const (
	TooFew        Flag = "too_few"         // too few answers to judge anything else
	TooEasy       Flag = "too_easy"        // hardly anybody is wrong
	TooHard       Flag = "too_hard"        // hardly anybody is right, or no more than guessing gives
	Misleading    Flag = "misleading"      // who knows more does worse: the key may be wrong
	Weak          Flag = "weak"            // says little about who knows more
	IdleOption    Flag = "idle_option"     // a wrong option that next to nobody takes
	StrongOption  Flag = "strong_option"   // a wrong option that the better ones take
	OftenSkipped  Flag = "often_skipped"   // many leave it blank
	NoRightOption Flag = "no_right_option" // nobody chose the right one
)

// Where the flags begin. The limits for discrimination are those of Ebel & Frisbie
// (1991, table 13.1); idle options follow Haladyna & Downing (1993): below 5%.
const (
	LeastAnswers  = 30
	easyFrom      = 0.95
	hardBelow     = 0.20
	weakBelow     = 0.20
	idleBelow     = 0.05
	skippedFrom   = 0.10
	tails         = 0.27
	guessingSlack = 0.02
)

// Items analyses every item that was asked, in the order of the keys.
func Items(attempts []Attempt, keys []Key) []Item {
	marks := map[int64][]marked{}
	for _, s := range attempts {
		whole, _ := s.total(0)
		for _, m := range s.Marks {
			if !m.Pending {
				rest, ok := s.total(m.Item)
				marks[m.Item] = append(marks[m.Item], marked{m, rest, whole, ok})
			}
		}
	}
	list := make([]Item, 0, len(keys))
	for _, key := range keys {
		it := item(key, marks[key.Item])
		if len(attempts) > 0 {
			it.Exposure = float64(it.Asked) / float64(len(attempts))
		}
		it.flag(key)
		list = append(list, it)
	}
	return list
}

type marked struct {
	Mark
	rest, whole float64
	hasRest     bool
}

func item(key Key, marks []marked) Item {
	it := Item{Item: key.Item, Asked: len(marks), Facility: math.NaN(), Discrimination: math.NaN(), ItemTotal: math.NaN()}
	if len(marks) == 0 {
		return it
	}
	var shares, rests, withRest, wholes []float64
	for _, m := range marks {
		if m.Blank {
			it.Blank++
		}
		shares, wholes = append(shares, m.Share), append(wholes, m.whole)
		if m.hasRest {
			withRest, rests = append(withRest, m.Share), append(rests, m.rest)
		}
	}
	it.Facility = mean(shares)
	it.ItemTotal = correlation(shares, wholes)
	if len(rests) > 0 {
		it.Discrimination = correlation(withRest, rests)
	}
	if key.Choice {
		it.Options = options(key, marks)
	}
	return it
}

func options(key Key, marks []marked) []Option {
	sorted := slices.Clone(marks)
	slices.SortStableFunc(sorted, func(a, b marked) int {
		switch {
		case a.rest < b.rest:
			return -1
		case a.rest > b.rest:
			return 1
		}
		return 0
	})
	tail := max(1, int(math.Round(tails*float64(len(sorted)))))
	list := make([]Option, len(key.Right))
	for i := range list {
		o := Option{Right: key.Right[i]}
		chose := func(m marked) bool { return slices.Contains(m.Chosen, i) }
		var rest float64
		for n, m := range sorted {
			if !chose(m) {
				continue
			}
			o.Chosen++
			rest += m.rest
			if n < tail {
				o.Weak++
			}
			if n >= len(sorted)-tail {
				o.Strong++
			}
		}
		o.Share = float64(o.Chosen) / float64(len(sorted))
		o.Strong, o.Weak = o.Strong/float64(tail), o.Weak/float64(tail)
		o.Rest = math.NaN()
		if o.Chosen > 0 {
			o.Rest = rest / float64(o.Chosen)
		}
		list[i] = o
	}
	return list
}

// flag says what stands out. With too few answers it says only that.
func (it *Item) flag(key Key) {
	add := func(f Flag, there bool) {
		if there && !slices.Contains(it.Flags, f) {
			it.Flags = append(it.Flags, f)
		}
	}
	if it.Asked < LeastAnswers {
		it.Flags = []Flag{TooFew}
		return
	}
	add(TooEasy, it.Facility >= easyFrom)
	add(TooHard, it.Facility < hardBelow || key.Guessed > 0 && it.Facility <= key.Guessed+guessingSlack)
	add(Misleading, it.Discrimination < 0)
	add(Weak, it.Discrimination >= 0 && it.Discrimination < weakBelow && it.Facility < easyFrom)
	add(OftenSkipped, float64(it.Blank) >= skippedFrom*float64(it.Asked))
	bestRight := math.Inf(-1)
	for _, o := range it.Options {
		if o.Right && o.Chosen > 0 {
			bestRight = max(bestRight, o.Rest)
		}
	}
	add(NoRightOption, len(it.Options) > 0 && math.IsInf(bestRight, -1))
	for _, o := range it.Options {
		add(IdleOption, !o.Right && o.Share < idleBelow && it.Facility < easyFrom)
		add(StrongOption, !o.Right && o.Share >= idleBelow && o.Rest > bestRight)
	}
}
