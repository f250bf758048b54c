package quizzes

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"strings"

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
	Retired  ItemState = "retired"  // no longer asked; papers that hold it stay
)

// Bank holds items. The bank of a course holds the items of its quiz files.
type Bank struct {
	ID      int64
	Code    string
	Names   i18n.Texts
	Edition int    // rises with every change of names and owner
	Course  string // slug, "" for a bank of its own
	Items   int
	Drafts  int
	Retired int
	Owner   string // name, "" for the bank of a course
	OwnerNo string // employee number
	MustSit bool   // the actor must still sit a quiz that may ask what is in it
	Kept    bool   `gorm:"-"` // by the actor, who sees and changes what is in it
}

var bankCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$`)

// bankKeepers are the roles that may fill and change banks.
var bankKeepers = []people.Role{people.Author, people.Compliance}

// Banks lists the banks with their numbers of items. Forbidden without the Author
// or Compliance role.
func (s *Service) Banks(ctx context.Context, actor people.Actor) ([]Bank, error) {
	reach := actor.Over(bankKeepers...)
	if err := reach.Require(); err != nil {
		return nil, err
	}
	rows, err := listBanks(ctx, s.db, actor.PersonID)
	if err != nil {
		return nil, fmt.Errorf("list banks: %w", err)
	}
	whole, err := reach.MayChange(ctx, s.db, "")
	banks := make([]Bank, len(rows))
	for i, r := range rows {
		banks[i] = r.Bank
		keeps := r.keptBy(actor, whole)
		banks[i].Kept, banks[i].MustSit = keeps && !r.MustSit, keeps && r.MustSit
	}
	return banks, err
}

// keptBy reports whether the actor may keep the bank; whole, whether that is so of those
// that are the institution's.
func (b ownedBank) keptBy(actor people.Actor, whole bool) bool {
	return whole || b.OwnerID != 0 && (b.OwnerID == actor.PersonID || actor.Over(bankKeepers...).Covers(b.OwnerPath))
}

// openBanks are the banks whose items the actor may see.
func openBanks(ctx context.Context, conn database.Conn, actor people.Actor) (ids database.Array[int64], err error) {
	whole, err := actor.Over(bankKeepers...).MayChange(ctx, conn, "")
	if err != nil {
		return nil, err
	}
	banks, err := standsOfBanks(ctx, conn, actor.PersonID)
	for _, b := range banks {
		if b.keptBy(actor, whole) && !b.MustSit {
			ids = append(ids, b.ID)
		}
	}
	return ids, err
}

// OpenBank makes a bank that the actor owns. Forbidden without the Author or
// Compliance role; Invalid for a malformed code or without a name; Conflict for a
// code that is taken.
func (s *Service) OpenBank(ctx context.Context, actor people.Actor, code string, names i18n.Texts) error {
	if err := actor.Over(bankKeepers...).Require(); err != nil {
		return err
	}
	names, ok := namesOver(nil, names)
	if !ok || !bankCode.MatchString(code) {
		return errs.New(errs.Invalid, "quizzes.bad_bank", nil)
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		if err := insertBankTx(ctx, tx, bankRow{Code: code, Names: names, OwnerID: actor.By(), CreatedAt: now}); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.open_bank", Subject: "bank:" + code})
	})
}

// ChangeBank gives a bank other names or another owner. A language that names leaves out
// keeps its name, an empty name goes, and an empty owner stays. edition is the one that
// the actor was shown; what is as it was makes no other edition. Invalid for a language that there is not, and when no name is
// left. Forbidden as every change of a bank: without the Author or Compliance role, and
// when the bank is another unit's. NotFound for a bank that does not exist and for a
// person who does not within reach, or who may not keep banks; Conflict for the bank of a
// course, which has the course's name and authors, and when somebody else changed it
// since.
func (s *Service) ChangeBank(ctx context.Context, actor people.Actor, code string, edition int, names i18n.Texts, ownerNo string) error {
	bank, err := s.keptBank(ctx, actor, code)
	if err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		var owner *int64
		if ownerNo != "" {
			keeper, err := bankKeeper(ctx, tx, actor.Over(bankKeepers...), ownerNo)
			if err != nil {
				return err
			}
			owner = &keeper
		}
		if bank.CourseID != nil {
			return errs.New(errs.Conflict, "quizzes.bank_of_course", nil)
		}
		named := bank.Names
		if len(names) > 0 {
			var ok bool
			if named, ok = namesOver(bank.Names, names); !ok {
				return errs.New(errs.Invalid, "quizzes.bad_bank", nil)
			}
		}
		if bank.Edition == edition && maps.Equal(named, bank.Names) && (owner == nil || bank.OwnerID != nil && *owner == *bank.OwnerID) {
			return nil
		}
		changed, err := updateBankTx(ctx, tx, bank.ID, edition, owner, named)
		if err != nil {
			return fmt.Errorf("change bank %s: %w", code, err)
		}
		if !changed {
			return errs.New(errs.Conflict, "quizzes.bank_changed", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.change_bank", Subject: "bank:" + code,
			Data: map[string]any{"owner": ownerNo, "names": names}})
	})
}

// namesOver are the names of a bank, those in other languages kept; not ok for a language
// that there is not, and when no name is left. It is pure.
func namesOver(held, names i18n.Texts) (all i18n.Texts, ok bool) {
	all = maps.Clone(held)
	if all == nil {
		all = i18n.Texts{}
	}
	for l, name := range names {
		if !i18n.Valid(string(l)) {
			return nil, false
		}
		if all[l] = strings.TrimSpace(name); all[l] == "" {
			delete(all, l)
		}
	}
	return all, len(all) > 0
}

// bank is the bank with the code, for those who may see and change what is in it: who
// keeps it and need not sit a quiz that may ask it. Forbidden to others; NotFound when
// there is no such bank.
func (s *Service) bank(ctx context.Context, actor people.Actor, code string) (bankRow, error) {
	bank, err := s.keptBank(ctx, actor, code)
	if err == nil {
		err = refuseWhoMustSitFrom(ctx, s.db, bank.ID, actor)
	}
	return bank, err
}

// keptBank is the bank with the code, for those who may keep it: its owner, and who
// holds the Author or Compliance role over the owner's unit, or over the root when
// nobody owns it, as the bank of a course. Forbidden to others, who may be asked what is
// in it; NotFound when there is no such bank.
func (s *Service) keptBank(ctx context.Context, actor people.Actor, code string) (bankRow, error) {
	if err := actor.Over(bankKeepers...).Require(); err != nil {
		return bankRow{}, err
	}
	bank, found, err := findBank(ctx, s.db, code)
	if err == nil && !found {
		err = errs.New(errs.NotFound, "quizzes.unknown_bank", errs.Args{"bank": code})
	}
	if err != nil {
		return bankRow{}, err
	}
	return bank, bank.keptBy(ctx, s.db, actor)
}

// keptBy is Forbidden unless the actor may keep the bank.
func (b bankRow) keptBy(ctx context.Context, conn database.Conn, actor people.Actor) error {
	reach := actor.Over(bankKeepers...)
	switch {
	case b.OwnerID == nil:
		return reach.Root(ctx, conn)
	case *b.OwnerID == actor.PersonID:
		return reach.Require()
	}
	_, err := reach.PersonByID(ctx, conn, *b.OwnerID)
	if errs.KindOf(err) == errs.NotFound {
		return errs.New(errs.Forbidden, "people.other_unit", nil)
	}
	return err
}

// bankKeeper is who has the employee number, among those within reach who may keep
// banks. NotFound when that is nobody.
func bankKeeper(ctx context.Context, conn database.Conn, reach people.Reach, employeeNo string) (id int64, err error) {
	keeper, found, err := people.HolderByNumber(ctx, conn, employeeNo, bankKeepers...)
	if err != nil {
		return 0, err
	}
	if !found || !reach.Covers(keeper.UnitPath) {
		return 0, errs.New(errs.NotFound, "quizzes.no_keeper", errs.Args{"number": employeeNo})
	}
	return keeper.ID, nil
}
