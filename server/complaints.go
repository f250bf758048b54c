package server

import (
	"context"
	"time"

	"anwen/complaints"
	"anwen/internal/i18n"
	"anwen/performance"
)

type complaint struct {
	Reference          string       `json:"reference"`
	Class              string       `json:"class" enum:"general,complex"`
	Channel            string       `json:"channel"`
	Product            string       `json:"product"`
	Cause              string       `json:"cause"`
	UnitName           string       `json:"unit_name"`
	ReceivedAt         time.Time    `json:"received_at"`
	DueOn              string       `json:"due_on" format:"date"`
	DueAt              time.Time    `json:"due_at"`
	DoneAt             *time.Time   `json:"done_at" doc:"Of the stage that the class is judged by"`
	ClosedAt           *time.Time   `json:"closed_at"`
	State              *string      `json:"state" enum:"met,late,open" doc:"Null: the source does not tell when replies were made"`
	Responsible        *responsible `json:"responsible"`
	Satisfaction       *int         `json:"satisfaction"`
	CalendarIncomplete bool         `json:"beyond_calendar" doc:"Holidays of the span are not all known"`
}

type responsible struct {
	EmployeeNo string `json:"employee_no"`
	Name       string `json:"name"`
}

type complaintQuery struct {
	State   string `query:"state" enum:"met,late,open"`
	Class   string `query:"class" enum:"general,complex"`
	Unit    string `query:"unit" maxLength:"100"`
	Unnamed bool   `query:"unnamed" doc:"Only those without a responsible person"`
	Search  string `query:"q" maxLength:"100"`
	Cursor  string `query:"cursor" maxLength:"2000"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listComplaints(ctx context.Context, in *complaintQuery) (*body[page[complaint]], error) {
	actor := actorOf(ctx)
	rows, next, err := s.complaints.List(ctx, actor, complaints.ListQuery{State: complaints.Standing(in.State), Class: complaints.Class(in.Class),
		UnitCode: in.Unit, Unnamed: in.Unnamed, Search: in.Search, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return pageOf(rows, next, func(c complaints.Complaint) complaint {
		unit := c.UnitNames.In(actor.Locale)
		v := complaint{Reference: c.Reference, Class: string(c.Class), Channel: c.Channel, Product: c.Product, Cause: c.Cause, UnitName: unit,
			ReceivedAt: c.ReceivedAt, DueOn: *day(&c.DueOn), DueAt: c.DueAt, DoneAt: c.DoneAt, ClosedAt: c.ClosedAt, State: boardState(c.State),
			Satisfaction: c.Satisfaction, CalendarIncomplete: c.CalendarIncomplete}
		if c.ResponsibleNo != "" {
			v.Responsible = &responsible{EmployeeNo: c.ResponsibleNo, Name: c.Responsible}
		}
		return v
	}), nil
}

// boardState is null when the source does not record when replies were made.
func boardState(s complaints.Standing) *string {
	if s == complaints.Unmeasured {
		return nil
	}
	return optional(string(s))
}

type complaintSummary struct {
	Period     string       `json:"period"`
	Received   int          `json:"received"`
	General    int          `json:"general"`
	Complex    int          `json:"complex"`
	Unnamed    int          `json:"unnamed"`
	Met        int          `json:"met"`
	Late       int          `json:"late"`
	Open       int          `json:"open"`
	Unmeasured int          `json:"unmeasured"`
	Answered   int          `json:"answered"`
	Satisfied  int          `json:"satisfied"`
	Causes     []causeCount `json:"causes" nullable:"false"`
	Calendar   calendarRef  `json:"calendar"`
}

type causeCount struct {
	Cause string `json:"cause"`
	Count int    `json:"count"`
}

type calendarRef struct {
	Code          string  `json:"code"`
	CompleteUntil *string `json:"complete_until" format:"date" doc:"Later due dates count weekends only"`
}

func (s *Server) complaintSummary(ctx context.Context, in *struct {
	Period string `query:"period" required:"true" maxLength:"20" example:"2026-Q3"`
}) (*body[complaintSummary], error) {
	quarter, err := performance.ParseQuarter(in.Period)
	if err != nil {
		return nil, err
	}
	c, err := s.complaints.Summarise(ctx, actorOf(ctx), quarter.First(), quarter.End())
	if err != nil {
		return nil, err
	}
	return &body[complaintSummary]{Body: complaintSummary{Period: quarter.String(), Received: c.Received, General: c.General, Complex: c.Complex,
		Unnamed: c.Unnamed, Met: c.Met, Late: c.Late, Open: c.Open, Unmeasured: c.Unmeasured, Answered: c.Answered, Satisfied: c.Satisfied,
		Causes:   views(c.Causes, func(k complaints.CauseCount) causeCount { return causeCount(k) }),
		Calendar: calendarRef{Code: c.Calendar, CompleteUntil: day(&c.CompleteUntil)}}}, nil
}

type complaintProfile struct {
	Code    string          `json:"code"`
	Title   string          `json:"title"`
	Columns []profileColumn `json:"columns" nullable:"false"`
}

type profileColumn struct {
	Field    string   `json:"field" doc:"customer: dropped; extra: kept by its heading"`
	Headings []string `json:"headings" nullable:"false"`
	Required bool     `json:"required"`
}

func (s *Server) complaintProfiles(ctx context.Context, _ *struct{}) (*body[list[complaintProfile]], error) {
	locale := actorOf(ctx).Locale
	return listOf(complaints.Profiles, func(p complaints.Profile) complaintProfile {
		title := p.Titles.In(locale)
		return complaintProfile{Code: p.Code, Title: title, Columns: views(p.Columns, func(c complaints.Column) profileColumn {
			return profileColumn{Field: string(c.Field), Headings: c.Headings, Required: c.Required}
		})}
	}), nil
}

type importedComplaints struct {
	RowsRead           int             `json:"rows_read"`
	Accepted           int             `json:"accepted"`
	Duplicates         int             `json:"duplicates" doc:"Rows that repeat an earlier one word for word"`
	Created            int             `json:"created"`
	Updated            int             `json:"updated"`
	Unchanged          int             `json:"unchanged"`
	DroppedColumns     []droppedColumn `json:"dropped_columns" nullable:"false" doc:"Customer data, not taken"`
	UnknownColumns     []string        `json:"unknown_columns" nullable:"false" doc:"Not used"`
	RowsAbove          []string        `json:"rows_above" nullable:"false" doc:"Text of the rows above the headings; not used"`
	OtherSheets        []string        `json:"other_sheets" nullable:"false" doc:"Sheets of the workbook that are not empty; not used"`
	Changes            []factChange    `json:"changes" nullable:"false" doc:"Complaint by complaint, of those that are stored already"`
	ChangesLeftOff     int             `json:"changes_left_off" doc:"Complaints whose changes are not listed; the audit log has them"`
	CalendarIncomplete int             `json:"beyond_calendar"`
	Encoding           string          `json:"encoding"`
	Profile            string          `json:"profile"`
	DryRun             bool            `json:"dry_run"`
	Preview            []complaintRow  `json:"preview" nullable:"false"`
}

type factChange struct {
	Reference string        `json:"reference"`
	Line      int           `json:"line"`
	Fields    []fieldChange `json:"fields" nullable:"false"`
}

type droppedColumn struct {
	Column string `json:"column"`
	Filled int    `json:"filled"`
}

type complaintRow struct {
	Reference       string    `json:"reference"`
	Class           string    `json:"class"`
	UnitCode        string    `json:"unit_code"`
	UnitName        string    `json:"unit_name"`
	ReceivedAt      time.Time `json:"received_at" doc:"In the zone of the unit"`
	DueOn           string    `json:"due_on" format:"date"`
	DueAt           time.Time `json:"due_at" doc:"In the zone of the unit"`
	Responsible     *string   `json:"responsible" doc:"Employee number"`
	ResponsibleName *string   `json:"responsible_name"`
}

func (s *Server) importComplaints(ctx context.Context, in *UploadInput) (*body[importedComplaints], error) {
	name, raw, err := in.bytes()
	if err != nil {
		return nil, err
	}
	form := in.RawBody.Data()
	actor := actorOf(ctx)
	r, err := s.complaints.Import(ctx, actor, complaints.ImportInput{FileName: name, Raw: raw,
		Profile: firstNonEmpty(form.Profile, "anwen"), DryRun: form.DryRun})
	if err != nil {
		return nil, err
	}
	return &body[importedComplaints]{Body: viewImported(r, actor.Locale)}, nil
}

func viewImported(r complaints.ImportReport, l i18n.Locale) importedComplaints {
	names := fieldNames{r.UnitNames, r.PersonNames, l}
	return importedComplaints{RowsRead: r.RowsRead, Accepted: r.Accepted, Duplicates: r.Duplicates, Created: r.Created, Updated: r.Updated,
		Unchanged: r.Unchanged, UnknownColumns: append([]string{}, r.Unknown...),
		RowsAbove: append([]string{}, r.RowsAbove...), OtherSheets: append([]string{}, r.OtherPages...), ChangesLeftOff: r.ChangesLeftOff,
		Changes: views(r.Changes, func(c complaints.Change) factChange {
			return factChange{Reference: c.Reference, Line: c.Line, Fields: views(c.Fields, func(f complaints.FieldChange) fieldChange { return names.change(f.Field, f.Before, f.After) })}
		}),
		CalendarIncomplete: r.CalendarIncomplete, Encoding: r.Encoding, Profile: r.Profile, DryRun: r.DryRun,
		DroppedColumns: views(r.Dropped, func(d complaints.DroppedColumn) droppedColumn { return droppedColumn(d) }),
		Preview: views(r.Preview, func(p complaints.Preview) complaintRow {
			return complaintRow{Reference: p.Reference, Class: string(p.Class), UnitCode: p.UnitCode, UnitName: names.of("unit", p.UnitCode), ReceivedAt: p.ReceivedAt,
				DueOn: *day(&p.DueOn), DueAt: p.DueAt, Responsible: optional(p.Responsible), ResponsibleName: optional(names.of("responsible", p.Responsible))}
		})}
}

func (s *Server) nameResponsible(ctx context.Context, in *struct {
	Reference string `path:"reference" maxLength:"300"`
	Body      struct {
		EmployeeNo string `json:"employee_no" minLength:"1" maxLength:"100"`
	}
}) (*struct{}, error) {
	return nil, s.complaints.NameResponsible(ctx, actorOf(ctx), in.Reference, in.Body.EmployeeNo)
}
