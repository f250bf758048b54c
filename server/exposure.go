package server

import (
	"context"
	"fmt"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"anwen/records"
)

type exposureQuery struct {
	Policy string `query:"policy" required:"true" maxLength:"64"`
	N      int    `query:"version" required:"true" minimum:"1" maximum:"100000"`
	Unit   string `query:"unit" maxLength:"100"`
	Format string `query:"format" enum:"json,csv,xlsx" default:"json" doc:"csv and xlsx hold every person, json the units"`
	All    bool   `query:"all" doc:"With json: every person, as a download"`
}

type exposure struct {
	Title         string         `json:"title"`
	Number        int            `json:"number" doc:"Of the material version whose substance it is"`
	EffectiveFrom string         `json:"effective_from" format:"date"`
	AsOf          string         `json:"as_of" format:"date"`
	Total         unitExposure   `json:"total"`
	Items         []unitExposure `json:"items" nullable:"false"`
}

type unitExposure struct {
	UnitCode     string   `json:"unit_code"`
	UnitName     string   `json:"unit_name"`
	People       int      `json:"people"`
	Acknowledged int      `json:"acknowledged"`
	Trained      int      `json:"trained" doc:"Completed a course that cites it before they acknowledged, or without"`
	Open         int      `json:"open" doc:"Neither acknowledged nor trained yet"`
	MedianDays   *float64 `json:"median_days" doc:"From taking effect to acknowledgement, of those who acknowledged"`
	LongestDays  int      `json:"longest_days"`
	Complaints   int      `json:"complaints" doc:"Received inside the windows"`
}

// exposure answers with one line per unit, or streams every person as a file.
func (s *Server) exposure(ctx context.Context, in *exposureQuery) (*huma.StreamResponse, error) {
	actor := actorOf(ctx)
	q := records.ExposureQuery{Code: in.Policy, Number: in.N, UnitCode: in.Unit}
	if in.Format != "json" || in.All {
		f := records.Format(in.Format)
		return s.download(ctx, fmt.Sprintf("anwen-exposure-%s-%d.%s", in.Policy, in.N, f), f.MediaType(), func(w io.Writer) error {
			_, err := s.records.ExportExposure(ctx, actor, q, f, w)
			return err
		}), nil
	}
	e, err := s.records.Exposure(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	view := func(u records.UnitExposure) unitExposure {
		return unitExposure{UnitCode: u.UnitCode, UnitName: u.UnitNames.In(actor.Locale), People: u.People, Acknowledged: u.Acknowledged, Trained: u.Trained,
			Open: u.Open, MedianDays: u.MedianDays, LongestDays: u.LongestDays, Complaints: u.Complaints}
	}
	return jsonStream(exposure{Title: e.Titles.In(actor.Locale), Number: e.Number, EffectiveFrom: e.EffectiveFrom, AsOf: e.AsOf, Total: view(e.Total), Items: views(e.Units, view)}), nil
}
