package quizzes

import (
	"context"
	"fmt"
	"math"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/analysis"
	"anwen/people"
)

// Overview is one quiz of the institution with the counts of its attempts.
type Overview struct {
	QuizID   int64
	Slug     string
	Titles   i18n.Texts
	Items    int
	PassMark int
	Attempts int // submitted
	People   int
	Passed   int // people
	Waiting  int // attempts with an essay that waits
	LastAt   *time.Time
}

// analysts may see how quizzes went.
var analysts = []people.Role{people.Author, people.Compliance, people.HR, people.Auditor}

// Overviews lists the quizzes, those with essays that wait first. Forbidden without
// the Author, Compliance, HR or Auditor role.
func (s *Service) Overviews(ctx context.Context, actor people.Actor) ([]Overview, error) {
	if err := actor.Over(analysts...).Require(); err != nil {
		return nil, err
	}
	list, err := listOverviews(ctx, s.db)
	if err != nil {
		return nil, fmt.Errorf("list quizzes: %w", err)
	}
	return list, nil
}

// Insight is what the answers to a quiz say about its items.
type Insight struct {
	Attempts    int
	Reliability analysis.Reliability
	Items       []ItemInsight
}

// ItemInsight is how people answered one version of an item.
type ItemInsight struct {
	analysis.Item
	Name    string
	Version int
	Kind    items.Kind
	HTML    string
	Locale  i18n.Locale
	Options []OptionInsight
	// Since compares with the version before; nil for the first version and when the
	// one before was not asked.
	Since *analysis.Comparison
}

// OptionInsight is how often one option was chosen and by whom, with its text.
type OptionInsight struct {
	analysis.Option
	HTML string
}

// maxAnalysed bounds how many attempts one analysis reads, the newest first.
const maxAnalysed = 20_000

// confidence of every interval that is shown.
const confidence = 0.95

// Insight analyses the submitted attempts of a quiz: only the first of each person,
// who knows the questions afterwards, or all of them. Options, which tell the key,
// are there only with the Author or Compliance role over the root and for nobody who
// must still sit the quiz. Forbidden without the Author,
// Compliance, HR or Auditor role; NotFound when there is no such quiz.
func (s *Service) Insight(ctx context.Context, actor people.Actor, quizID int64, all bool) (Insight, error) {
	if err := actor.Over(analysts...).Require(); err != nil {
		return Insight{}, err
	}
	if _, err := s.courseOf(ctx, quizID); err != nil {
		return Insight{}, err
	}
	keyed, err := s.seesKey(ctx, actor, quizID)
	if err != nil {
		return Insight{}, err
	}
	found, err := s.analysed(ctx, quizID, all)
	if err != nil {
		return Insight{}, err
	}
	in := Insight{Attempts: found.attempts, Reliability: found.reliability}
	for i, one := range found.items {
		v := found.versions[i]
		html := v.item.Render(actor.Locale)
		line := ItemInsight{Item: one, Name: v.item.Name, Version: v.Number, Kind: v.item.Kind, HTML: html.HTML, Locale: html.Locale, Since: found.since[i]}
		for j, o := range one.Options {
			if !keyed {
				break
			}
			line.Options = append(line.Options, OptionInsight{o, html.Options[j]})
		}
		in.Items = append(in.Items, line)
	}
	return in, nil
}

// analysed is what the attempts of a quiz say, after so many turns of it.
type analysed struct {
	turns       int64
	attempts    int
	reliability analysis.Reliability
	versions    []askedVersion
	items       []analysis.Item        // as the versions
	since       []*analysis.Comparison // as the versions
}

// analyse computes what the attempts say.
func (s *Service) analyse(ctx context.Context, attempts []analysis.Attempt) (*analysed, error) {
	versions, err := s.versionsOf(ctx, attempts)
	if err != nil {
		return nil, err
	}
	keys := make([]analysis.Key, len(versions))
	for i, v := range versions {
		keys[i] = v.key()
	}
	found := &analysed{attempts: len(attempts), reliability: analysis.Reliable(attempts), versions: versions, items: analysis.Items(attempts, keys),
		since: make([]*analysis.Comparison, len(versions))}
	for i, v := range versions {
		if i > 0 && versions[i-1].ItemID == v.ItemID {
			since := analysis.Unpaired(sharesOf(attempts, versions[i-1].ID), sharesOf(attempts, v.ID), confidence)
			found.since[i] = &since
		}
	}
	return found, nil
}

// seesKey reports whether the actor may see what tells the key of the quiz: whoever
// keeps its bank and need not sit it, or another one over the same bank.
func (s *Service) seesKey(ctx context.Context, actor people.Actor, quizID int64) (bool, error) {
	if keeps, err := actor.Over(bankKeepers...).MayChange(ctx, s.db, ""); err != nil || !keeps {
		return false, err
	}
	must, err := mustSit(ctx, s.db, quizID, actor.PersonID)
	return !must, err
}

// askedVersion is an item version that somebody was asked.
type askedVersion struct {
	itemVersionRow
	item items.Item
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
	rows, err := itemVersions(ctx, s.db, ids)
	if err != nil {
		return nil, fmt.Errorf("read item versions: %w", err)
	}
	list := make([]askedVersion, len(rows))
	for i, row := range rows {
		it, err := items.Decode(row.Body)
		if err != nil {
			return nil, fmt.Errorf("item version %d: %w", row.ID, err)
		}
		list[i] = askedVersion{row, it}
	}
	return list, nil
}

// key is what the analysis needs to know of an item. Blind guessing earns the share of the
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

// Known is a statistic for a page: nil when it cannot be computed.
func Known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
