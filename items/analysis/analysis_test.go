package analysis

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

const vectors = "../../../shared/vectors/"

// lsat reads section 6 of the Law School Admission Test (Bock & Lieberman 1970).
func lsat(t *testing.T) []Attempt {
	t.Helper()
	file, err := os.Open(vectors + "data/lsat6.csv")
	if err != nil {
		t.Skip("the published vectors are not here: ../shared/vectors beside the repository")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var attempts []Attempt
	for i, row := range rows[1:] {
		answers := row[len(row)-5:]
		s := Attempt{Person: int64(i)}
		for j, a := range answers {
			right, err := strconv.ParseFloat(a, 64)
			if err != nil {
				t.Fatal(err)
			}
			s.Marks = append(s.Marks, Mark{Item: int64(j + 1), Share: right, Worth: 1})
		}
		attempts = append(attempts, s)
	}
	return attempts
}

func closeTo(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func TestItemStatisticsAreThePublishedOnes(t *testing.T) {
	attempts := lsat(t)
	raw, err := os.ReadFile(vectors + "vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Vectors []struct {
			ID        string
			Expected  json.RawMessage
			Tolerance float64
		}
	}
	if err := json.Unmarshal(raw, &book); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(book.Vectors, func(v struct {
		ID        string
		Expected  json.RawMessage
		Tolerance float64
	}) bool {
		return v.ID == "V27"
	})
	var want struct {
		P         []float64
		KR20      float64
		ItemTotal []float64      `json:"item_total_incl"`
		ItemRest  []float64      `json:"item_rest"`
		Scores    map[string]int `json:"score_freq"`
	}
	if err := json.Unmarshal(book.Vectors[at].Expected, &want); err != nil {
		t.Fatal(err)
	}
	tolerance := book.Vectors[at].Tolerance
	keys := []Key{{Item: 1}, {Item: 2}, {Item: 3}, {Item: 4}, {Item: 5}}
	for i, it := range Items(attempts, keys) {
		if !closeTo(it.Facility, want.P[i], tolerance) || !closeTo(it.Discrimination, want.ItemRest[i], tolerance) || !closeTo(it.ItemTotal, want.ItemTotal[i], tolerance) {
			t.Errorf("item %d: facility %.4f, item–rest %.4f, item–total %.4f; published %.4f, %.4f, %.4f",
				i+1, it.Facility, it.Discrimination, it.ItemTotal, want.P[i], want.ItemRest[i], want.ItemTotal[i])
		}
	}
	r := Reliable(attempts)
	if !closeTo(r.Alpha, want.KR20, tolerance) || r.Items != 5 || r.Attempts != 1000 {
		t.Errorf("%+v, published KR-20 %.7f", r, want.KR20)
	}
	scores := map[string]int{}
	for _, s := range attempts {
		whole, _ := s.total(0)
		scores[strconv.Itoa(int(math.Round(whole*5)))]++
	}
	for score, n := range want.Scores {
		if scores[score] != n {
			t.Errorf("%d people have %s right, published %d", scores[score], score, n)
		}
	}
	t.Logf("KR-20 %.4f, SE %.4f", r.Alpha, r.SE)
}

// quiz is a small one of our own: four people, item 1 is known, item 2 splits.
func small() []Attempt {
	row := func(person int64, a, b, c float64, chosen ...int) Attempt {
		return Attempt{Person: person, Marks: []Mark{{Item: 1, Share: a, Worth: 1}, {Item: 2, Share: b, Worth: 2, Chosen: chosen}, {Item: 3, Share: c, Worth: 1}}}
	}
	return []Attempt{row(1, 1, 1, 1, 0), row(2, 1, 1, .5, 0), row(3, 1, 0, 0, 1), row(4, 1, 0, .5, 2)}
}

func TestASmallQuizByHand(t *testing.T) {
	items := Items(small(), []Key{{Item: 1}, {Item: 2, Choice: true, Right: []bool{true, false, false, false}}, {Item: 3}, {Item: 9}})
	if items[0].Facility != 1 || !math.IsNaN(items[0].Discrimination) {
		t.Errorf("everybody is right, so nothing is told apart: %+v", items[0])
	}
	// Rest of item 2: (1+1)/2, (1+.5)/2, .5, .75 against 1, 1, 0, 0.
	if want := correlation([]float64{1, 1, 0, 0}, []float64{1, .75, .5, .75}); items[1].Discrimination != want || items[1].Facility != .5 {
		t.Errorf("%+v, want a discrimination of %.4f", items[1], want)
	}
	if o := items[1].Options; o[0].Chosen != 2 || o[0].Share != .5 || o[0].Rest != .875 || o[0].Strong != 1 || o[0].Weak != 0 || o[1].Weak != 1 || o[3].Chosen != 0 || !math.IsNaN(o[3].Rest) {
		t.Errorf("%+v", o)
	}
	if items[3].Asked != 0 || !math.IsNaN(items[3].Facility) || items[3].Exposure != 0 {
		t.Errorf("an item that nobody was asked: %+v", items[3])
	}
	if r := Reliable(small()); !closeTo(r.Mean, .625, 1e-12) || r.Items != 3 || !closeTo(r.Alpha, 1.5*(1-(4./3+.5/3)/(6.5/3)), 1e-12) {
		t.Errorf("%+v", r)
	}
}

func TestWhatIsNotAskedOrNotMarkedIsLeftOut(t *testing.T) {
	attempts := small()
	attempts[0].Marks = attempts[0].Marks[:2]
	attempts[1].Marks[0].Pending = true
	items := Items(attempts, []Key{{Item: 1}, {Item: 3}})
	if items[0].Asked != 3 || items[1].Asked != 3 || items[1].Exposure != .75 {
		t.Errorf("%+v", items)
	}
	if r := Reliable(attempts); r.Items != 1 || r.Left != 2 || !math.IsNaN(r.Alpha) {
		t.Errorf("%+v", r)
	}
	if r := Reliable(nil); r.Items != 0 || !math.IsNaN(r.Alpha) {
		t.Errorf("%+v", r)
	}
}

func TestEachFlagIsRaised(t *testing.T) {
	// forty builds attempts whose other item ranks people by their number.
	forty := func(share func(n int) float64, chosen func(n int) []int) Item {
		var attempts []Attempt
		for n := range 40 {
			attempts = append(attempts, Attempt{Marks: []Mark{{Item: 1, Share: share(n), Worth: 1, Chosen: chosen(n), Blank: chosen(n) == nil}, {Item: 2, Share: float64(n) / 40, Worth: 5}}})
		}
		return Items(attempts, []Key{{Item: 1, Choice: true, Right: []bool{true, false, false}, Guessed: 1. / 3}})[0]
	}
	strong := func(n int) bool { return n >= 20 }
	pick := func(right func(int) bool, wrong int) (func(int) float64, func(int) []int) {
		return func(n int) float64 {
				if right(n) {
					return 1
				}
				return 0
			}, func(n int) []int {
				if right(n) {
					return []int{0}
				}
				return []int{wrong}
			}
	}
	for flag, it := range map[Flag]Item{
		TooEasy:       forty(pick(func(n int) bool { return n > 0 }, 1)),
		TooHard:       forty(pick(func(n int) bool { return n >= 28 }, 1)),
		Misleading:    forty(pick(func(n int) bool { return !strong(n) }, 1)),
		Weak:          forty(pick(func(n int) bool { return n%2 == 1 }, 1)),
		IdleOption:    forty(pick(strong, 1)),
		StrongOption:  forty(pick(func(n int) bool { return !strong(n) }, 2)),
		NoRightOption: forty(pick(func(int) bool { return false }, 1)),
		OftenSkipped: forty(func(n int) float64 {
			if strong(n) {
				return 1
			}
			return 0
		}, func(n int) []int {
			if n < 10 {
				return nil
			}
			return []int{0}
		}),
	} {
		if !slices.Contains(it.Flags, flag) {
			t.Errorf("%s is not among %v", flag, it.Flags)
		}
	}
	if it := Items(small(), []Key{{Item: 2}})[0]; !slices.Equal(it.Flags, []Flag{TooFew}) {
		t.Errorf("four answers allow no judgement: %v", it.Flags)
	}
	if it := forty(pick(strong, 1)); slices.Contains(it.Flags, Weak) || slices.Contains(it.Flags, Misleading) {
		t.Errorf("a good item: %v", it.Flags)
	}
}

// The sleep data of Student (1908), as in R's documentation of t.test: paired
// difference 1.58 with the interval 0.7001142 to 2.4598858, unpaired (Welch)
// -0.2054832 to 3.3654832.
func TestComparisonsAreThePublishedOnes(t *testing.T) {
	before := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	after := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	if c := Paired(before, after, .95); !closeTo(c.Difference, 1.58, 1e-9) || !closeTo(c.Low, 0.7001142, 1e-6) || !closeTo(c.High, 2.4598858, 1e-6) || c.Verdict != Rose {
		t.Errorf("%+v", c)
	}
	if c := Unpaired(before, after, .95); !closeTo(c.Low, -0.2054832, 1e-6) || !closeTo(c.High, 3.3654832, 1e-6) || c.Verdict != NoChange {
		t.Errorf("%+v", c)
	}
	if c := Paired(after, before, .95); c.Verdict != Fell {
		t.Errorf("%+v", c)
	}
	if c := Paired(before[:5], after[:5], .95); c.Verdict != FewPairs {
		t.Errorf("five pairs are too few: %+v", c)
	}
	for _, c := range []Comparison{Paired(nil, nil, .95), Paired(before[:1], after[:1], .95), Unpaired(before[:1], after, .95)} {
		if !math.IsNaN(c.Low) || c.Verdict != FewPairs {
			t.Errorf("%+v", c)
		}
	}
	if c := Unpaired(slices.Repeat([]float64{1}, 12), slices.Repeat([]float64{1}, 12), .95); c.Verdict != NoChange || c.Low != 0 {
		t.Errorf("nobody differs: %+v", c)
	}
}

func TestStatisticsStayInTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var attempts []Attempt
		for range rapid.IntRange(2, 60).Draw(t, "people") {
			var s Attempt
			for id := range int64(6) {
				if rapid.IntRange(0, 4).Draw(t, "asked") > 0 {
					s.Marks = append(s.Marks, Mark{Item: id + 1, Share: float64(rapid.IntRange(0, 4).Draw(t, "share")) / 4, Worth: 1, Chosen: []int{rapid.IntRange(0, 2).Draw(t, "chosen")}})
				}
			}
			attempts = append(attempts, s)
		}
		for _, it := range Items(attempts, []Key{{Item: 1, Choice: true, Right: []bool{true, false, false}}, {Item: 2}, {Item: 7}}) {
			if it.Asked > 0 && (it.Facility < 0 || it.Facility > 1) || math.Abs(it.Discrimination) > 1+1e-9 || it.Exposure < 0 || it.Exposure > 1 {
				t.Fatalf("%+v", it)
			}
			total := 0
			for _, o := range it.Options {
				total += o.Chosen
			}
			if len(it.Options) > 0 && total != it.Asked {
				t.Fatalf("%d of %d answers are in the table", total, it.Asked)
			}
		}
		if r := Reliable(attempts); r.Alpha > 1+1e-9 || r.SE < 0 {
			t.Fatalf("%+v", r)
		}
	})
}
