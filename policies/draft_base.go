package policies

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// A draft is written against one version, its base, and becomes the version right
// after it. When another version comes meanwhile, the draft is neither submitted nor
// approved nor published until one of its writers has seen what came and takes the
// newest version as its base.

// newerVersion is the refusal of what was decided about an older version.
func newerVersion(number int) error {
	return errs.New(errs.Conflict, "policies.newer_version", errs.Args{"number": number})
}

// baseOfNewTx is the base of a new draft: the one that its writer names, or the newest
// version. Invalid for a version that there is not, and for none where there is one.
func baseOfNewTx(ctx context.Context, tx database.Tx, in SaveInput) (int, error) {
	newest, err := newestNumber(ctx, tx, in.Code)
	if err != nil || in.Base == nil {
		return newest, err
	}
	var faults errs.Faults
	if *in.Base == 0 && newest > 0 {
		faults.Add(errs.Place{Field: "base"}, "policies.base_missing", errs.Args{"code": in.Code, "number": newest})
	} else if *in.Base < 0 || *in.Base > newest {
		faults.Add(errs.Place{Field: "base"}, "policies.base_unknown", errs.Args{"number": *in.Base})
	}
	return *in.Base, faults.Err("policies.refused")
}

// TakeBase makes the newest version the base of an open draft, which keeps its words
// and has to be approved again. It is an edition like any other: whoever takes the base
// answers for what the draft says against it, and a decision about the edition before
// is void. Forbidden as SaveDraft; NotFound for an unknown draft; Conflict when the
// draft changed or is closed, when the number is not that of the newest version, and
// when it is the base already.
func (s *Service) TakeBase(ctx context.Context, actor people.Actor, id int64, edition, number int) (Draft, error) {
	return s.step(ctx, actor, draftStep{verb: "base", roles: writers, from: openDraft}, id, edition,
		func(tx database.Tx, d storedDraft, row *draftRow) error {
			newest, err := lockNewestTx(ctx, tx, d.Code)
			switch {
			case err != nil:
				return err
			case newest.Number != number:
				return newerVersion(newest.Number)
			case newest.Number == d.Base:
				return errs.New(errs.Conflict, "policies.base_taken", errs.Args{"number": number})
			}
			row.backTo(Writing)
			row.Base, row.Edition = number, d.Edition+1
			return insertDraftEditionTx(ctx, tx, draftEditionRow{DraftID: id, Edition: row.Edition, EditorID: actor.PersonID, Content: d.Content, SavedAt: row.UpdatedAt})
		})
}

// SinceBase compares the base of a draft with the newest version of its policy: what
// came while it was being written. Forbidden and NotFound as Draft; Conflict when
// nothing came and when the two share no language.
func (s *Service) SinceBase(ctx context.Context, actor people.Actor, id int64, l i18n.Locale) (Difference, error) {
	draft, err := s.Draft(ctx, actor, id)
	if err != nil {
		return Difference{}, err
	}
	if draft.Newest == draft.Base {
		return Difference{}, errs.New(errs.Conflict, "policies.base_taken", errs.Args{"number": draft.Base})
	}
	older, err := textsOrNone(ctx, s.db, draft.Code, draft.Base)
	if err != nil {
		return Difference{}, err
	}
	newer, err := textsOf(ctx, s.db, draft.Code, draft.Newest)
	if err != nil {
		return Difference{}, err
	}
	d, err := differ(ctx, older, newer, l)
	d.Code, d.From, d.To, d.Title = draft.Code, draft.Base, draft.Newest, draft.Content.Titles.In(l)
	return d, err
}
