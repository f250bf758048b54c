package items

// Correction says what is done about an item version whose key was wrong.
type Correction string

// The corrections.
const (
	ByNewKey   Correction = "key"  // by the key of a later version of the item
	FullCredit Correction = "full" // everybody who was asked has it right
	LeftOut    Correction = "drop" // it counts for nobody
)

// Correct grades a paper again after the correction of one item version; every
// other grade stays as it is, marks of people among them. by holds the key that
// counts, only of ByNewKey. A response that does not fit the new key is wrong.
func (p Paper) Correct(grades []Grade, answers map[int]Response, version int64, correction Correction, by Item) []Grade {
	after := append([]Grade{}, grades...)
	for i, position := range p.Positions {
		if position.ItemVersion != version || i >= len(after) || after[i].Status == Stated {
			continue
		}
		switch correction {
		case FullCredit:
			after[i] = Grade{Earned: position.Points, Max: position.Points, Status: Right}
		case LeftOut:
			after[i] = Grade{Status: Unasked}
		case ByNewKey:
			grade, err := by.Grade(position.Points, answers[i+1])
			if err != nil {
				grade = Grade{Max: position.Points, Status: Wrong}
			}
			after[i] = grade
		}
	}
	return after
}
