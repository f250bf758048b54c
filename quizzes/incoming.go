package quizzes

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// incoming are the items of an import with what is stored already.
type incoming struct {
	items      []items.Item              // as they would be stored
	held       map[string]heldItem       // of the bank, by name
	duplicates map[string][]duplicateRow // of banks that are open to the actor, by fingerprint
}

// same reports whether the item is there already, byte for byte.
func (h heldItem) same(it items.Item) bool {
	_, sum, err := it.Digest()
	return err == nil && bytes.Equal(h.SHA256, sum[:])
}

// incomingTx binds the pictures of the items, adds what the bank has of them in other
// languages, and looks for duplicates: apart from pictures two statements, however
// many items there are. Invalid as ImportItems.
func (s *Service) incomingTx(ctx context.Context, tx database.Tx, actor people.Actor, bank int64, list []items.Item, find func(file string) (sha string, ok bool)) (incoming, error) {
	in := incoming{held: map[string]heldItem{}, duplicates: map[string][]duplicateRow{}}
	names := make(database.Array[string], len(list))
	for i, it := range list {
		names[i] = it.Name
	}
	held, err := heldItems(ctx, tx, bank, names)
	if err != nil {
		return in, fmt.Errorf("what bank %d holds: %w", bank, err)
	}
	for _, h := range held {
		in.held[h.Name] = h
	}
	wrong := &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults"}
	prints := database.Array[string]{}
	for _, it := range list {
		err := bindTx(ctx, tx, it, find)
		if refused := (*errs.Error)(nil); errors.As(err, &refused) {
			wrong.Faults = append(wrong.Faults, refused.Faults...)
			continue
		}
		if h, ok := in.held[it.Name]; ok && err == nil {
			var old items.Item
			if old, err = items.Decode(h.Body); err == nil {
				it, err = it.WithTranslations(old)
			}
		}
		if err != nil {
			return in, fmt.Errorf("import item %q: %w", it.Name, err)
		}
		in.items, prints = append(in.items, it), append(prints, it.Fingerprint())
	}
	if len(wrong.Faults) > 0 {
		wrong.Args = errs.Args{"count": len(wrong.Faults)}
		return in, wrong
	}
	open, err := openBanks(ctx, tx, actor)
	if err != nil {
		return in, err
	}
	same, err := duplicatesOf(ctx, tx, open, prints)
	if err != nil {
		return in, fmt.Errorf("items that ask the same: %w", err)
	}
	for _, t := range same {
		in.duplicates[t.Fingerprint] = append(in.duplicates[t.Fingerprint], t)
	}
	return in, nil
}

// maxDuplicates is how many duplicates of one item are reported.
const maxDuplicates = 3

// report counts what the import would do. Items of the import itself are among the
// duplicates too.
func (in incoming) report(bank string) (r BankImport) {
	seen := map[string]string{} // fingerprint → name
	for _, it := range in.items {
		h, there := in.held[it.Name]
		switch {
		case h.same(it):
			r.Unchanged++
			continue
		case there:
			r.Changed++
		default:
			r.Created++
		}
		print, reported := it.Fingerprint(), 0
		for _, t := range in.duplicates[print] {
			if t.ID != h.ID && reported < maxDuplicates {
				r.Duplicates = append(r.Duplicates, Duplicate{Name: it.Name, Other: t.Name, Bank: t.Bank})
				reported++
			}
		}
		if other, ok := seen[print]; ok && print != "" && reported < maxDuplicates {
			r.Duplicates = append(r.Duplicates, Duplicate{Name: it.Name, Other: other, Bank: bank})
		}
		seen[print] = it.Name
	}
	r.Standing = in.standing()
	return r
}

// standing tells which version of each item the bank holds.
func (in incoming) standing() string {
	h := sha256.New()
	for _, it := range in.items {
		fmt.Fprintf(h, "%d %s\n", in.held[it.Name].Version, it.Name)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// changesTx are the items that would get a new version, and whose text is that of an
// older one.
func (in incoming) changesTx(ctx context.Context, tx database.Tx, bank int64) ([]ItemChange, error) {
	var changes []ItemChange
	sums := map[string][]byte{}
	names := database.Array[string]{}
	for _, it := range in.items {
		h, there := in.held[it.Name]
		if !there || h.same(it) {
			continue
		}
		_, sum, err := it.Digest()
		if err != nil {
			return nil, err
		}
		changes = append(changes, ItemChange{Name: it.Name, Version: h.Version})
		sums[it.Name], names = sum[:], append(names, it.Name)
	}
	if len(changes) == 0 {
		return nil, nil
	}
	older, err := versionsBefore(ctx, tx, bank, names)
	if err != nil {
		return nil, fmt.Errorf("older versions of what bank %d holds: %w", bank, err)
	}
	before := map[string]int{}
	for _, v := range older {
		if bytes.Equal(v.SHA256, sums[v.Name]) {
			before[v.Name] = v.Version
		}
	}
	for i, c := range changes {
		changes[i].Older = before[c.Name]
	}
	return changes, nil
}
