package quizzes

import (
	"bytes"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// arrival is what came with an import, beside what the bank holds.
type arrival struct {
	items []Item              // as they would be stored
	held  map[string]heldItem // of the bank, by name
	twins map[string][]twin   // of any bank, by fingerprint
}

type heldItem struct {
	ID     int64
	Name   string
	SHA256 []byte `gorm:"column:sha256"`
	Body   []byte
}

// same reports whether the item is there already, byte for byte.
func (h heldItem) same(it Item) bool {
	_, sum, err := it.Digest()
	return err == nil && bytes.Equal(h.SHA256, sum[:])
}

type twin struct {
	ID                      int64
	Name, Bank, Fingerprint string
}

// arrivalTx binds the pictures of the items, joins them with what the bank says in
// other languages, and looks for others that ask the same: two statements however
// many items there are. Invalid as ImportItems.
func (s *Service) arrivalTx(tx *gorm.DB, bank int64, items []Item, find func(file string) (sha string, ok bool)) (arrival, error) {
	in := arrival{held: map[string]heldItem{}, twins: map[string][]twin{}}
	names := make(database.Array[string], len(items))
	for i, it := range items {
		names[i] = it.Name
	}
	var held []heldItem
	err := tx.Raw(`SELECT i.id, i.name, v.sha256, v.body FROM items i JOIN item_versions v ON v.id = i.version_id WHERE i.bank_id = ? AND i.name = ANY (?)`,
		bank, names).Scan(&held).Error
	if err != nil {
		return in, fmt.Errorf("what bank %d holds: %w", bank, err)
	}
	for _, h := range held {
		in.held[h.Name] = h
	}
	wrong := &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults"}
	prints := database.Array[string]{}
	for _, it := range items {
		err := bindTx(tx, it, find)
		if refused := (*errs.Error)(nil); errors.As(err, &refused) {
			wrong.Faults = append(wrong.Faults, refused.Faults...)
			continue
		}
		if h, ok := in.held[it.Name]; ok && err == nil {
			var old Item
			if old, err = DecodeItem(h.Body); err == nil {
				it, err = it.withTranslations(old)
			}
		}
		if err != nil {
			return in, fmt.Errorf("import item %q: %w", it.Name, err)
		}
		in.items, prints = append(in.items, it), append(prints, it.fingerprint())
	}
	if len(wrong.Faults) > 0 {
		wrong.Args = errs.Args{"count": len(wrong.Faults)}
		return in, wrong
	}
	var twins []twin
	err = tx.Raw(`SELECT i.id, i.name, b.code AS bank, i.fingerprint FROM items i JOIN banks b ON b.id = i.bank_id
		WHERE i.fingerprint = ANY (?) AND i.fingerprint <> '' ORDER BY i.id`, prints).Scan(&twins).Error
	if err != nil {
		return in, fmt.Errorf("who asks the same: %w", err)
	}
	for _, t := range twins {
		in.twins[t.Fingerprint] = append(in.twins[t.Fingerprint], t)
	}
	return in, nil
}

// maxTwins is how many duplicates of one item are told.
const maxTwins = 3

// report counts what the import would do. Items of the import itself are among the
// duplicates too.
func (in arrival) report(bank string) (r BankImport) {
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
		print, told := it.fingerprint(), 0
		for _, t := range in.twins[print] {
			if t.ID != h.ID && told < maxTwins {
				r.Duplicates = append(r.Duplicates, Duplicate{Name: it.Name, Other: t.Name, Bank: t.Bank})
				told++
			}
		}
		if other, ok := seen[print]; ok && print != "" && told < maxTwins {
			r.Duplicates = append(r.Duplicates, Duplicate{Name: it.Name, Other: other, Bank: bank})
		}
		seen[print] = it.Name
	}
	return r
}
