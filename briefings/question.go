package briefings

import (
	"context"
	"slices"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
)

// readQuestions reads what a briefing asks. Every question must link to a clause
// that one of the cited versions changed: a briefing asks about nothing else.
func (s *Service) readQuestions(ctx context.Context, in Input, faults *errs.Faults) ([][]byte, error) {
	files := map[i18n.Locale][]byte{}
	for l, text := range in.Questions {
		if text != "" {
			files[l] = []byte(text)
		}
	}
	if len(files) == 0 {
		return nil, nil
	}
	at := errs.Place{Field: "body.questions"}
	list, wrong := formats.ReadQuestions(files)
	for _, f := range wrong {
		faults.Add(errs.Place{Field: at.Field, File: f.File, Line: f.Line}, f.Code, f.Args)
	}
	if len(list) > items.MaxAsked {
		faults.Add(at, "briefings.too_many_questions", errs.Args{"max": items.MaxAsked})
	}
	if len(wrong) > 0 {
		return nil, nil
	}
	for _, it := range list {
		changed, err := s.asksAboutChange(ctx, it, in.Policies)
		if err != nil {
			return nil, err
		}
		if !changed {
			faults.Add(at, "briefings.question_without_change", errs.Args{"name": errs.Clip(it.Name)})
		}
	}
	return items.EncodeAll(list)
}

// asksAboutChange reports whether the question links to a clause that one of the
// cited versions changed.
func (s *Service) asksAboutChange(ctx context.Context, it items.Item, cited []PolicyRef) (bool, error) {
	for _, c := range it.Citations() {
		i := slices.IndexFunc(cited, func(p PolicyRef) bool { return p.Code == c.Policy })
		if i < 0 || c.Clause == "" {
			continue
		}
		changed, err := s.policies.ChangesClause(ctx, c.Policy, cited[i].Number, c.Clause, c.Locale)
		if err != nil || changed {
			return changed, err
		}
	}
	return false, nil
}
