package server

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"anwen/courses"
	"anwen/internal/archive"
	"anwen/internal/errs"
)

type manuscript struct {
	Slug     string           `json:"slug"`
	Base     int              `json:"base" doc:"Revision it began from; 0: a new course"`
	OpenedBy string           `json:"opened_by"`
	OpenedAt time.Time        `json:"opened_at"`
	Files    []manuscriptFile `json:"files" nullable:"false" doc:"Empty in a list"`
	Newest   int              `json:"newest" doc:"Number of the newest revision; another than base: it came since, and must be taken as base first. 0 in a list"`
	Theirs   []string         `json:"theirs" nullable:"false" doc:"Files that only the newest revision changed: taken from it with the base"`
	Both     []string         `json:"both" nullable:"false" doc:"Files that were changed there and here: they stay as they are written here"`
}

type manuscriptFile struct {
	Name    string    `json:"name"`
	Edition int       `json:"edition" doc:"Rises with every save"`
	Size    int64     `json:"size"`
	Text    bool      `json:"text"`
	Editor  string    `json:"editor"`
	SavedAt time.Time `json:"saved_at"`
}

func viewManuscriptFile(f courses.ManuscriptFile) manuscriptFile {
	return manuscriptFile{Name: f.Name, Edition: f.Edition, Size: f.Size, Text: f.Text, Editor: f.Editor, SavedAt: f.SavedAt}
}

func viewManuscript(m courses.Manuscript) manuscript {
	return manuscript{Slug: m.Slug, Base: m.Base, OpenedBy: m.OpenedBy, OpenedAt: m.OpenedAt, Files: views(m.Files, viewManuscriptFile),
		Newest: m.Since.Newest, Theirs: append([]string{}, m.Since.Theirs...), Both: append([]string{}, m.Since.Both...)}
}

func (s *Server) listManuscripts(ctx context.Context, _ *struct{}) (*body[list[manuscript]], error) {
	rows, err := s.courses.Manuscripts(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(rows, viewManuscript), nil
}

func (s *Server) openManuscript(ctx context.Context, in *struct {
	Body struct {
		Slug  string `json:"slug" minLength:"1" maxLength:"80"`
		Title string `json:"title,omitempty" maxLength:"200" doc:"Of a new course"`
	}
}) (*body[manuscript], error) {
	actor := actorOf(ctx)
	m, err := s.courses.OpenManuscript(ctx, actor, in.Body.Slug, courses.NewCourse(in.Body.Slug, in.Body.Title, actor.Locale))
	if err != nil {
		return nil, err
	}
	return &body[manuscript]{Body: viewManuscript(m)}, nil
}

func (s *Server) manuscript(ctx context.Context, in *BySlug) (*body[manuscript], error) {
	m, err := s.courses.Manuscript(ctx, actorOf(ctx), in.Slug)
	if err != nil {
		return nil, err
	}
	return &body[manuscript]{Body: viewManuscript(m)}, nil
}

func (s *Server) takeRevision(ctx context.Context, in *struct {
	BySlug
	Body struct {
		Base int `json:"base" minimum:"1" maximum:"100000" doc:"Number of the newest revision, which was shown"`
	}
}) (*body[manuscript], error) {
	m, err := s.courses.TakeBase(ctx, actorOf(ctx), in.Slug, in.Body.Base)
	if err != nil {
		return nil, err
	}
	return &body[manuscript]{Body: viewManuscript(m)}, nil
}

func (s *Server) discardManuscript(ctx context.Context, in *BySlug) (*struct{}, error) {
	return nil, s.courses.DiscardManuscript(ctx, actorOf(ctx), in.Slug)
}

// ByFile is the path of a file in a manuscript.
type ByFile struct {
	BySlug
	Name string `query:"name" required:"true" minLength:"1" maxLength:"400" example:"lessons/01-first.en.md"`
}

type manuscriptText struct {
	Name    string    `json:"name"`
	Edition int       `json:"edition"`
	Editor  string    `json:"editor"`
	SavedAt time.Time `json:"saved_at"`
	Content string    `json:"content"`
}

func (s *Server) manuscriptText(ctx context.Context, in *ByFile) (*body[manuscriptText], error) {
	f, raw, err := s.courses.File(ctx, actorOf(ctx), in.Slug, in.Name)
	if err != nil {
		return nil, err
	}
	text, _, ok := archive.Text(raw)
	if !ok {
		return nil, errs.New(errs.Invalid, "courses.not_text", nil)
	}
	return &body[manuscriptText]{Body: manuscriptText{Name: f.Name, Edition: f.Edition, Editor: f.Editor, SavedAt: f.SavedAt, Content: string(text)}}, nil
}

type savedFile struct {
	Edition int       `json:"edition"`
	SavedAt time.Time `json:"saved_at"`
}

func (s *Server) saveText(ctx context.Context, in *struct {
	ByFile
	Body struct {
		Edition int    `json:"edition" minimum:"0" maximum:"1000000" doc:"That the writer began from; 0: a new file"`
		Content string `json:"content" maxLength:"2097152"`
	}
}) (*body[savedFile], error) {
	return viewSaved(s.courses.SaveFile(ctx, actorOf(ctx), in.Slug, in.Name, in.Body.Edition, []byte(in.Body.Content)))
}

func viewSaved(f courses.SavedFile, err error) (*body[savedFile], error) {
	if err != nil {
		return nil, err
	}
	return &body[savedFile]{Body: savedFile(f)}, nil
}

func (s *Server) saveUpload(ctx context.Context, in *struct {
	ByFile
	Edition int `query:"edition" minimum:"0"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}) (*body[savedFile], error) {
	upload := in.RawBody.Data().File
	defer upload.Close()
	raw, err := io.ReadAll(upload)
	if err != nil {
		return nil, fmt.Errorf("read the upload: %w", err)
	}
	return viewSaved(s.courses.SaveFile(ctx, actorOf(ctx), in.Slug, in.Name, in.Edition, raw))
}

func (s *Server) removeFile(ctx context.Context, in *struct {
	ByFile
	Edition int `query:"edition" minimum:"1" required:"true"`
}) (*struct{}, error) {
	_, err := s.courses.SaveFile(ctx, actorOf(ctx), in.Slug, in.Name, in.Edition, nil)
	return nil, err
}

func (s *Server) manuscriptImage(ctx context.Context, in *struct {
	BySlug
	SHA string `path:"sha" maxLength:"64"`
}) (*file, error) {
	image, err := s.courses.ManuscriptImage(ctx, actorOf(ctx), in.Slug, in.SHA)
	if err != nil {
		return nil, err
	}
	return &file{ContentType: image.MediaType, ContentDisposition: "inline", CacheControl: "private, max-age=31536000, immutable", Body: image.Bytes}, nil
}

type preview struct {
	Title  string    `json:"title"`
	HTML   string    `json:"html" doc:"Sanitised, as readers would see it"`
	Faults []warning `json:"faults" nullable:"false"`
}

func (s *Server) previewFile(ctx context.Context, in *struct {
	ByFile
	Body struct {
		Content string `json:"content" maxLength:"2097152"`
	}
}) (*body[preview], error) {
	actor := actorOf(ctx)
	text, faults, err := s.courses.PreviewFile(ctx, actor, in.Slug, in.Name, in.Body.Content)
	if err != nil {
		return nil, err
	}
	return &body[preview]{Body: preview{Title: text.Title, HTML: text.HTML,
		Faults: views(faults, func(f errs.Fault) warning { return viewWarning(f, actor.Locale) })}}, nil
}

func (s *Server) publishManuscript(ctx context.Context, in *struct {
	BySlug
	Body struct {
		DryRun    bool `json:"dry_run,omitempty"`
		Confirmed int  `json:"confirmed_warnings,omitempty" minimum:"0" maximum:"100000" doc:"How many warnings were shown and confirmed: all of them"`
	}
}) (*body[published], error) {
	actor := actorOf(ctx)
	r, err := s.courses.PublishManuscript(ctx, actor, in.Slug, in.Body.DryRun, in.Body.Confirmed)
	if err != nil {
		return nil, err
	}
	return &body[published]{Body: viewPublished(r, actor.Locale)}, nil
}
