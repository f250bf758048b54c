package server

import (
	"context"
	"fmt"
	"time"

	"anwen/items"
	"anwen/items/formats"
	"anwen/quizzes"
)

type bankedItem struct {
	ID         int64    `json:"id"`
	Name       string   `json:"name"`
	Version    int      `json:"version"`
	Kind       string   `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical,matching,ordering,cloze,drag,essay,description"`
	HTML       string   `json:"html"`
	Locale     string   `json:"locale"`
	Category   string   `json:"category"`
	Tags       []string `json:"tags" nullable:"false"`
	Difficulty *int     `json:"difficulty"`
	State      string   `json:"state" enum:"draft,reviewed,retired"`
	Points     string   `json:"points"`
	Quizzes    int      `json:"quizzes" doc:"Whose newest revision holds it"`
	Duplicates int      `json:"twins" doc:"Items of any bank that ask in the same words"`
}

type bankQuery struct {
	Code       string `path:"code" maxLength:"80"`
	Search     string `query:"q" maxLength:"100"`
	Kind       string `query:"kind" maxLength:"40"`
	Category   string `query:"category" maxLength:"200"`
	Tag        string `query:"tag" maxLength:"80"`
	State      string `query:"state" enum:"draft,reviewed,retired"`
	Difficulty int    `query:"difficulty" minimum:"0" maximum:"5"`
	Twice      bool   `query:"twice" doc:"Only items whose words another item has too"`
	Cursor     string `query:"cursor" maxLength:"2000"`
	Limit      int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) bankItems(ctx context.Context, in *bankQuery) (*body[page[bankedItem]], error) {
	items, next, err := s.quizzes.BankItems(ctx, actorOf(ctx), quizzes.BankQuery{Bank: in.Code, Search: in.Search, Kind: in.Kind, Category: in.Category,
		Tag: in.Tag, State: in.State, Level: in.Difficulty, Twice: in.Twice, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return pageOf(items, next, func(b quizzes.BankedItem) bankedItem {
		v := bankedItem{ID: b.ID, Name: b.Name, Version: b.Version, Kind: string(b.Kind), HTML: b.HTML, Locale: string(b.Locale), Category: b.Category,
			Tags: append([]string{}, b.Tags...), State: string(b.State), Points: b.Points.String(), Quizzes: b.Quizzes, Duplicates: b.Duplicates}
		if b.Level > 0 {
			v.Difficulty = &b.Level
		}
		return v
	}), nil
}

func (s *Server) refile(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"80"`
	Body struct {
		Items      []int64  `json:"items" minItems:"1" maxItems:"2000" nullable:"false"`
		Category   *string  `json:"category,omitempty" maxLength:"200"`
		AddTags    []string `json:"add_tags,omitempty" maxLength:"80" maxItems:"50"`
		RemoveTags []string `json:"remove_tags,omitempty" maxLength:"80" maxItems:"50"`
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

type itemHistory struct {
	Name       string        `json:"name"`
	State      string        `json:"state" enum:"draft,reviewed,retired"`
	Category   string        `json:"category"`
	Duplicates []duplicate   `json:"twins" nullable:"false" doc:"Items that ask in the same words"`
	Source     string        `json:"source" doc:"The newest version in GIFT, in the language below"`
	Locale     string        `json:"locale" enum:"zh-Hans,zh-Hant,en"`
	Versions   []itemEdition `json:"versions" nullable:"false" doc:"The newest first"`
}

type itemEdition struct {
	Number    int       `json:"number"`
	CreatedAt time.Time `json:"created_at"`
	Question  question  `json:"question"`
	Key       AnswerDTO `json:"key" doc:"A response that is wholly right; empty for an essay"`
	Feedback  *string   `json:"feedback_html"`
	Uses      []itemUse `json:"uses" nullable:"false"`
	Asked     int       `json:"asked" doc:"In submitted attempts that count"`
	Right     int       `json:"right"`
	Partly    int       `json:"partly"`
	Share     *float64  `json:"share" doc:"Of the points; null when nobody was asked"`
}

type itemUse struct {
	QuizID int64  `json:"quiz_id"`
	Title  string `json:"title"`
	First  int    `json:"first" doc:"Revision of the quiz"`
	Last   int    `json:"last"`
	Now    bool   `json:"now" doc:"In the newest revision"`
}

func (s *Server) itemHistory(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"80"`
	Item int64  `path:"item"`
}) (*body[itemHistory], error) {
	h, err := s.quizzes.History(ctx, actorOf(ctx), in.Code, in.Item)
	if err != nil {
		return nil, err
	}
	locale := h.Versions[0].Shown.Locale
	source, _, faults := formats.Write([]items.Item{h.Newest}, locale, formats.GIFT)
	if len(faults) > 0 {
		return nil, fmt.Errorf("item %d as GIFT: %v", in.Item, faults)
	}
	return &body[itemHistory]{Body: itemHistory{Source: string(source), Locale: string(locale), Name: h.Name, State: string(h.State), Category: h.Category,
		Duplicates: views(h.Duplicates, func(d quizzes.Duplicate) duplicate { return duplicate(d) }),
		Versions: views(h.Versions, func(e quizzes.ItemVersion) itemEdition {
			return itemEdition{Number: e.Number, CreatedAt: e.CreatedAt, Question: viewQuestion(e.Shown), Key: viewResponse(e.Key), Feedback: optional(e.Feedback),
				Uses:  views(e.Uses, func(u quizzes.ItemUse) itemUse { return itemUse(u) }),
				Asked: e.Asked, Right: e.Right, Partly: e.Partly, Share: e.Share}
		})}}, nil
}
