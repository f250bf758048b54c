package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// BankedItem is an item of a bank with its newest version and what became of it.
type BankedItem struct {
	ID         int64
	Name       string
	Version    int
	Kind       items.Kind
	Category   string
	Tags       []string `gorm:"-"`
	Level      int      // difficulty, 0 not said
	State      ItemState
	Points     items.Points
	Quizzes    int // quizzes whose newest revision holds it
	Duplicates int // items of any bank that ask in the same words
	CreatedAt  time.Time
	Body       []byte
	TagJSON    string

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
	Twice    bool   // only items whose words another item has too
	After    string // cursor
	Limit    int
}

// MaxBankPage is the most that one page holds.
const MaxBankPage = 200

// BankItems lists the items of a bank by their numbers; next is the cursor of the
// next page. NotFound for a bank that is not there.
func (s *Service) BankItems(ctx context.Context, actor people.Actor, q BankQuery) (list []BankedItem, next string, err error) {
	bank, err := s.bank(ctx, actor, q.Bank)
	if err != nil {
		return nil, "", err
	}
	after, err := idOf(q.After)
	if err != nil {
		return nil, "", err
	}
	limit := min(max(q.Limit, 1), MaxBankPage)
	err = s.db.WithContext(ctx).Raw(`
		SELECT i.id, i.name, i.kind, i.category, to_json(i.tags)::text AS tag_json, coalesce(i.difficulty, 0) AS level, i.state, i.points, i.created_at, v.number AS version, v.body,
		       (SELECT count(DISTINCT r.quiz_id) FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id JOIN item_versions w ON w.id = q.item_version_id
		        WHERE w.item_id = i.id AND r.number = (SELECT max(number) FROM quiz_revisions n WHERE n.quiz_id = r.quiz_id)) AS quizzes,
		       CASE WHEN i.fingerprint = '' THEN 0 ELSE (SELECT count(*) - 1 FROM items d WHERE d.fingerprint = i.fingerprint) END AS duplicates
		FROM items i JOIN item_versions v ON v.id = i.version_id
		WHERE i.bank_id = @bank AND i.id > @after
		  AND (@kind = '' OR i.kind = @kind) AND (@state = '' OR i.state = @state) AND (@level = 0 OR i.difficulty = @level)
		  AND (@category = '' OR i.category = @category OR starts_with(i.category, @category || '/'))
		  AND (NOT @twice OR EXISTS (SELECT FROM items d WHERE d.fingerprint = i.fingerprint AND d.id <> i.id AND i.fingerprint <> ''))
		  AND (@tag = '' OR @tag = ANY (i.tags))
		  AND (@search = '' OR i.name ILIKE @like OR convert_from(v.body, 'UTF8') ILIKE @like)
		ORDER BY i.id LIMIT @limit`, map[string]any{"bank": bank, "after": after, "twice": q.Twice, "kind": q.Kind, "state": q.State, "level": q.Level,
		"category": q.Category, "tag": q.Tag, "search": q.Search, "like": "%" + database.LikeLiteral(q.Search) + "%", "limit": limit + 1}).Scan(&list).Error
	if err != nil {
		return nil, "", fmt.Errorf("items of bank %s: %w", q.Bank, err)
	}
	if len(list) > limit {
		list = list[:limit]
		next = strconv.FormatInt(list[limit-1].ID, 10)
	}
	for i := range list {
		it, err := items.Decode(list[i].Body)
		if err != nil {
			return nil, "", fmt.Errorf("item %d: %w", list[i].ID, err)
		}
		if err := json.Unmarshal([]byte(list[i].TagJSON), &list[i].Tags); err != nil {
			return nil, "", fmt.Errorf("tags of item %d: %w", list[i].ID, err)
		}
		html := it.Render(actor.Locale)
		list[i].HTML, list[i].Locale = html.HTML, html.Locale
	}
	return list, next, nil
}

// idOf is the id that a cursor stands for, 0 for none.
func idOf(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || id < 0 {
		return 0, errs.New(errs.Invalid, "api.unknown_cursor", nil)
	}
	return id, nil
}
