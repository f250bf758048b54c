package server

import (
	"context"

	"anwen/internal/i18n"
	"anwen/quizzes"
)

type bankView struct {
	Code    string  `json:"code"`
	Name    string  `json:"name"`
	Names   texts   `json:"names" doc:"By language"`
	Edition int     `json:"edition" doc:"Rises with every change of name and owner"`
	Course  *string `json:"course_slug" doc:"Of the course whose quiz files fill it"`
	Items   int     `json:"items"`
	Drafts  int     `json:"drafts"`
	Retired int     `json:"retired"`
	Owner   *owner  `json:"owner" doc:"Null for the bank of a course"`
	Kept    bool    `json:"kept" doc:"I see and change what is in it"`
	MustSit bool    `json:"must_sit" doc:"I would, but must still sit a quiz that may ask what is in it"`
}

func (s *Server) listBanks(ctx context.Context, _ *struct{}) (*body[list[bankView]], error) {
	actor := actorOf(ctx)
	banks, err := s.quizzes.Banks(ctx, actor)
	if err != nil {
		return nil, err
	}
	return listOf(banks, func(b quizzes.Bank) bankView {
		name := b.Names.In(actor.Locale)
		v := bankView{Code: b.Code, Name: name, Names: textsOf(b.Names), Edition: b.Edition, Course: optional(b.Course), Items: b.Items, Drafts: b.Drafts, Retired: b.Retired, Kept: b.Kept, MustSit: b.MustSit}
		if b.OwnerNo != "" {
			v.Owner = &owner{Name: b.Owner, EmployeeNo: b.OwnerNo}
		}
		return v
	}), nil
}

func (s *Server) openBank(ctx context.Context, in *struct {
	Body struct {
		Code  string `json:"code" maxLength:"60"`
		Names titles `json:"names" doc:"By language"`
	}
}) (*struct{}, error) {
	return nil, s.quizzes.OpenBank(ctx, actorOf(ctx), in.Body.Code, texts(in.Body.Names).byLocale())
}

type owner struct {
	Name       string `json:"name"`
	EmployeeNo string `json:"employee_no"`
}

// changedNames are the names to change: nil stays, an empty one goes.
type changedNames struct {
	Hans    *string `json:"zh-Hans,omitempty" maxLength:"200"`
	Hant    *string `json:"zh-Hant,omitempty" maxLength:"200"`
	English *string `json:"en,omitempty" maxLength:"200"`
}

func (c changedNames) byLocale() i18n.Texts {
	m := i18n.Texts{}
	for l, name := range map[i18n.Locale]*string{i18n.Hans: c.Hans, i18n.Hant: c.Hant, i18n.English: c.English} {
		if name != nil {
			m[l] = *name
		}
	}
	return m
}

// changeBank gives a bank another name or owner.
func (s *Server) changeBank(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"80"`
	Body struct {
		Edition int          `json:"edition" minimum:"1" maximum:"1000000" doc:"That was shown"`
		Names   changedNames `json:"names,omitempty" doc:"By language; one that is left out stays, an empty one goes"`
		Owner   string       `json:"owner,omitempty" maxLength:"80" doc:"Employee number; left out the owner stays"`
	}
}) (*struct{}, error) {
	return nil, s.quizzes.ChangeBank(ctx, actorOf(ctx), in.Code, in.Body.Edition, in.Body.Names.byLocale(), in.Body.Owner)
}
