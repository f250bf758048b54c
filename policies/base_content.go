package policies

import (
	"context"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
)

// BaseContent is what the version after a published one begins with: all that the
// published one says, in every language.
type BaseContent struct {
	Content
	Withheld int // questions that are not there: the actor must still answer them
}

// BaseContent returns what a version says, for a draft that is written against it. Its
// notes say what changed then, and are left out; so are its questions, which tell the
// key, for whoever must still answer those of any version of the policy. Forbidden without the role
// Author or Compliance; NotFound for an unknown version.
func (s *Service) BaseContent(ctx context.Context, actor people.Actor, code string, number int) (BaseContent, error) {
	if err := actor.Over(writers...).Require(); err != nil {
		return BaseContent{}, err
	}
	policy, err := s.Policy(ctx, actor, code)
	if err != nil {
		return BaseContent{}, err
	}
	found, err := findVersion(ctx, s.db, code, number)
	if err != nil {
		return BaseContent{}, err
	}
	base := BaseContent{Content: Content{Titles: found.Titles, Issuer: policy.Issuer, Category: policy.Category, Owner: policy.Owner, AppliesTo: policy.AppliesTo, Tier: found.Tier}}
	if base.Texts, err = textsOf(ctx, s.db, code, number); err != nil {
		return BaseContent{}, err
	}
	questions, err := questionsOf(ctx, s.db, found.ID)
	if err != nil || len(questions) == 0 {
		return base, err
	}
	must, err := mustAnswerAny(ctx, s.db, code, actor.PersonID)
	if err != nil || must {
		base.Withheld = len(questions)
		return base, err
	}
	base.Questions, err = asGIFT(questions)
	return base, err
}

// asGIFT writes stored questions as they are written in a draft, in each language that
// all of them have.
func asGIFT(questions [][]byte) (Texts, error) {
	list := make([]items.Item, len(questions))
	for i, raw := range questions {
		var err error
		if list[i], err = items.Decode(raw); err != nil {
			return nil, fmt.Errorf("question %d: %w", i+1, err)
		}
	}
	written := Texts{}
	for _, l := range i18n.Locales {
		all := true
		for _, it := range list {
			all = all && !it.Text[l].Empty()
		}
		if all {
			file, _, _ := formats.Write(list, l, formats.GIFT) // which holds whatever a question can be
			written[l] = string(file)
		}
	}
	return written, nil
}

// CompareText compares a text that is being written, and is stored nowhere, with a
// published version in the same language; without one everything is new. Forbidden
// without the role Author or Compliance; NotFound for an unknown version; Conflict for an
// empty text, and for one that is too long to be compared.
func (s *Service) CompareText(ctx context.Context, actor people.Actor, code string, number int, l i18n.Locale, text string) (Difference, error) {
	if err := actor.Over(writers...).Require(); err != nil {
		return Difference{}, err
	}
	older, err := textsOf(ctx, s.db, code, number)
	if err != nil {
		return Difference{}, err
	}
	from := number
	if older[l] == "" {
		older, from = Texts{}, 0
	}
	if text = canonical(text); text == "" {
		return Difference{}, errs.New(errs.Conflict, "policies.no_common_language", nil)
	}
	d, err := differ(ctx, older, Texts{l: text}, l)
	d.Code, d.From = code, from
	return d, err
}
