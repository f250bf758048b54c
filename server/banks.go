package server

import (
	"context"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/quizzes"
	"anwen/quizzes/formats"
)

type bankView struct {
	Code    string  `json:"code"`
	Name    string  `json:"name"`
	Course  *string `json:"course_slug" doc:"Of the course whose quiz files fill it"`
	Items   int     `json:"items"`
	Drafts  int     `json:"drafts"`
	Retired int     `json:"retired"`
}

func (s *Server) listBanks(ctx context.Context, _ *struct{}) (*body[list[bankView]], error) {
	actor := actorOf(ctx)
	banks, err := s.quizzes.Banks(ctx, actor)
	if err != nil {
		return nil, err
	}
	return listOf(banks, func(b quizzes.Bank) bankView {
		name, _ := i18n.Pick(b.Names, actor.Locale)
		return bankView{Code: b.Code, Name: name, Course: optional(b.Course), Items: b.Items, Drafts: b.Drafts, Retired: b.Retired}
	}), nil
}

func (s *Server) openBank(ctx context.Context, in *struct {
	Body struct {
		Code  string                 `json:"code" maxLength:"60"`
		Names map[i18n.Locale]string `json:"names" doc:"By language" nullable:"false"`
	}
}) (*struct{}, error) {
	return nil, s.quizzes.OpenBank(ctx, actorOf(ctx), in.Body.Code, in.Body.Names)
}

type bankedItem struct {
	ID         int64    `json:"id"`
	Name       string   `json:"name"`
	Version    int      `json:"version"`
	Kind       string   `json:"kind"`
	HTML       string   `json:"html"`
	Locale     string   `json:"locale"`
	Category   string   `json:"category"`
	Tags       []string `json:"tags" nullable:"false"`
	Difficulty *int     `json:"difficulty"`
	State      string   `json:"state" enum:"draft,reviewed,retired"`
	Points     string   `json:"points"`
	Quizzes    int      `json:"quizzes" doc:"Whose newest revision holds it"`
}

type bankQuery struct {
	Code       string `path:"code" maxLength:"80"`
	Search     string `query:"q" maxLength:"100"`
	Kind       string `query:"kind" maxLength:"40"`
	Category   string `query:"category" maxLength:"200"`
	Tag        string `query:"tag" maxLength:"80"`
	State      string `query:"state" enum:"draft,reviewed,retired"`
	Difficulty int    `query:"difficulty" minimum:"0" maximum:"5"`
	After      int64  `query:"after" minimum:"0" doc:"The last item of the page before"`
	Limit      int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type bankPage struct {
	Items []bankedItem `json:"items" nullable:"false"`
	More  bool         `json:"more"`
}

func (s *Server) bankItems(ctx context.Context, in *bankQuery) (*body[bankPage], error) {
	items, more, err := s.quizzes.BankItems(ctx, actorOf(ctx), quizzes.BankQuery{Bank: in.Code, Search: in.Search, Kind: in.Kind, Category: in.Category,
		Tag: in.Tag, State: in.State, Level: in.Difficulty, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &body[bankPage]{Body: bankPage{More: more, Items: views(items, func(b quizzes.BankedItem) bankedItem {
		v := bankedItem{ID: b.ID, Name: b.Name, Version: b.Version, Kind: string(b.Kind), HTML: b.HTML, Locale: string(b.Locale), Category: b.Category,
			Tags: append([]string{}, b.Tags...), State: string(b.State), Points: b.Points.String(), Quizzes: b.Quizzes}
		if b.Level > 0 {
			v.Difficulty = &b.Level
		}
		return v
	})}}, nil
}

func (s *Server) refile(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"80"`
	Body struct {
		Items      []int64  `json:"items" minItems:"1" maxItems:"2000" nullable:"false"`
		Category   *string  `json:"category,omitempty" maxLength:"200"`
		AddTags    []string `json:"add_tags,omitempty" maxItems:"50"`
		RemoveTags []string `json:"remove_tags,omitempty" maxItems:"50"`
		Difficulty *int     `json:"difficulty,omitempty" minimum:"0" maximum:"5" doc:"0 takes it away"`
		State      *string  `json:"state,omitempty" enum:"draft,reviewed,retired"`
	}
}) (*struct{}, error) {
	change := quizzes.Refiling{Category: in.Body.Category, AddTags: in.Body.AddTags, RemoveTags: in.Body.RemoveTags, Level: in.Body.Difficulty}
	if in.Body.State != nil {
		state := quizzes.ItemState(*in.Body.State)
		change.State = &state
	}
	return nil, s.quizzes.Refile(ctx, actorOf(ctx), in.Code, in.Body.Items, change)
}

type bankText struct {
	Code string `path:"code" maxLength:"80"`
	Body struct {
		Text   string `json:"text" maxLength:"2000000"`
		Format string `json:"format,omitempty" enum:"gift,moodle,qti,aiken,text" doc:"Told from the text without it"`
		Locale string `json:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the text"`
		DryRun bool   `json:"dry_run" doc:"Only show what would be read"`
	}
}

type bankImported struct {
	Questions  []readQuestion `json:"questions" nullable:"false"`
	Created    int            `json:"created"`
	Changed    int            `json:"changed"`
	Unchanged  int            `json:"unchanged"`
	Duplicates []duplicate    `json:"duplicates" nullable:"false"`
	Faults     []textFault    `json:"faults" doc:"While there are any nothing is written" nullable:"false"`
	DryRun     bool           `json:"dry_run"`
}

type readQuestion struct {
	Line    int      `json:"line"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	HTML    string   `json:"html"`
	Dropped []string `json:"dropped" nullable:"false" doc:"What the text says and no question can hold"`
}

type duplicate struct {
	Name  string `json:"name"`
	Other string `json:"other"`
	Bank  string `json:"bank"`
}

type textFault struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// importText reads questions out of a text, so that it can be corrected until it
// has no fault, and then puts them into the bank.
func (s *Server) importText(ctx context.Context, in *bankText) (*body[bankImported], error) {
	actor := actorOf(ctx)
	questions, faults := formats.Read("", []byte(in.Body.Text), formats.Format(in.Body.Format))
	v := bankImported{DryRun: in.Body.DryRun, Questions: []readQuestion{}, Duplicates: []duplicate{}, Faults: []textFault{}}
	for _, q := range questions {
		if q.Kind != formats.Category {
			v.Questions = append(v.Questions, readQuestion{q.At.Line, q.Name, string(q.Kind), q.Text.HTML(), append([]string{}, q.Dropped...)})
		}
	}
	var items []quizzes.Item
	if len(faults) == 0 {
		items, faults = formats.JoinLanguages(map[i18n.Locale][]formats.Question{i18n.Locale(in.Body.Locale): questions})
	}
	for _, f := range faults {
		v.Faults = append(v.Faults, textFault{f.Line, i18n.Text(actor.Locale, f.Code, f.Args)})
	}
	dry := in.Body.DryRun || len(faults) > 0
	report, err := s.quizzes.ImportItems(ctx, actor, in.Code, items, dry)
	if err != nil {
		return nil, err
	}
	v.DryRun, v.Created, v.Changed, v.Unchanged = dry, report.Created, report.Changed, report.Unchanged
	v.Duplicates = views(report.Duplicates, func(d quizzes.Duplicate) duplicate { return duplicate(d) })
	return &body[bankImported]{Body: v}, nil
}

type bankExport struct {
	Code   string `path:"code" maxLength:"80"`
	Format string `query:"format" enum:"gift,moodle,aiken,sheet" default:"gift"`
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" default:"zh-Hans"`
}

// exportBank writes a bank as a file of the format; what the format cannot hold is
// refused by name.
func (s *Server) exportBank(ctx context.Context, in *bankExport) (*huma.StreamResponse, error) {
	items, err := s.quizzes.BankContents(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	file, extension, faults := formats.Write(items, i18n.Locale(in.Locale), formats.Format(in.Format))
	if len(faults) > 0 {
		return nil, &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(in.Code+"."+in.Locale+extension))
		out.SetHeader("Cache-Control", "no-store")
		out.BodyWriter().Write(file) // a broken connection is the reader's
	}}, nil
}
