package server

import (
	"context"
	"fmt"

	"anwen/courses"
	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

type published struct {
	Slug      string    `json:"slug"`
	Title     string    `json:"title"`
	Revision  int       `json:"revision"`
	Unchanged bool      `json:"unchanged" doc:"The same bytes are the current revision already"`
	DryRun    bool      `json:"dry_run"`
	Lessons   int       `json:"lessons"`
	Items     int       `json:"items"`
	Languages []string  `json:"languages" nullable:"false"`
	Warnings  []warning `json:"warnings" nullable:"false"`
	SHA256    string    `json:"sha256"`
}

type warning struct {
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Field   string `json:"field,omitempty"`
	Line    int    `json:"line,omitempty"`
}

func viewWarning(f errs.Fault, locale i18n.Locale) warning {
	return warning{Message: i18n.Text(locale, f.Code, f.Args), File: f.File, Field: f.Field, Line: f.Line}
}

func (s *Server) publishCourse(ctx context.Context, in *UploadInput) (*body[published], error) {
	actor := actorOf(ctx)
	upload, err := in.file()
	if err != nil {
		return nil, err
	}
	defer upload.Close()
	files, err := archive.FromZip(upload, upload.Size)
	if err != nil {
		return nil, err
	}
	r, err := s.courses.Publish(ctx, actor, files, in.RawBody.Data().DryRun, in.RawBody.Data().Confirmed)
	if err != nil {
		return nil, err
	}
	return &body[published]{Body: viewPublished(r, actor.Locale)}, nil
}

func viewPublished(r courses.PublishReport, l i18n.Locale) published {
	title := r.Titles.In(l)
	return published{Slug: r.Slug, Title: title, Revision: r.Revision, Unchanged: r.Unchanged, DryRun: r.DryRun, Lessons: r.Lessons, Items: r.Items,
		Languages: views(r.Languages, func(l i18n.Locale) string { return string(l) }),
		Warnings:  views(r.Warnings, func(f errs.Fault) warning { return viewWarning(f, l) }),
		SHA256:    fmt.Sprintf("%x", r.SHA256)}
}
