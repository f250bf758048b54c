package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"anwen/courses"
	"anwen/internal/i18n"
	"anwen/items"
)

type courseRevision struct {
	Number      int       `json:"number"`
	PublishedAt time.Time `json:"published_at"`
	PublishedBy string    `json:"published_by"`
	SHA256      string    `json:"sha256"`
	Kept        bool      `json:"kept" doc:"Its files can be exported and compared"`
}

func (s *Server) courseRevisions(ctx context.Context, in *BySlug) (*body[list[courseRevision]], error) {
	rows, err := s.courses.Revisions(ctx, actorOf(ctx), in.Slug)
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(r courses.Revision) courseRevision {
		return courseRevision{Number: r.Number, PublishedAt: r.PublishedAt, PublishedBy: r.PublishedBy, SHA256: fmt.Sprintf("%x", r.SHA256), Kept: r.Kept}
	}), nil
}

type courseDifference struct {
	Slug    string         `json:"slug"`
	From    int            `json:"from" doc:"Number of the older revision; 0: there is none"`
	To      int            `json:"to"`
	Files   []fileChange   `json:"files" nullable:"false"`
	Name    string         `json:"name" doc:"Of the file compared; empty: no text changed"`
	Summary map[string]int `json:"summary"`
	Pairs   []clausePair   `json:"pairs" nullable:"false"`
}

type fileChange struct {
	Name   string `json:"name"`
	Change string `json:"change" enum:"added,removed,changed"`
	Text   bool   `json:"text"`
}

func (s *Server) courseDifference(ctx context.Context, in *struct {
	BySlug
	Number int    `path:"number" minimum:"1"`
	From   int    `query:"from" minimum:"0" doc:"The older revision; 0: the one before"`
	Name   string `query:"name" maxLength:"400" doc:"Of the file to compare; none: the first text that changed"`
}) (*body[courseDifference], error) {
	d, err := s.courses.DifferenceOf(ctx, actorOf(ctx), in.Slug, in.From, in.Number, in.Name)
	if err != nil {
		return nil, err
	}
	return &body[courseDifference]{Body: courseDifference{Slug: d.Slug, From: d.From, To: d.To, Name: d.Name, Summary: d.Summary(),
		Files: views(d.Files, func(f courses.FileChange) fileChange { return fileChange(f) }), Pairs: viewPairs(d.Difference)}}, nil
}

func (s *Server) exportCourse(ctx context.Context, in *struct {
	BySlug
	Revision int `query:"revision" minimum:"0" doc:"0: the newest"`
}) (*huma.StreamResponse, error) {
	files, err := s.courses.Export(ctx, actorOf(ctx), in.Slug, in.Revision)
	if err != nil {
		return nil, err
	}
	return s.download(ctx, in.Slug+".zip", "application/zip", files.Zip), nil
}

// courseFile serves an attachment or a video; range requests let a player seek.
func (s *Server) courseFile(ctx context.Context, in *struct {
	BySlug
	SHA string `path:"sha" maxLength:"64"`
}) (*huma.StreamResponse, error) {
	a, err := s.courses.AttachmentOf(ctx, in.Slug, in.SHA)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		kind := "attachment"
		if a.Inline {
			kind = "inline"
		}
		out.SetHeader("Content-Type", a.MediaType)
		out.SetHeader("Content-Disposition", disposition(kind, a.Name))
		out.SetHeader("Cache-Control", "private, max-age=31536000, immutable")
		out.SetHeader("ETag", `"`+in.SHA+`"`)
		c := humagin.Unwrap(out)
		http.ServeContent(c.Writer, c.Request, "", time.Time{}, a.Bytes)
	}}, nil
}

type checkInput struct {
	BySlug
	N        int `path:"n" minimum:"1" maximum:"1000"`
	Position int `path:"position" minimum:"1" maximum:"999"`
	Body     struct {
		Revision int       `json:"revision" minimum:"1"`
		Locale   string    `json:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the lesson's text"`
		Answer   AnswerDTO `json:"answer"`
	}
}

type checked struct {
	Right    bool   `json:"right"`
	Feedback string `json:"feedback_html"`
}

// tryCheck grades an answer to a question inside a lesson. Nothing is stored.
func (s *Server) tryCheck(ctx context.Context, in *checkInput) (*body[checked], error) {
	item, err := s.courses.Check(ctx, in.Slug, in.Body.Revision, in.N, i18n.Locale(in.Body.Locale), in.Position)
	if err != nil {
		return nil, err
	}
	response, err := json.Marshal(in.Body.Answer.response())
	if err != nil {
		return nil, err
	}
	right, feedback, err := items.Try(item, 0, response, i18n.Locale(in.Body.Locale))
	if err != nil {
		return nil, err
	}
	return &body[checked]{Body: checked{Right: right, Feedback: feedback}}, nil
}
