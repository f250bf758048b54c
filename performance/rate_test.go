package performance

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTheVerdictSaysWhetherChanceCouldHaveDoneIt(t *testing.T) {
	for _, c := range []struct {
		name         string
		successes, n int
		target       float64
		want         Verdict
	}{
		{"nothing counted", 0, 0, 0.80, NoData},
		{"well above with many answers", 900, 1000, 0.80, Met},
		{"above with few answers", 17, 20, 0.80, MetWithinChance},
		{"exactly the target", 16, 20, 0.80, MetWithinChance},
		{"below with few answers", 15, 20, 0.80, MissedWithinChance},
		{"well below with many answers", 700, 1000, 0.80, Missed},
		{"all on time proves a lower target", 100, 100, 0.95, Met},
		{"all of ten do not prove 95 percent", 10, 10, 0.95, MetWithinChance},
	} {
		if got := Judge(c.successes, c.n, c.target, 0.95); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMoreSuccessesNeverGiveAWorseVerdict(t *testing.T) {
	order := map[Verdict]int{Missed: 0, MissedWithinChance: 1, MetWithinChance: 2, Met: 3}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		r := rapid.IntRange(0, n-1).Draw(t, "r")
		target := rapid.Float64Range(0.01, 0.99).Draw(t, "target")
		if a, b := Judge(r, n, target, 0.95), Judge(r+1, n, target, 0.95); order[b] < order[a] {
			t.Fatalf("%d of %d is %s, one more is %s", r, n, a, b)
		}
	})
}

func TestFewCasesGiveCountsWithoutAVerdict(t *testing.T) {
	target := Current().Timeliness
	r := NewRate(3, 4, target)
	if *r.Numerator != 3 || r.Denominator != 4 || r.Verdict != "" || r.Lower != nil || r.Withheld != TooFewCases || r.Share() != nil {
		t.Errorf("four cases give %+v", r)
	}
	if r := NewRate(4, 5, target); r.Verdict == "" || r.Lower == nil || r.Withheld != "" || *r.Share() != 0.8 {
		t.Errorf("five cases give %+v", r)
	}
	if r := NewRate(0, 0, target); r.Verdict != NoData || r.Withheld != "" || r.Share() != nil {
		t.Errorf("no case gives %+v", r)
	}
}

func TestFewAnswersKeepSatisfactionBack(t *testing.T) {
	target := Current().Satisfaction
	r := NewSatisfaction(9, 9, target)
	if r.Numerator != nil || r.Denominator != 9 || r.Verdict != "" || r.Withheld != TooFewAnswers {
		t.Errorf("nine answers give %+v", r)
	}
	if r := NewSatisfaction(10, 10, target); r.Verdict != MetWithinChance || *r.Numerator != 10 {
		t.Errorf("ten answers give %+v", r)
	}
	if r := NewSatisfaction(0, 0, target); r.Verdict != NoData || r.Withheld != "" {
		t.Errorf("no answer gives %+v", r)
	}
}
