package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// ItemState says whether an item may be drawn.
type ItemState string

// The states of an item.
const (
	Drafted  ItemState = "draft"
	Reviewed ItemState = "reviewed" // may be drawn
	Retired  ItemState = "retired"  // is asked no more; papers that hold it stay
)

// Bank is a place for items. The bank of a course holds what its quiz files hold.
type Bank struct {
	ID       int64
	Code     string
	Names    map[i18n.Locale]string
	Course   string // slug, "" for a bank of its own
	Items    int
	Drafts   int
	Retired  int
	NameJSON string
}

var bankCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$`)

func mayBank(actor people.Actor) error {
	if !actor.Has(people.Author, people.Compliance) {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	return nil
}

// Banks lists the banks with their numbers of items. Forbidden to who neither
// writes courses nor keeps compliance.
func (s *Service) Banks(ctx context.Context, actor people.Actor) ([]Bank, error) {
	if err := mayBank(actor); err != nil {
		return nil, err
	}
	var banks []Bank
	err := s.db.WithContext(ctx).Raw(`SELECT b.id, b.code, b.names::text AS name_json, coalesce(k.slug, '') AS course,
			count(i.id) AS items, count(i.id) FILTER (WHERE i.state = 'draft') AS drafts, count(i.id) FILTER (WHERE i.state = 'retired') AS retired
		FROM banks b LEFT JOIN courses k ON k.id = b.course_id LEFT JOIN items i ON i.bank_id = b.id
		GROUP BY b.id, k.slug ORDER BY k.slug IS NOT NULL, b.code`).Scan(&banks).Error
	if err != nil {
		return nil, fmt.Errorf("list banks: %w", err)
	}
	for i := range banks {
		if err := json.Unmarshal([]byte(banks[i].NameJSON), &banks[i].Names); err != nil {
			return nil, fmt.Errorf("names of bank %s: %w", banks[i].Code, err)
		}
	}
	return banks, nil
}

// OpenBank makes a bank. Invalid for a code that is none and without a name,
// Conflict for a code that is taken.
func (s *Service) OpenBank(ctx context.Context, actor people.Actor, code string, names map[i18n.Locale]string) error {
	if err := mayBank(actor); err != nil {
		return err
	}
	if name, _ := i18n.Pick(names, actor.Locale); !bankCode.MatchString(code) || name == "" {
		return errs.New(errs.Invalid, "quizzes.bad_bank", nil)
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		err := tx.Exec(`INSERT INTO banks (code, names, created_at) VALUES (?, to_jsonb(?::json), ?)`, code, jsonOf(names), s.now()).Error
		if database.Violated(err, "banks_code_key") {
			return errs.New(errs.Conflict, "quizzes.bank_taken", errs.Args{"bank": code})
		}
		if err != nil {
			return fmt.Errorf("open bank %s: %w", code, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.open_bank", Subject: "bank:" + code})
	})
}

// BankedItem is an item of a bank with its newest version and what became of it.
type BankedItem struct {
	ID        int64
	Name      string
	Version   int
	Kind      Kind
	Category  string
	Tags      []string `gorm:"-"`
	Level     int      // difficulty, 0 not said
	State     ItemState
	Points    Points
	Quizzes   int // quizzes whose newest revision holds it
	CreatedAt time.Time
	Body      []byte
	TagJSON   string

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
	After    int64 // id of the last one of the page before
	Limit    int
}

// MaxBankPage is the most that one page holds.
const MaxBankPage = 200

// BankItems lists the items of a bank by their numbers; more tells whether there
// are others behind them. NotFound for a bank that is not there.
func (s *Service) BankItems(ctx context.Context, actor people.Actor, q BankQuery) (items []BankedItem, more bool, err error) {
	bank, err := s.bank(ctx, actor, q.Bank)
	if err != nil {
		return nil, false, err
	}
	limit := min(max(q.Limit, 1), MaxBankPage)
	err = s.db.WithContext(ctx).Raw(`
		SELECT i.id, i.name, i.kind, i.category, to_json(i.tags)::text AS tag_json, coalesce(i.difficulty, 0) AS level, i.state, i.points, i.created_at, v.number AS version, v.body,
		       (SELECT count(DISTINCT r.quiz_id) FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id JOIN item_versions w ON w.id = q.item_version_id
		        WHERE w.item_id = i.id AND r.number = (SELECT max(number) FROM quiz_revisions n WHERE n.quiz_id = r.quiz_id)) AS quizzes
		FROM items i JOIN item_versions v ON v.id = i.version_id
		WHERE i.bank_id = @bank AND i.id > @after
		  AND (@kind = '' OR i.kind = @kind) AND (@state = '' OR i.state = @state) AND (@level = 0 OR i.difficulty = @level)
		  AND (@category = '' OR i.category = @category OR starts_with(i.category, @category || '/'))
		  AND (@tag = '' OR @tag = ANY (i.tags))
		  AND (@search = '' OR i.name ILIKE @like OR convert_from(v.body, 'UTF8') ILIKE @like)
		ORDER BY i.id LIMIT @limit`, map[string]any{"bank": bank, "after": q.After, "kind": q.Kind, "state": q.State, "level": q.Level,
		"category": q.Category, "tag": q.Tag, "search": q.Search, "like": "%" + database.LikeLiteral(q.Search) + "%", "limit": limit + 1}).Scan(&items).Error
	if err != nil {
		return nil, false, fmt.Errorf("items of bank %s: %w", q.Bank, err)
	}
	if more = len(items) > limit; more {
		items = items[:limit]
	}
	for i := range items {
		it, err := DecodeItem(items[i].Body)
		if err != nil {
			return nil, false, fmt.Errorf("item %d: %w", items[i].ID, err)
		}
		if err := json.Unmarshal([]byte(items[i].TagJSON), &items[i].Tags); err != nil {
			return nil, false, fmt.Errorf("tags of item %d: %w", items[i].ID, err)
		}
		html := it.render(actor.Locale)
		items[i].HTML, items[i].Locale = html.text, html.locale
	}
	return items, more, nil
}

func (s *Service) bank(ctx context.Context, actor people.Actor, code string) (id int64, err error) {
	if err := mayBank(actor); err != nil {
		return 0, err
	}
	if err := s.db.WithContext(ctx).Raw(`SELECT id FROM banks WHERE code = ?`, code).Scan(&id).Error; err != nil {
		return 0, fmt.Errorf("find bank %s: %w", code, err)
	}
	if id == 0 {
		return 0, errs.New(errs.NotFound, "quizzes.unknown_bank", errs.Args{"bank": code})
	}
	return id, nil
}
