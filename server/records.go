package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"anwen/performance"
	"anwen/records"
)

type certification struct {
	EmployeeNo  string     `json:"employee_no"`
	Name        string     `json:"name"`
	UnitName    string     `json:"unit_name"`
	Position    string     `json:"position"`
	CourseSlug  string     `json:"course_slug"`
	CourseTitle string     `json:"course_title"`
	Revision    *int       `json:"revision"`
	Cycle       int        `json:"cycle"`
	AssignedOn  string     `json:"assigned_on" format:"date"`
	DueOn       *string    `json:"due_on" format:"date"`
	CompletedAt *time.Time `json:"completed_at"`
	Serial      *string    `json:"serial"`
	IssuedOn    *string    `json:"issued_on" format:"date"`
	ValidUntil  *string    `json:"valid_until" format:"date"`
	RevokedOn   *string    `json:"revoked_on" format:"date"`
	State       string     `json:"state" enum:"valid,expired,revoked,none"`
	Earned      *string    `json:"earned" doc:"Points of the best attempt, decimal"`
	Possible    *string    `json:"possible"`
}

func viewCertification(c records.Certification) certification {
	v := certification{EmployeeNo: c.EmployeeNo, Name: c.Name, UnitName: c.UnitName, Position: c.Position,
		CourseSlug: c.CourseSlug, CourseTitle: c.CourseTitle, Revision: c.Revision, Cycle: c.Cycle, AssignedOn: c.AssignedOn,
		DueOn: optional(c.DueOn), CompletedAt: c.CompletedAt, Serial: optional(c.Serial), IssuedOn: optional(c.IssuedOn),
		ValidUntil: optional(c.ValidUntil), RevokedOn: optional(c.RevokedOn), State: string(c.State)}
	if c.Earned != nil && c.Possible != nil {
		earned, possible := c.Earned.String(), c.Possible.String()
		v.Earned, v.Possible = &earned, &possible
	}
	return v
}

type certificationQuery struct {
	Format string `query:"format" enum:"json,csv,xlsx" default:"json" doc:"csv and xlsx hold every record, json a page"`
	AsOf   string `query:"as_of" maxLength:"10" doc:"A date: what was true when it ended"`
	Unit   string `query:"unit" maxLength:"100"`
	Course string `query:"course" maxLength:"100"`
	State  string `query:"state" enum:"valid,expired,revoked,none"`
	Search string `query:"q" maxLength:"100"`
	Cursor string `query:"cursor" maxLength:"200"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	All    bool   `query:"all" doc:"With json: every record, as a download"`
}

type certificationPage struct {
	AsOf  string          `json:"as_of"`
	Items []certification `json:"items" nullable:"false"`
	Next  *string         `json:"next"`
}

func (s *Server) certifications(ctx context.Context, in *certificationQuery) (*huma.StreamResponse, error) {
	actor := actorOf(ctx)
	q := records.CertificationQuery{AsOf: in.AsOf, UnitCode: in.Unit, Course: in.Course, State: records.State(in.State),
		Search: in.Search, After: in.Cursor, Limit: in.Limit}
	if in.Format != "json" || in.All {
		f := records.Format(in.Format)
		name := fmt.Sprintf("anwen-certifications-%s.%s", firstNonEmpty(in.AsOf, s.now().In(actor.Location()).Format(time.DateOnly)), f)
		return s.download(ctx, f, name, func(w *lateWriter) error {
			_, err := s.records.ExportCertifications(ctx, actor, q, f, w)
			return err
		})
	}
	p, err := s.records.Certifications(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	return jsonStream(certificationPage{AsOf: p.AsOf, Items: views(p.Records, viewCertification), Next: optional(p.Next)}), nil
}

type scoreQuery struct {
	Period   string `query:"period" required:"true" maxLength:"20" example:"2026-Q3"`
	Format   string `query:"format" enum:"json,csv,xlsx" default:"json" doc:"csv and xlsx hold everybody, json a page"`
	Unit     string `query:"unit" maxLength:"100"`
	Search   string `query:"q" maxLength:"100"`
	Everyone bool   `query:"everyone" doc:"Also people who never were responsible for a complaint"`
	Sort     string `query:"sort" enum:"employee_no,name,unit" default:"employee_no"`
	Cursor   string `query:"cursor" maxLength:"400"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	All      bool   `query:"all" doc:"With json: everybody, as a download"`
}

type staffRecord struct {
	StaffScore
	Held []heldCourse `json:"held" nullable:"false"`
}

type heldCourse struct {
	CourseSlug  string  `json:"course_slug"`
	CourseTitle string  `json:"course_title"`
	Cycle       int     `json:"cycle"`
	DueOn       *string `json:"due_on" format:"date"`
	CompletedOn *string `json:"completed_on" format:"date"`
	Serial      *string `json:"serial"`
	ValidUntil  *string `json:"valid_until" format:"date"`
	State       string  `json:"state" enum:"valid,expired,revoked,none"`
	Overdue     bool    `json:"overdue"`
}

type scorePage struct {
	Period string        `json:"period"`
	AsOf   time.Time     `json:"as_of"`
	Items  []staffRecord `json:"items" nullable:"false"`
	Next   *string       `json:"next"`
}

// scores answers performance beside what each person holds: two sides of one
// record, neither computed from the other.
func (s *Server) scores(ctx context.Context, in *scoreQuery) (*huma.StreamResponse, error) {
	quarter, err := performance.ParseQuarter(in.Period)
	if err != nil {
		return nil, err
	}
	actor := actorOf(ctx)
	filter := performance.Filter{UnitCode: in.Unit, Search: in.Search, Everyone: in.Everyone, Sort: performance.Sort(in.Sort),
		After: in.Cursor, Limit: in.Limit}
	if in.Format != "json" || in.All {
		f := records.Format(in.Format)
		return s.download(ctx, f, fmt.Sprintf("anwen-performance-%s.%s", quarter, f), func(w *lateWriter) error {
			_, err := s.records.ExportScores(ctx, actor, quarter, filter, f, w)
			return err
		})
	}
	staff, err := s.records.Staff(ctx, actor, quarter, filter)
	if err != nil {
		return nil, err
	}
	return jsonStream(scorePage{Period: staff.Quarter.String(), AsOf: staff.AsOf, Next: optional(staff.Next),
		Items: views(staff.People, func(r records.StaffRecord) staffRecord {
			return staffRecord{StaffScore: viewScore(r.Score), Held: views(r.Cycles, func(c records.NewestCycle) heldCourse {
				return heldCourse{CourseSlug: c.CourseSlug, CourseTitle: c.CourseTitles.In(actor.Locale), Cycle: c.Cycle, DueOn: optional(c.DueOn),
					CompletedOn: optional(c.CompletedOn), Serial: optional(c.Serial), ValidUntil: optional(c.ValidUntil),
					State: string(c.State), Overdue: c.Overdue}
			})}
		})}), nil
}

// lateWriter hands the first byte on only when the verb has begun to write, so
// that a refusal can still be a Problem.
type lateWriter struct {
	began chan struct{}
	ready chan huma.Context
	out   huma.Context
	once  bool
}

func (w *lateWriter) Write(p []byte) (int, error) {
	if !w.once {
		w.once = true
		close(w.began)
		w.out = <-w.ready
		if w.out == nil {
			return 0, http.ErrAbortHandler
		}
	}
	return w.out.BodyWriter().Write(p)
}

// download streams what write writes as a file that names itself. An error
// before the first byte is the answer; a later one breaks the connection, so
// that half a file never looks whole.
func (s *Server) download(ctx context.Context, f records.Format, name string, write func(*lateWriter) error) (*huma.StreamResponse, error) {
	w := &lateWriter{began: make(chan struct{}), ready: make(chan huma.Context, 1)}
	ended := make(chan error, 1)
	go func() { ended <- write(w) }()
	select {
	case err := <-ended:
		if err != nil {
			return nil, err
		}
		ended <- nil
	case <-w.began:
	case <-ctx.Done():
		close(w.ready)
		return nil, errors.Join(ctx.Err(), <-ended)
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", f.MediaType())
		out.SetHeader("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
		out.SetHeader("Cache-Control", "no-store")
		out.SetStatus(http.StatusOK)
		w.ready <- out
		if err := <-ended; err != nil {
			slog.ErrorContext(ctx, "an export broke off", "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

func jsonStream(v any) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", "application/json")
		out.SetHeader("Cache-Control", "no-store")
		out.SetStatus(http.StatusOK)
		if err := json.NewEncoder(out.BodyWriter()).Encode(v); err != nil {
			slog.DebugContext(out.Context(), "the caller left before the answer", "error", err)
		}
	}}
}

// answers documents the JSON of a route that streams.
func answers[T any](api func() huma.API) func(*huma.Operation) {
	return func(op *huma.Operation) {
		schema := api().OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
		op.Responses = map[string]*huma.Response{"200": {Description: "OK",
			Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
	}
}

func firstNonEmpty(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
