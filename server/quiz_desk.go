package server

import (
	"context"
	"time"

	"anwen/items/analysis"
	"anwen/quizzes"
)

type quizLine struct {
	ID       int64      `json:"id"`
	Course   courseRef  `json:"course"`
	Items    int        `json:"items"`
	PassMark int        `json:"pass_mark"`
	Attempts int        `json:"attempts" doc:"Submitted"`
	People   int        `json:"people"`
	Passed   int        `json:"passed" doc:"People"`
	Waiting  int        `json:"waiting" doc:"Attempts with an essay that waits to be marked"`
	LastAt   *time.Time `json:"last_at"`
}

func (s *Server) listQuizzes(ctx context.Context, _ *struct{}) (*body[list[quizLine]], error) {
	actor := actorOf(ctx)
	found, err := s.quizzes.Overviews(ctx, actor)
	if err != nil {
		return nil, err
	}
	return listOf(found, func(o quizzes.Overview) quizLine {
		title := o.Titles.In(actor.Locale)
		return quizLine{ID: o.QuizID, Course: courseRef{o.Slug, title}, Items: o.Items, PassMark: o.PassMark, Attempts: o.Attempts,
			People: o.People, Passed: o.Passed, Waiting: o.Waiting, LastAt: o.LastAt}
	}), nil
}

type quizInsight struct {
	Attempts    int               `json:"attempts"`
	Reliability reliability       `json:"reliability"`
	Items       []itemInsightView `json:"items" nullable:"false"`
}

type reliability struct {
	Items    int      `json:"items" doc:"That everybody was asked"`
	Left     int      `json:"left" doc:"Items that not everybody was asked; the coefficient says nothing about them"`
	Attempts int      `json:"sittings"`
	Alpha    *float64 `json:"alpha" doc:"Cronbach's alpha, KR-20 for items that are right or wrong"`
	SE       *float64 `json:"se" doc:"Standard error of measurement of a score from 0 to 1"`
	Mean     *float64 `json:"mean"`
	SD       *float64 `json:"sd"`
}

type itemInsightView struct {
	VersionID      int64           `json:"version_id"`
	Name           string          `json:"name"`
	Version        int             `json:"version"`
	Kind           string          `json:"kind"`
	HTML           string          `json:"html"`
	Locale         string          `json:"locale"`
	Asked          int             `json:"asked"`
	Blank          int             `json:"blank"`
	Exposure       float64         `json:"exposure"`
	Facility       *float64        `json:"facility"`
	Discrimination *float64        `json:"discrimination" doc:"Correlation of the item with the rest of the paper"`
	Options        []optionInsight `json:"options" nullable:"false"`
	Flags          []string        `json:"flags" nullable:"false" enum:"too_few,too_easy,too_hard,misleading,weak,idle_option,strong_option,often_skipped,no_right_option"`
	Since          *comparison     `json:"since" doc:"Compared with the version before"`
}

type optionInsight struct {
	HTML   string   `json:"html"`
	Right  bool     `json:"right"`
	Chosen int      `json:"chosen"`
	Share  float64  `json:"share"`
	Rest   *float64 `json:"rest" doc:"Mean share on the rest of the paper of those who chose it"`
	Strong float64  `json:"strong" doc:"Of the upper 27%, the part that chose it"`
	Weak   float64  `json:"weak" doc:"Of the lower 27%"`
}

type comparison struct {
	N          int      `json:"n"`
	M          int      `json:"m"`
	Before     *float64 `json:"before"`
	After      *float64 `json:"after"`
	Difference *float64 `json:"difference"`
	Low        *float64 `json:"low" doc:"Of the 95% interval"`
	High       *float64 `json:"high"`
	Verdict    string   `json:"verdict" enum:"rose,fell,no_change_shown,too_few"`
}

func viewComparison(c analysis.Comparison) comparison {
	return comparison{N: c.N, M: c.M, Before: quizzes.Known(c.Before), After: quizzes.Known(c.After), Difference: quizzes.Known(c.Difference),
		Low: quizzes.Known(c.Low), High: quizzes.Known(c.High), Verdict: string(c.Verdict)}
}

func (s *Server) quizInsight(ctx context.Context, in *struct {
	ID       int64  `path:"id"`
	Attempts string `query:"attempts" enum:"first,all" default:"first" doc:"Of each person the first attempt, or all"`
}) (*body[quizInsight], error) {
	found, err := s.quizzes.Insight(ctx, actorOf(ctx), in.ID, in.Attempts == "all")
	if err != nil {
		return nil, err
	}
	r := found.Reliability
	return &body[quizInsight]{Body: quizInsight{Attempts: found.Attempts,
		Reliability: reliability{Items: r.Items, Left: r.Left, Attempts: r.Attempts, Alpha: quizzes.Known(r.Alpha), SE: quizzes.Known(r.SE), Mean: quizzes.Known(r.Mean), SD: quizzes.Known(r.SD)},
		Items:       views(found.Items, viewItemInsight)}}, nil
}

func viewItemInsight(i quizzes.ItemInsight) itemInsightView {
	v := itemInsightView{VersionID: i.Item.Item, Name: i.Name, Version: i.Version, Kind: string(i.Kind), HTML: i.HTML, Locale: string(i.Locale),
		Asked: i.Asked, Blank: i.Blank, Exposure: i.Exposure, Facility: quizzes.Known(i.Facility), Discrimination: quizzes.Known(i.Discrimination),
		Options: views(i.Options, func(o quizzes.OptionInsight) optionInsight {
			return optionInsight{HTML: o.HTML, Right: o.Right, Chosen: o.Chosen, Share: o.Share, Rest: quizzes.Known(o.Rest), Strong: o.Strong, Weak: o.Weak}
		}),
		Flags: views(i.Flags, func(f analysis.Flag) string { return string(f) })}
	if i.Since != nil {
		c := viewComparison(*i.Since)
		v.Since = &c
	}
	return v
}

func (s *Server) quizLearning(ctx context.Context, in *struct {
	ID     int64 `path:"id"`
	Before int64 `query:"before" required:"true" doc:"The quiz that the same people sat before"`
}) (*body[comparison], error) {
	c, err := s.quizzes.Learning(ctx, actorOf(ctx), in.Before, in.ID)
	if err != nil {
		return nil, err
	}
	return &body[comparison]{Body: viewComparison(c)}, nil
}
