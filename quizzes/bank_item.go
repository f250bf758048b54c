package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/cursor"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// BankedItem is an item of a bank with its newest version and where it is used.
type BankedItem struct {
	ID         int64
	Name       string
	Version    int
	Kind       items.Kind
	Category   string
	Tags       []string `gorm:"serializer:json"`
	Level      int      // difficulty, 0 not said
	State      ItemState
	Points     items.Points
	Quizzes    int // quizzes whose newest revision holds it
	Duplicates int // items of banks open to the actor that ask in the same words
	CreatedAt  time.Time
	Body       []byte

	HTML   string      `gorm:"-"`
	Locale i18n.Locale `gorm:"-"`
}

// BankQuery selects items of a bank; empty fields select all.
type BankQuery struct {
	Bank     string
	Search   string
	Kind     string
	Category string // with what is below it
	Tag      string
	State    string
	Level    int
	Twice    bool   // only items that another item duplicates
	After    string // cursor of the page before
	Limit    int
}

// MaxBankPage is the most that one page holds.
const MaxBankPage = 200

// bankItemList names the list in its cursors.
const bankItemList = "bank items"

// BankItems lists the items of a bank by their ids; next is the cursor of the next
// page. Forbidden without the Author or Compliance role; NotFound for a bank that
// does not exist; Invalid for a cursor that is not of this list.
func (s *Service) BankItems(ctx context.Context, actor people.Actor, q BankQuery) (list []BankedItem, next string, err error) {
	bank, err := s.bank(ctx, actor, q.Bank)
	if err != nil {
		return nil, "", err
	}
	var after int64
	if _, err := cursor.Read(q.After, bankItemList, &after); err != nil {
		return nil, "", err
	}
	limit := min(max(q.Limit, 1), MaxBankPage)
	open, err := openBanks(ctx, s.db, actor)
	if err != nil {
		return nil, "", err
	}
	list, err = listBankItems(ctx, s.db, bank.ID, after, limit+1, q, open)
	if err != nil {
		return nil, "", fmt.Errorf("items of bank %s: %w", q.Bank, err)
	}
	if len(list) > limit {
		list = list[:limit]
		next = cursor.After(bankItemList, list[limit-1].ID)
	}
	for i := range list {
		it, err := items.Decode(list[i].Body)
		if err != nil {
			return nil, "", fmt.Errorf("item %d: %w", list[i].ID, err)
		}
		html := it.Render(actor.Locale)
		list[i].HTML, list[i].Locale = html.HTML, html.Locale
	}
	return list, next, nil
}
