package quizzes_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

// The figures as all attempts tell them, one by one.
const (
	overviewsByAttempts = `
		WITH sat AS (
			SELECT v.quiz_id, a.person_id, a.assignment_id, b.submitted_at
			FROM attempts a JOIN quiz_revisions v ON v.id = a.revision_id JOIN submissions b ON b.attempt_id = a.id WHERE NOT a.practice
		)
		SELECT quiz_id, sum(attempts) AS attempts, count(*) AS people, count(*) FILTER (WHERE passed) AS passed, max(last_at) AS last_at FROM (
			SELECT s.quiz_id, s.person_id, count(*) AS attempts, bool_or(p.assignment_id IS NOT NULL) AS passed, max(s.submitted_at) AS last_at
			FROM sat s LEFT JOIN quiz_passes p ON p.assignment_id = s.assignment_id GROUP BY s.quiz_id, s.person_id) each
		GROUP BY quiz_id ORDER BY quiz_id`
	itemsByAttempts = `
		SELECT v.id AS version_id, count(*) AS asked, count(*) FILTER (WHERE e->>'status' = 'right') AS "right", count(*) FILTER (WHERE e->>'status' = 'partly') AS partly,
		       sum((e->>'earned')::bigint)::float8 / nullif(sum((e->>'max')::bigint), 0) AS share
		FROM item_versions v JOIN attempts a ON NOT a.practice JOIN attempt_grades b ON b.attempt_id = a.id
		CROSS JOIN jsonb_array_elements(a.paper->'positions') WITH ORDINALITY AS p(position, n)
		CROSS JOIN LATERAL (SELECT b.grades->(p.n::integer - 1)) AS grade(e)
		WHERE (p.position->>'item_version')::bigint = v.id AND e->>'status' NOT IN ('waiting', 'not_asked', 'stated')
		GROUP BY v.id ORDER BY v.id`
)

// passedAgain lets all who passed do so in their next cycle as well.
const passedAgain = `
	WITH next AS (
		INSERT INTO assignments (course_id, person_id, cycle, reason, assigned_at)
		SELECT course_id, person_id, cycle + 1, 'self', assigned_at FROM assignments WHERE id IN (SELECT assignment_id FROM quiz_passes) RETURNING id, person_id
	), sat AS (
		INSERT INTO attempts (revision_id, assignment_id, person_id, number, seed, paper, pass_mark, started_at)
		SELECT a.revision_id, n.id, n.person_id, 1, a.seed, a.paper, a.pass_mark, a.started_at
		FROM next n JOIN LATERAL (SELECT a.* FROM attempts a JOIN quiz_passes p ON p.attempt_id = a.id WHERE a.person_id = n.person_id LIMIT 1) a ON true RETURNING id, assignment_id, person_id
	), submitted AS (
		INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
		SELECT s.id, b.submitted_at, b.by_deadline, b.earned, b.possible, b.passed, b.grades
		FROM sat s JOIN LATERAL (SELECT b.* FROM submissions b JOIN attempts a ON a.id = b.attempt_id WHERE a.person_id = s.person_id AND NOT a.practice LIMIT 1) b ON true RETURNING attempt_id
	) INSERT INTO quiz_passes (assignment_id, attempt_id, passed_at) SELECT assignment_id, id, now() FROM sat`

type quizFigures struct {
	QuizID                   int64
	Attempts, People, Passed int
	LastAt                   time.Time
}

type versionFigures struct {
	VersionID            int64
	Asked, Right, Partly int
	Share                *float64
}

// compareFigures asks for every figure and holds it against what all attempts tell.
func (s *school) compareFigures(t *testing.T, keeper people.Actor) {
	t.Helper()
	ctx := context.Background()
	var wantQuizzes, gotQuizzes []quizFigures
	var wantVersions, gotVersions []versionFigures
	for into, sql := range map[any]string{&wantQuizzes: overviewsByAttempts, &wantVersions: itemsByAttempts} {
		if err := s.db.Raw(sql).Scan(into).Error; err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.quizzes.Overviews(ctx, keeper)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		if o.LastAt != nil {
			gotQuizzes = append(gotQuizzes, quizFigures{o.QuizID, o.Attempts, o.People, o.Passed, *o.LastAt})
		}
	}
	slices.SortFunc(gotQuizzes, func(a, b quizFigures) int { return cmp.Compare(a.QuizID, b.QuizID) })
	if !reflect.DeepEqual(gotQuizzes, wantQuizzes) {
		t.Fatalf("the quizzes are %+v, want %+v", gotQuizzes, wantQuizzes)
	}
	var at []struct {
		Code string
		ID   int64
	}
	if err := s.db.Raw(`SELECT b.code, i.id FROM items i JOIN banks b ON b.id = i.bank_id`).Scan(&at).Error; err != nil {
		t.Fatal(err)
	}
	for _, item := range at {
		h, err := s.quizzes.History(ctx, keeper, item.Code, item.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range h.Versions {
			if v.Asked > 0 {
				gotVersions = append(gotVersions, versionFigures{v.VersionID, v.Asked, v.Right, v.Partly, v.Share})
			}
		}
	}
	slices.SortFunc(gotVersions, func(a, b versionFigures) int { return cmp.Compare(a.VersionID, b.VersionID) })
	if !reflect.DeepEqual(gotVersions, wantVersions) {
		t.Fatalf("the items are %+v, want %+v", gotVersions, wantVersions)
	}
}

// Whatever is submitted, marked and corrected, and whenever it is counted, the figures are
// those that all attempts tell.
func TestFiguresAreWhatAllAttemptsTell(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 40"), context.Background()
	random := rand.New(rand.NewPCG(5, 8))
	s.publish(t, "pass_mark: 40, practice: true", gift+"\n"+withEssay)
	keeper, second := s.marker(t), s.marker(t)
	learners := []people.Actor{s.actor, s.another(t), s.another(t), s.another(t), s.another(t)}
	kinds := []items.Correction{items.ByNewKey, items.FullCredit, items.LeftOut}
	marked, corrected := 0, 0
	for step := range 120 {
		s.now = s.now.Add(time.Hour)
		if step == 50 { // a later version of an item, whose key may count instead
			s.publish(t, "pass_mark: 40, practice: true", strings.Replace(gift, "{#48}", "{#72}", 1)+"\n"+withEssay)
		}
		switch n := random.IntN(10); {
		case n < 5:
			s.actor = learners[random.IntN(len(learners))]
			begin := func() (quizzes.Attempt, error) { return s.quizzes.Start(ctx, s.actor, s.quizID, "") }
			if n == 0 {
				begin = func() (quizzes.Attempt, error) { return s.quizzes.Practise(ctx, s.actor, s.quizID) }
			}
			a, err := begin()
			if err != nil { // passed already: somebody new comes
				s.actor = s.another(t)
				learners = append(learners, s.actor)
				if a, err = begin(); err != nil {
					t.Fatal(err)
				}
			}
			for i := range a.Questions {
				if r := (items.Response{}); random.IntN(3) > 0 {
					switch a.Questions[i].Kind {
					case items.Essay, items.Numerical, items.ShortAnswer:
						r = items.Write([]string{"48", "72"}[random.IntN(2)])
					case items.MultipleChoice:
						r = items.ChooseAll(random.IntN(3))
					default:
						r = items.Choose(random.IntN(2))
					}
					s.answer(t, a.ID, i+1, r)
				}
			}
			if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
				t.Fatal(err)
			}
		case n < 8:
			waiting, err := s.quizzes.WaitingEssays(ctx, keeper, s.quizID)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range waiting[:min(len(waiting), 2)] {
				earned := items.Points(random.IntN(4) * 1000)
				for _, who := range []people.Actor{keeper, second} {
					if _, err := s.quizzes.MarkEssay(ctx, who, quizzes.NewMark{AttemptID: w.AttemptID, Position: w.Question.Position, Criteria: []items.Points{min(earned, 1000), earned - min(earned, 1000)}}); err != nil {
						t.Fatal(err)
					}
				}
				marked++
			}
		case n == 8:
			in := quizzes.RegradeInput{QuizID: s.quizID, Version: s.version(t, "who"), Correction: kinds[1+random.IntN(2)], Note: "x"}
			if step > 50 {
				in.Version, in.Correction = s.version(t, "hours"), kinds[random.IntN(3)]
			}
			_, err := s.quizzes.Regrade(ctx, keeper, in)
			if err != nil {
				t.Fatal(err)
			}
			corrected++
		default:
			if _, err := s.quizzes.Tally(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if step%3 == 0 {
			s.compareFigures(t, keeper)
			s.compareInsight(t, keeper)
			s.compareLearning(t, keeper)
		}
	}
	if n := s.whole(t, `SELECT count(*) FROM regrades`); marked == 0 || corrected == 0 || n < 10 {
		t.Errorf("only %d essays were marked, %d corrections made, %d grades changed", marked, corrected, n)
	}
	if _, err := s.quizzes.Tally(ctx); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s.db, "quiz_uncounted"); n != 0 {
		t.Errorf("%d are left uncounted", n)
	}
	if err := s.db.Exec(passedAgain).Error; err != nil {
		t.Fatal(err)
	}
	s.compareFigures(t, keeper)
	s.compareInsight(t, keeper)
	s.compareLearning(t, keeper)
}

// While many submit, two instances count and somebody looks, nothing is counted twice or
// left out.
func TestFiguresAreWholeWhileTheyAreCounted(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 100"), context.Background()
	keeper := s.marker(t)
	const learners, rounds = 8, 3
	var actors []people.Actor
	for range learners {
		actors = append(actors, s.another(t))
	}
	ended := make(chan struct{})
	var submitting, beside sync.WaitGroup
	failed := make(chan error, 4*learners)
	for _, actor := range actors {
		submitting.Go(func() {
			for range rounds {
				a, err := s.quizzes.Start(ctx, actor, s.quizID, "")
				if err == nil {
					_, err = s.quizzes.Submit(ctx, actor, a.ID)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for range 2 {
		beside.Go(func() {
			for {
				if _, err := s.quizzes.Tally(ctx); err != nil {
					failed <- err
					return
				}
				select {
				case <-ended:
					return
				default:
				}
			}
		})
	}
	beside.Go(func() {
		for before := 0; ; {
			list, err := s.quizzes.Overviews(ctx, keeper)
			in, other := s.quizzes.Insight(ctx, keeper, s.quizID, true)
			if err = errors.Join(err, other); err == nil && (list[0].Attempts < before || in.Attempts < list[0].Attempts || list[0].People > learners) {
				err = fmt.Errorf("%d attempts of %d people after %d, %d analysed", list[0].Attempts, list[0].People, before, in.Attempts)
			}
			if err != nil {
				failed <- err
				return
			}
			before = list[0].Attempts
			select {
			case <-ended:
				return
			default:
			}
		}
	})
	submitting.Wait()
	close(ended)
	beside.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	s.compareFigures(t, keeper)
	s.compareInsight(t, keeper)
}
