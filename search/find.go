package search

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Kind is where a section comes from.
type Kind string

// The kinds.
const (
	Policy   Kind = "policy"
	Lesson   Kind = "lesson"
	Briefing Kind = "briefing"
)

// Found is a section that holds what was looked for.
type Found struct {
	Kind    Kind
	Code    string // of the policy, the course's slug, the briefing's month
	Number  int    // version, lesson, or part of the briefing (1 to 3)
	Title   string
	Heading string // clause or lesson
	// EffectiveFrom is the first day of a policy's version, and InForce false before it.
	EffectiveFrom string
	InForce       bool
	Snippet       []Run `gorm:"-"`
}

// Service finds sections and keeps the index.
type Service struct {
	db  *database.Pool
	now func() time.Time
}

// New returns the room.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// MaxFound is how many sections an answer holds at most. Of a word that stands
// in more than ranked sections only so many are compared: the others are no
// better, and comparing all of them takes longer than people wait.
const (
	MaxFound = 50
	ranked   = 500
)

// Find lists the sections that hold every word of the query, the best first. Of a
// policy they are from the version that is in force today where the actor is; those of a
// version to come stand behind all others.
// Chinese is found by any two neighbouring characters or more, other words by
// their beginning, whatever their width and case. Invalid when the query has
// neither.
func (s *Service) Find(ctx context.Context, actor people.Actor, query string, limit int) ([]Found, error) {
	wanted := wordsOf(query)
	if wanted.all == "" {
		return nil, errs.New(errs.Invalid, "search.empty", nil)
	}
	locale := actor.Locale
	if !i18n.Valid(string(locale)) {
		locale = i18n.Hans
	}
	list, err := findSections(ctx, s.db, wanted, locale, date.Text(new(actor.Today(s.now()))), min(max(limit, 1), MaxFound))
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	found := make([]Found, len(list))
	for i, f := range list {
		found[i] = f.Found
		found[i].Snippet = snippet(f.Body, query)
	}
	return found, nil
}
