package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// ItemHistory is an item with all its versions.
type ItemHistory struct {
	Name       string
	State      ItemState
	Category   string
	Newest     items.Item  // as it is filed
	Duplicates []Duplicate // items of open banks that ask in the same words
	Versions   []ItemVersion
}

// ItemVersion is one version of an item, with where it is asked and how it was answered.
type ItemVersion struct {
	VersionID int64
	Number    int
	CreatedAt time.Time
	Shown     items.Question
	Key       items.Response // wholly right as shown, blank for an essay
	Feedback  string         // HTML, for that response
	Uses      []ItemUse
	Asked     int // in submitted attempts that count
	Right     int
	Partly    int
	Share     *float64 // of the points, nil when nobody was asked
}

// ItemUse is a quiz that holds a version.
type ItemUse struct {
	QuizID int64
	Title  string
	First  int // revision of the quiz
	Last   int
	Now    bool // in the newest revision
}

// History returns an item of a bank with all its versions, the newest first.
// Forbidden without the Author or Compliance role; NotFound for a bank that does not
// exist and for an item of another bank.
func (s *Service) History(ctx context.Context, actor people.Actor, code string, itemID int64) (ItemHistory, error) {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return ItemHistory{}, err
	}
	var h ItemHistory
	rows, err := versionsOfItem(ctx, s.db, bank.ID, itemID)
	if err != nil {
		return h, fmt.Errorf("history of item %d: %w", itemID, err)
	}
	if len(rows) == 0 {
		return h, errs.New(errs.NotFound, "quizzes.item_not_in_bank", nil)
	}
	for n, r := range rows {
		version, it, err := r.version(actor.Locale)
		if err != nil {
			return h, err
		}
		if n == 0 {
			h.Name, h.State, h.Category, h.Newest = r.Name, r.State, r.Category, it
			h.Newest.Filing = items.Filing{Category: r.Category, Tags: r.Tags, Difficulty: r.Level}
		}
		h.Versions = append(h.Versions, version)
	}
	if fingerprint := rows[0].Fingerprint; fingerprint != "" {
		open, err := openBanks(ctx, s.db, actor)
		if err != nil {
			return h, err
		}
		h.Duplicates, err = duplicatesOfItem(ctx, s.db, itemID, h.Name, fingerprint, open)
		return h, err
	}
	return h, nil
}

// version is how one version of the item is shown in the wanted language.
func (r versionOfItem) version(want i18n.Locale) (ItemVersion, items.Item, error) {
	it, err := items.Decode(r.Body)
	if err != nil {
		return ItemVersion{}, it, fmt.Errorf("item version %d: %w", r.ID, err)
	}
	paper := items.Paper{Positions: []items.Position{{ItemVersion: r.ID, Points: it.Points}}}
	asked, err := paper.Ask(1, it, want)
	if err != nil {
		return ItemVersion{}, it, err
	}
	version := ItemVersion{VersionID: r.ID, Number: r.Number, CreatedAt: r.CreatedAt, Shown: asked.Question(it.Render(want)),
		Key: paper.ToShown(1, it, it.Key()), Feedback: it.FeedbackHTML(it.Key(), want), Asked: r.Asked, Right: r.Right, Partly: r.Partly, Share: r.Share}
	for _, u := range r.Uses {
		u.Title = u.Titles.In(want)
		version.Uses = append(version.Uses, u.ItemUse)
	}
	return version, it, nil
}
