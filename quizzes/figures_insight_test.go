package quizzes_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"anwen/internal/database"
	"anwen/items"
	"anwen/items/analysis"
	"anwen/people"
)

// attemptsOneByOne reads the attempts of the quiz that are analysed, with their papers,
// grades and answers.
func (s *school) attemptsOneByOne(t *testing.T, all bool) (list []analysis.Attempt) {
	t.Helper()
	err := database.Rows(context.Background(), s.db, func(row database.Scanner) error {
		var person int64
		var paperJSON, gradesJSON, answersJSON []byte
		var paper items.Paper
		var grades []items.Grade
		answers := map[int]items.Response{}
		err := row.Scan(&person, &paperJSON, &gradesJSON, &answersJSON)
		if err = errors.Join(err, json.Unmarshal(paperJSON, &paper), json.Unmarshal(gradesJSON, &grades), json.Unmarshal(answersJSON, &answers)); err != nil {
			return err
		}
		attempt := analysis.Attempt{Person: person}
		for i, g := range grades {
			if g.Max == 0 {
				continue
			}
			m := analysis.Mark{Item: paper.Positions[i].ItemVersion, Share: float64(g.Earned) / float64(g.Max), Worth: float64(g.Max),
				Blank: g.Status == items.Blank, Pending: g.Status == items.Waiting}
			if r := answers[i+1]; r.Choice != nil {
				m.Chosen = []int{*r.Choice}
			} else {
				m.Chosen = r.Choices
			}
			attempt.Marks = append(attempt.Marks, m)
		}
		list = append(list, attempt)
		return nil
	}, `SELECT a.person_id, a.paper, g.grades, (SELECT coalesce(jsonb_object_agg(w.position, w.response), '{}') FROM (
		    SELECT DISTINCT ON (position) position, response FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC) w)
		FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE r.quiz_id = ? AND NOT a.practice AND (? OR NOT EXISTS (
			SELECT FROM attempts e JOIN submissions b ON b.attempt_id = e.id WHERE e.person_id = a.person_id AND NOT e.practice AND e.id < a.id))
		ORDER BY a.id DESC`, s.quizID, all)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// compareInsight holds what the quiz is said to say against its attempts, one by one.
func (s *school) compareInsight(t *testing.T, keeper people.Actor) {
	t.Helper()
	for _, all := range []bool{false, true} {
		attempts := s.attemptsOneByOne(t, all)
		in, err := s.quizzes.Insight(context.Background(), keeper, s.quizID, all)
		if err != nil {
			t.Fatal(err)
		}
		var keys []analysis.Key
		for _, it := range in.Items { // of the key only what it says itself
			key := analysis.Key{Item: it.Item.Item, Choice: len(it.Options) > 0}
			for _, o := range it.Options {
				key.Right = append(key.Right, o.Right)
			}
			if key.Choice && it.Kind != items.MultipleChoice {
				key.Guessed = 1 / float64(len(key.Right))
			}
			keys = append(keys, key)
		}
		want, got := analysis.Items(attempts, keys), []analysis.Item{}
		asked := map[int64]bool{}
		for _, a := range attempts {
			for _, m := range a.Marks {
				asked[m.Item] = true
			}
		}
		for _, it := range in.Items {
			got = append(got, it.Item)
		}
		same := cmp.Options{cmpopts.EquateApprox(0, 1e-9), cmpopts.EquateNaNs(), cmpopts.EquateEmpty()}
		if difference := cmp.Diff(want, got, same); difference != "" || len(got) != len(asked) {
			t.Fatalf("%d of %d items, all %t: %s", len(got), len(asked), all, difference)
		}
		if difference := cmp.Diff(analysis.Reliable(attempts), in.Reliability, same); difference != "" || in.Attempts != len(attempts) {
			t.Fatalf("%d of %d attempts, all %t: %s", in.Attempts, len(attempts), all, difference)
		}
	}
}

// learningOneByOne are the pairs of the first attempt at the quiz and the last.
const learningOneByOne = `
	WITH graded AS (
		SELECT r.quiz_id, a.person_id, a.id, g.submitted_at, g.earned::float8 / g.possible AS share
		FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE r.quiz_id = @quiz AND NOT a.practice AND g.possible > 0 AND NOT g.grades @> '[{"status": "waiting"}]'
	), first AS (SELECT DISTINCT ON (person_id) * FROM graded ORDER BY person_id, id),
	last AS (SELECT DISTINCT ON (person_id) * FROM graded ORDER BY person_id, id DESC)
	SELECT count(*) AS n, coalesce(avg(f.share), 0) AS before, coalesce(avg(l.share), 0) AS after FROM first f JOIN last l USING (person_id) WHERE l.submitted_at > f.submitted_at`

// compareLearning holds the comparison of the quiz with itself against its attempts.
func (s *school) compareLearning(t *testing.T, keeper people.Actor) {
	t.Helper()
	var want struct {
		N             int
		Before, After float64
	}
	if err := s.db.Raw(learningOneByOne, map[string]any{"quiz": s.quizID}).Scan(&want).Error; err != nil {
		t.Fatal(err)
	}
	got, err := s.quizzes.Learning(context.Background(), keeper, s.quizID, s.quizID)
	if err != nil || got.N != want.N {
		t.Fatalf("%+v, want %+v, %v", got, want, err)
	}
	if d := cmp.Diff([]float64{want.Before, want.After}, []float64{got.Before, got.After}, cmpopts.EquateApprox(0, 1e-9)); got.N > 0 && d != "" {
		t.Fatal(d)
	}
}
