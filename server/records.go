package server

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/date"
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
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	All    bool   `query:"all" doc:"With json: every record, as a download {about, records, rows} with the columns of the CSV and not those of a page"`
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
		name := fmt.Sprintf("anwen-certifications-%s.%s", firstNonEmpty(in.AsOf, date.Text(new(actor.Today(s.now())))), f)
		return s.download(ctx, name, f.MediaType(), func(w io.Writer) error {
			_, err := s.records.ExportCertifications(ctx, actor, q, f, w)
			return err
		}), nil
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
	Cursor   string `query:"cursor" maxLength:"2000"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	All      bool   `query:"all" doc:"With json: everybody, as a download {about, records, rows} with the columns of the CSV and not those of a page"`
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

// scores answers with each person's performance and certificates side by side; neither
// is computed from the other.
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
		return s.download(ctx, fmt.Sprintf("anwen-performance-%s.%s", quarter, f), f.MediaType(), func(w io.Writer) error {
			_, err := s.records.ExportScores(ctx, actor, quarter, filter, f, w)
			return err
		}), nil
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

func firstNonEmpty(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
