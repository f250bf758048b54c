package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// BankImport is what an import of items does to a bank.
type BankImport struct {
	Created    int
	Changed    int // got a new version
	Unchanged  int
	Duplicates []Duplicate
	Changes    []ItemChange // items that the bank holds already, of which there would be a new version
	Standing   string       // tells what the bank holds of the items, for Based
}

// ItemChange is an item of which an import makes a new version.
type ItemChange struct {
	Name    string
	Version int // that the bank holds
	Older   int // the version before whose text this is; 0: none
}

// Based is what the writer of an import was shown of the bank.
type Based struct {
	Standing string // of the report before
	Item     int64  // whose text was opened to be changed; 0: none
	Version  int    // of it that was opened
}

// Duplicate is an item that asks in the same words as another one.
type Duplicate struct {
	Name  string
	Other string // its name
	Bank  string // and its bank
}

// ImportItems puts items into a bank by their names: new ones as drafts, others as new
// versions that are drafts again until somebody has reviewed them. All or nothing. What an
// item says in languages that the import does not have stays, as long as only words
// changed. Duplicates in banks that are open to the actor are reported and not refused. A
// person puts nothing over a version that was not shown. Forbidden without the Author or
// Compliance role; NotFound for a bank that does not exist; Conflict for the bank of a
// course, which its files fill, and when the bank holds other versions than the ones that
// the import is based on; Invalid for an item that shows a picture which neither came
// with it nor is in the bank.
func (s *Service) ImportItems(ctx context.Context, actor people.Actor, code string, items []items.Item, dryRun bool, based Based) (BankImport, error) {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return BankImport{}, err
	}
	var report BankImport
	err = s.db.Try(ctx, dryRun, func(tx database.Tx) error {
		if err := lockOwnBankTx(ctx, tx, bank.ID); err != nil {
			return err
		}
		pictures, err := picturesOfTx(ctx, tx, bank.ID)
		if err != nil {
			return err
		}
		find := func(name string) (string, bool) { sha, ok := pictures[name]; return sha, ok }
		in, err := s.incomingTx(ctx, tx, actor, bank.ID, items, find)
		if err != nil {
			return err
		}
		report = in.report(code)
		if report.Changes, err = in.changesTx(ctx, tx, bank.ID); err != nil {
			return err
		}
		if err := based.refuseTx(ctx, tx, actor, bank.ID, report, dryRun); err != nil {
			return err
		}
		now := s.now()
		for _, it := range in.items {
			if in.held[it.Name].same(it) {
				continue
			}
			if _, err := versionTx(ctx, tx, bank.ID, it, Drafted, now); err != nil {
				return fmt.Errorf("import item %q: %w", it.Name, err)
			}
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.import", Subject: "bank:" + code,
			Data: map[string]any{"created": report.Created, "changed": report.Changed, "unchanged": report.Unchanged}})
	})
	return report, err
}

// refuseTx is Conflict when the bank holds something else than the import is based on.
func (b Based) refuseTx(ctx context.Context, tx database.Tx, actor people.Actor, bank int64, report BankImport, dryRun bool) error {
	if b.Item != 0 {
		version, err := versionHeldTx(ctx, tx, bank, b.Item)
		if err != nil {
			return err
		}
		if version != b.Version {
			return errs.New(errs.Conflict, "quizzes.item_changed", errs.Args{"version": version})
		}
	}
	if !dryRun && actor.By() != nil && report.Changed > 0 && b.Standing != report.Standing {
		return errs.New(errs.Conflict, "quizzes.import_unseen", nil)
	}
	return nil
}

// BankContents are the newest versions of all items of a bank that are not
// retired, with their filing and their pictures: what an export writes. It tells the
// keys, so it is recorded. Forbidden without the Author or Compliance role, and for
// whoever must still sit a quiz that may ask them; NotFound for a bank that does not exist.
func (s *Service) BankContents(ctx context.Context, actor people.Actor, code string) ([]items.Item, error) {
	var all []items.Item
	for after := ""; ; {
		page, next, err := s.BankItems(ctx, actor, BankQuery{Bank: code, After: after, Limit: MaxBankPage})
		if err != nil {
			return nil, err
		}
		for _, b := range page {
			if b.State == Retired {
				continue
			}
			it, err := items.Decode(b.Body)
			if err != nil {
				return nil, fmt.Errorf("item %d: %w", b.ID, err)
			}
			it.Filing = items.Filing{Category: b.Category, Tags: b.Tags, Difficulty: b.Level}
			if it.Attached, err = s.attachments(ctx, it); err != nil {
				return nil, err
			}
			all = append(all, it)
		}
		if after = next; next == "" {
			return all, audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.export_bank", Subject: "bank:" + code,
				Data: map[string]any{"items": len(all)}})
		}
	}
}
