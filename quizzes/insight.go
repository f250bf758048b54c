package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/analysis"
	"anwen/people"
)

// Overview is one quiz of the institution with how it stands.
type Overview struct {
	QuizID    int64
	Slug      string
	Titles    i18n.Texts
	Items     int
	PassMark  int
	Attempts  int // submitted
	People    int
	Passed    int // people
	Waiting   int // attempts with an essay that waits
	LastAt    *time.Time
	TitleJSON string
}

// Overviews lists the quizzes, those with essays that wait first. Forbidden to who
// neither writes courses nor keeps compliance, staff or audit.
func (s *Service) Overviews(ctx context.Context, actor people.Actor) ([]Overview, error) {
	if !actor.Has(people.Author, people.Compliance, people.HR, people.Auditor) {
		return nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var list []Overview
	err := s.db.WithContext(ctx).Raw(`
		SELECT q.id AS quiz_id, k.slug, r.pass_mark,
		       (SELECT v.titles::text FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1) AS title_json,
		       (SELECT count(*) FROM quiz_items i WHERE i.revision_id = r.id AND i.points > 0)
		           + (SELECT coalesce(sum(coalesce((s->'draw'->>'count')::integer, (s->'draw'->>'scenarios')::integer * (s->'draw'->>'size')::integer)), 0) FROM jsonb_array_elements(r.plan->'sections') s) AS items,
		       coalesce(g.attempts, 0) AS attempts, coalesce(g.people, 0) AS people, coalesce(g.passed, 0) AS passed,
		       coalesce(g.waiting, 0) AS waiting, g.last_at
		FROM quizzes q JOIN courses k ON k.id = q.course_id
		JOIN LATERAL (SELECT * FROM quiz_revisions r WHERE r.quiz_id = q.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN LATERAL (
			SELECT count(*) AS attempts, count(DISTINCT a.person_id) AS people, count(DISTINCT a.person_id) FILTER (WHERE b.passed) AS passed,
			       count(*) FILTER (WHERE b.grades @> '[{"status": "waiting"}]') AS waiting, max(b.submitted_at) AS last_at
			FROM attempts a JOIN quiz_revisions v ON v.id = a.revision_id JOIN attempt_grades b ON b.attempt_id = a.id
			WHERE v.quiz_id = q.id AND NOT a.practice
		) g ON true
		ORDER BY coalesce(g.waiting, 0) DESC, k.slug`).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list quizzes: %w", err)
	}
	for i := range list {
		if err := json.Unmarshal([]byte(list[i].TitleJSON), &list[i].Titles); err != nil {
			return nil, fmt.Errorf("titles of quiz %d: %w", list[i].QuizID, err)
		}
	}
	return list, nil
}

// Insight is what the answers to a quiz say about its items.
type Insight struct {
	Attempts    int
	Reliability analysis.Reliability
	Items       []ItemInsight
}

// ItemInsight is how one version of an item did.
type ItemInsight struct {
	analysis.Item
	Name    string
	Version int
	Kind    items.Kind
	HTML    string
	Locale  i18n.Locale
	Options []OptionInsight
	// Since compares with the version before; nil for the first and where that
	// was not asked.
	Since *analysis.Comparison
}

// OptionInsight is how one option did, with its words.
type OptionInsight struct {
	analysis.Option
	HTML string
}

// maxSittings bounds what one analysis reads, the newest first.
const maxAnalysed = 20_000

// confidence of every interval that is shown.
const confidence = 0.95

// Insight analyses the submitted attempts of a quiz: of each person the first
// alone, because who sits a quiz again knows its questions, or all of them.
// Options, which tell the key, are there for who may keep banks. Forbidden to who
// may not see it, NotFound when there is no such quiz.
func (s *Service) Insight(ctx context.Context, actor people.Actor, quizID int64, all bool) (Insight, error) {
	if !actor.Has(people.Author, people.Compliance, people.HR, people.Auditor) {
		return Insight{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return Insight{}, err
	}
	attempts, err := s.gradedAttempts(ctx, quizID, all)
	if err != nil {
		return Insight{}, err
	}
	versions, err := s.versionsOf(ctx, attempts)
	if err != nil {
		return Insight{}, err
	}
	keys := make([]analysis.Key, len(versions))
	for i, v := range versions {
		keys[i] = v.key()
	}
	in := Insight{Attempts: len(attempts), Reliability: analysis.Reliable(attempts)}
	for i, found := range analysis.Items(attempts, keys) {
		v := versions[i]
		html := v.item.Render(actor.Locale)
		line := ItemInsight{Item: found, Name: v.item.Name, Version: v.Number, Kind: v.item.Kind, HTML: html.HTML, Locale: html.Locale}
		for j, o := range found.Options {
			if mayBank(actor) != nil {
				break // who only watches sits the quiz too, and does not see its key
			}
			line.Options = append(line.Options, OptionInsight{o, html.Options[j]})
		}
		if i > 0 && versions[i-1].ItemID == v.ItemID {
			since := analysis.Unpaired(sharesOf(attempts, versions[i-1].ID), sharesOf(attempts, v.ID), confidence)
			line.Since = &since
		}
		in.Items = append(in.Items, line)
	}
	return in, nil
}

// attempts reads graded attempts with their newest answers.
func (s *Service) gradedAttempts(ctx context.Context, quizID int64, all bool) ([]analysis.Attempt, error) {
	var list []analysis.Attempt
	scan := func(row database.Scanner) error {
		var person int64
		var paperJSON, gradesJSON string
		var answersJSON *string
		if err := row.Scan(&person, &paperJSON, &gradesJSON, &answersJSON); err != nil {
			return err
		}
		paper, err := items.DecodePaper([]byte(paperJSON))
		if err != nil {
			return err
		}
		var grades []storedGrade
		if err := json.Unmarshal([]byte(gradesJSON), &grades); err != nil {
			return err
		}
		answers := map[int]items.Response{}
		if answersJSON != nil {
			if err := json.Unmarshal([]byte(*answersJSON), &answers); err != nil {
				return err
			}
		}
		list = append(list, gradedAttempt(person, paper, grades, answers))
		return nil
	}
	err := database.Rows(ctx, s.db, scan, `
		SELECT a.person_id, a.paper::text, g.grades::text,
		       (SELECT jsonb_object_agg(w.position, w.response)::text FROM (
		           SELECT DISTINCT ON (position) position, response FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC) w)
		FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE r.quiz_id = ? AND NOT a.practice AND (? OR NOT EXISTS (
			SELECT FROM attempts e JOIN quiz_revisions q ON q.id = e.revision_id JOIN submissions b ON b.attempt_id = e.id
			WHERE e.person_id = a.person_id AND q.quiz_id = r.quiz_id AND NOT e.practice AND e.id < a.id))
		ORDER BY a.id DESC LIMIT ?`, quizID, all, maxAnalysed)
	if err != nil {
		return nil, fmt.Errorf("attempts of quiz %d: %w", quizID, err)
	}
	return list, nil
}

func gradedAttempt(person int64, paper items.Paper, grades []storedGrade, answers map[int]items.Response) analysis.Attempt {
	attempt := analysis.Attempt{Person: person}
	for i, g := range grades {
		if i >= len(paper.Positions) || g.Max == 0 {
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
	return attempt
}

// askedVersion is an item version that somebody was asked.
type askedVersion struct {
	ID, ItemID int64
	Number     int
	Body       []byte
	item       items.Item
}

// versionsOf reads the versions that were asked, those of an item together.
func (s *Service) versionsOf(ctx context.Context, attempts []analysis.Attempt) ([]askedVersion, error) {
	seen := map[int64]bool{}
	ids := database.Array[int64]{}
	for _, attempt := range attempts {
		for _, m := range attempt.Marks {
			if !seen[m.Item] {
				seen[m.Item] = true
				ids = append(ids, m.Item)
			}
		}
	}
	var list []askedVersion
	err := s.db.WithContext(ctx).Raw(`SELECT v.id, v.item_id, v.number, v.body FROM item_versions v WHERE v.id = ANY (?) ORDER BY v.item_id, v.number`, ids).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read item versions: %w", err)
	}
	for i := range list {
		if list[i].item, err = items.Decode(list[i].Body); err != nil {
			return nil, fmt.Errorf("item version %d: %w", list[i].ID, err)
		}
	}
	return list, nil
}

// key tells the analysis what an item is. Blind guessing earns the share of the
// options that are right.
func (v askedVersion) key() analysis.Key {
	key := analysis.Key{Item: v.ID}
	switch v.item.Kind {
	case items.SingleChoice, items.MultipleChoice, items.TrueFalse:
		key.Choice = true
		for _, o := range v.item.Options {
			key.Right = append(key.Right, o.Weight > 0)
		}
		if v.item.Kind != items.MultipleChoice {
			key.Guessed = 1 / float64(len(key.Right))
		}
	}
	return key
}

func sharesOf(attempts []analysis.Attempt, version int64) []float64 {
	var shares []float64
	for _, s := range attempts {
		for _, m := range s.Marks {
			if m.Item == version && !m.Pending {
				shares = append(shares, m.Share)
			}
		}
	}
	return shares
}

// Learning compares what the same people earned in two quizzes on parallel forms:
// in the first at their first attempt, in the second at their last. It says what
// scores did and not why.
func (s *Service) Learning(ctx context.Context, actor people.Actor, beforeID, afterID int64) (analysis.Comparison, error) {
	if !actor.Has(people.Author, people.Compliance, people.HR, people.Auditor) {
		return analysis.Comparison{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var pairs []struct{ Before, After float64 }
	err := s.db.WithContext(ctx).Raw(`
		WITH sat AS (
			SELECT r.quiz_id, a.person_id, a.id, g.submitted_at, g.earned::float8 / g.possible AS share
			FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
			WHERE r.quiz_id IN (@before, @after) AND NOT a.practice AND g.possible > 0 AND NOT g.grades @> '[{"status": "waiting"}]'
		), first AS (SELECT DISTINCT ON (person_id) * FROM sat WHERE quiz_id = @before ORDER BY person_id, id),
		last AS (SELECT DISTINCT ON (person_id) * FROM sat WHERE quiz_id = @after ORDER BY person_id, id DESC)
		SELECT f.share AS before, l.share AS after FROM first f JOIN last l USING (person_id) WHERE l.submitted_at > f.submitted_at`,
		map[string]any{"before": beforeID, "after": afterID}).Scan(&pairs).Error
	if err != nil {
		return analysis.Comparison{}, fmt.Errorf("compare quizzes %d and %d: %w", beforeID, afterID, err)
	}
	before, after := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		before[i], after[i] = p.Before, p.After
	}
	return analysis.Paired(before, after, confidence), nil
}

// Known is a number of statistics for a page: nil when it cannot be told.
func Known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
