package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"

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
	Names    i18n.Texts
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
func (s *Service) OpenBank(ctx context.Context, actor people.Actor, code string, names i18n.Texts) error {
	if err := mayBank(actor); err != nil {
		return err
	}
	if name := names.In(actor.Locale); !bankCode.MatchString(code) || name == "" {
		return errs.New(errs.Invalid, "quizzes.bad_bank", nil)
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
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
func (s *Service) ChangeBank(ctx context.Context, actor people.Actor, code string, names i18n.Texts, ownerNo string) error {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
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
