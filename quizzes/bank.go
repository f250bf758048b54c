package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
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
	Owner    string // name, "" for the bank of a course
	OwnerNo  string // employee number
	NameJSON string
}

var bankCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$`)

// bankKeepers are who may keep banks.
var bankKeepers = []people.Role{people.Author, people.Compliance}

func mayBank(actor people.Actor) error {
	if !actor.Has(bankKeepers...) {
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
	err := s.db.WithContext(ctx).Raw(`SELECT b.id, b.code, b.names::text AS name_json, coalesce(k.slug, '') AS course, coalesce(p.name, '') AS owner, coalesce(p.employee_no, '') AS owner_no,
			count(i.id) AS items, count(i.id) FILTER (WHERE i.state = 'draft') AS drafts, count(i.id) FILTER (WHERE i.state = 'retired') AS retired
		FROM banks b LEFT JOIN courses k ON k.id = b.course_id LEFT JOIN items i ON i.bank_id = b.id LEFT JOIN people p ON p.id = b.owner_id
		GROUP BY b.id, k.slug, p.id ORDER BY k.slug IS NOT NULL, b.code`).Scan(&banks).Error
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

// OpenBank makes a bank that the actor owns. Invalid for a code that is none and without a name,
// Conflict for a code that is taken.
func (s *Service) OpenBank(ctx context.Context, actor people.Actor, code string, names map[i18n.Locale]string) error {
	if err := mayBank(actor); err != nil {
		return err
	}
	if name, _ := i18n.Pick(names, actor.Locale); !bankCode.MatchString(code) || name == "" {
		return errs.New(errs.Invalid, "quizzes.bad_bank", nil)
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		err := tx.Exec(`INSERT INTO banks (code, names, owner_id, created_at) VALUES (?, to_jsonb(?::json), nullif(?, 0), ?)`, code, jsonOf(names), actor.PersonID, s.now()).Error
		if database.Violated(err, "banks_code_key") {
			return errs.New(errs.Conflict, "quizzes.bank_taken", errs.Args{"bank": code})
		}
		if err != nil {
			return fmt.Errorf("open bank %s: %w", code, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.open_bank", Subject: "bank:" + code})
	})
}

// ChangeBank gives a bank another name or owner; what is empty stays. Forbidden and
// NotFound as BankItems, NotFound for a person who is not there or may keep no
// bank, Conflict for the bank of a course, which has the course's name and authors.
func (s *Service) ChangeBank(ctx context.Context, actor people.Actor, code string, names map[i18n.Locale]string, ownerNo string) error {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return err
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var owner int64
		if ownerNo != "" {
			err := tx.Raw(`SELECT p.id FROM people p WHERE p.employee_no = ? AND EXISTS (
				SELECT FROM role_grants g WHERE g.person_id = p.id AND g.revoked_at IS NULL AND g.role IN ?)`, ownerNo, bankKeepers).Scan(&owner).Error
			if err != nil {
				return fmt.Errorf("find person %s: %w", ownerNo, err)
			}
			if owner == 0 {
				return errs.New(errs.NotFound, "quizzes.no_keeper", errs.Args{"number": ownerNo})
			}
		}
		done := tx.Exec(`UPDATE banks SET owner_id = CASE WHEN @owner > 0 THEN @owner ELSE owner_id END,
			names = CASE WHEN @named THEN to_jsonb(CAST(@names AS json)) ELSE names END WHERE id = @bank AND course_id IS NULL`,
			map[string]any{"owner": owner, "named": len(names) > 0, "names": jsonOf(names), "bank": bank})
		if done.Error != nil {
			return fmt.Errorf("change bank %s: %w", code, done.Error)
		}
		if done.RowsAffected == 0 {
			return errs.New(errs.Conflict, "quizzes.bank_of_course", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.change_bank", Subject: "bank:" + code,
			Data: map[string]any{"owner": ownerNo, "names": names}})
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
	Twins     int // items of any bank that ask in the same words
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
	Twice    bool   // only items whose words another item has too
	After    string // cursor
	Limit    int
}

// MaxBankPage is the most that one page holds.
const MaxBankPage = 200

// BankItems lists the items of a bank by their numbers; next is the cursor of the
// next page. NotFound for a bank that is not there.
func (s *Service) BankItems(ctx context.Context, actor people.Actor, q BankQuery) (items []BankedItem, next string, err error) {
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
		       CASE WHEN i.fingerprint = '' THEN 0 ELSE (SELECT count(*) - 1 FROM items d WHERE d.fingerprint = i.fingerprint) END AS twins
		FROM items i JOIN item_versions v ON v.id = i.version_id
		WHERE i.bank_id = @bank AND i.id > @after
		  AND (@kind = '' OR i.kind = @kind) AND (@state = '' OR i.state = @state) AND (@level = 0 OR i.difficulty = @level)
		  AND (@category = '' OR i.category = @category OR starts_with(i.category, @category || '/'))
		  AND (NOT @twice OR EXISTS (SELECT FROM items d WHERE d.fingerprint = i.fingerprint AND d.id <> i.id AND i.fingerprint <> ''))
		  AND (@tag = '' OR @tag = ANY (i.tags))
		  AND (@search = '' OR i.name ILIKE @like OR convert_from(v.body, 'UTF8') ILIKE @like)
		ORDER BY i.id LIMIT @limit`, map[string]any{"bank": bank, "after": after, "twice": q.Twice, "kind": q.Kind, "state": q.State, "level": q.Level,
		"category": q.Category, "tag": q.Tag, "search": q.Search, "like": "%" + database.LikeLiteral(q.Search) + "%", "limit": limit + 1}).Scan(&items).Error
	if err != nil {
		return nil, "", fmt.Errorf("items of bank %s: %w", q.Bank, err)
	}
	if len(items) > limit {
		items = items[:limit]
		next = strconv.FormatInt(items[limit-1].ID, 10)
	}
	for i := range items {
		it, err := DecodeItem(items[i].Body)
		if err != nil {
			return nil, "", fmt.Errorf("item %d: %w", items[i].ID, err)
		}
		if err := json.Unmarshal([]byte(items[i].TagJSON), &items[i].Tags); err != nil {
			return nil, "", fmt.Errorf("tags of item %d: %w", items[i].ID, err)
		}
		html := it.render(actor.Locale)
		items[i].HTML, items[i].Locale = html.text, html.locale
	}
	return items, next, nil
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
