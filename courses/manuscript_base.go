package courses

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// A manuscript becomes the revision right after its base. When another revision comes
// meanwhile, it is not published until one of its writers has seen what came and takes
// the newest revision as its base: files that only that revision changed are taken from
// it, and files that the manuscript changed stay as they were written.

// Overtaking is what a newer revision changed while a manuscript was being written.
type Overtaking struct {
	Newest int      // number of the newest revision; the manuscript's base when there is none since
	Theirs []string // files that only it changed, added or removed: taken when it becomes the base
	Both   []string // files that the manuscript changed too, otherwise: they stay as they are written
}

// sums are the hashes of files by their names; nil of a file that was removed.
type sums map[string][]byte

// overtaking compares the files of the base, of the newest revision and of the
// manuscript. It is pure.
func overtaking(base, newest, written sums) (o Overtaking) {
	names := map[string]bool{}
	for _, files := range []sums{base, newest} {
		for name := range files {
			names[name] = true
		}
	}
	for name := range names {
		switch there := newest[name]; {
		case bytes.Equal(base[name], there), bytes.Equal(written[name], there):
		case bytes.Equal(written[name], base[name]):
			o.Theirs = append(o.Theirs, name)
		default:
			o.Both = append(o.Both, name)
		}
	}
	slices.Sort(o.Theirs)
	slices.Sort(o.Both)
	return o
}

// overtakingOf is what came since the base of an open manuscript.
func overtakingOf(ctx context.Context, conn database.Conn, id int64, slug string, base int) (o Overtaking, newest sums, err error) {
	current, err := currentRevision(ctx, conn, slug)
	if err != nil || current.Number == base {
		return Overtaking{Newest: base}, nil, err
	}
	old, err := revisionSums(ctx, conn, slug, base)
	if err != nil {
		return Overtaking{}, nil, err
	}
	if newest, err = revisionSums(ctx, conn, slug, current.Number); err != nil {
		return Overtaking{}, nil, err
	}
	written, err := manuscriptSums(ctx, conn, id)
	o = overtaking(old, newest, written)
	o.Newest = current.Number
	return o, newest, err
}

// TakeBase makes the newest revision the base of an open manuscript: what only that
// revision changed is taken from it, and what was written stays. Forbidden and NotFound
// as Manuscript; Conflict when the number is not that of the newest revision, or is the
// base already.
func (s *Service) TakeBase(ctx context.Context, actor people.Actor, slug string, number int) (Manuscript, error) {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return Manuscript{}, err
	}
	now := s.now()
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := lockManuscriptTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		m, err := ownerOfManuscript(ctx, tx, slug)
		if err != nil {
			return err
		}
		o, newest, err := overtakingOf(ctx, tx, id, slug, m.Base)
		switch {
		case err != nil:
			return err
		case o.Newest != number:
			return errs.New(errs.Conflict, "courses.revised_meanwhile", errs.Args{"base": m.Base, "revision": o.Newest})
		case o.Newest == m.Base:
			return errs.New(errs.Conflict, "courses.base_taken", errs.Args{"revision": number})
		}
		last, err := lastEditionsTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		for _, name := range o.Theirs {
			row := editionRow{ManuscriptID: id, Name: name, Edition: last[name] + 1, SHA256: newest[name], EditorID: actor.By(), SavedAt: now}
			if err := insertEditionRowTx(ctx, tx, row); err != nil {
				return fmt.Errorf("take %s from revision %d of %s: %w", name, number, slug, err)
			}
		}
		if err := updateBaseTx(ctx, tx, id, number); err != nil {
			return fmt.Errorf("base of the manuscript of %s: %w", slug, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.take_base", Subject: "course:" + slug,
			Data: map[string]any{"base": number, "taken": o.Theirs, "kept": o.Both}})
	})
	if err != nil {
		return Manuscript{}, err
	}
	return s.Manuscript(ctx, actor, slug)
}
