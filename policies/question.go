package policies

import (
	"context"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
)

// Identity asks somebody signed in for the password again.
type Identity interface {
	ConfirmPassword(ctx context.Context, actor people.Actor, password, address string) (people.Confirmation, error)
}

// SetIdentity hands in who checks passwords. Without it nobody can acknowledge a
// version of tier 2.
func (s *Service) SetIdentity(identity Identity) { s.identity = identity }

// The tiers of an acknowledgement.
const (
	Click   = 1 // a dated statement, accepted by somebody signed in
	Stepped = 2 // the password again, and every question about the version right
)

// readQuestions checks tier and questions of a version that is to be published.
func readQuestions(d *checked) error {
	if d.Tier == 0 {
		d.Tier = Click
	}
	var faults errs.Faults
	files := map[i18n.Locale][]byte{}
	for l, text := range trimmed(d.Questions) {
		files[l] = []byte(text)
	}
	if len(files) > 0 {
		list, wrong := formats.ReadQuestions(files)
		for _, f := range wrong {
			faults.Add(errs.Place{Field: "questions", File: f.File, Line: f.Line}, f.Code, f.Args)
		}
		if len(list) > items.MaxAsked {
			faults.Add(errs.Place{Field: "questions"}, "policies.too_many_questions", errs.Args{"max": items.MaxAsked})
		}
		var err error
		if d.questions, err = items.EncodeAll(list); err != nil {
			return err
		}
	}
	switch {
	case d.Tier != Click && d.Tier != Stepped:
		faults.Add(errs.Place{Field: "tier"}, "policies.unknown_tier", nil)
	case d.Tier == Stepped && len(files) == 0:
		faults.Add(errs.Place{Field: "questions"}, "policies.tier_needs_questions", nil)
	}
	return faults.Err("policies.refused")
}
