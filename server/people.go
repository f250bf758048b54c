package server

import (
	"context"
	"time"

	"anwen/internal/i18n"
	"anwen/people"
)

type unit struct {
	ID       int64  `json:"id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	ParentID *int64 `json:"parent_id"`
	Path     string `json:"path"`
}

func (s *Server) units(ctx context.Context, _ *struct{}) (*body[list[unit]], error) {
	rows, err := s.people.Units(ctx)
	if err != nil {
		return nil, err
	}
	locale := actorOf(ctx).Locale
	return listOf(rows, func(u people.Unit) unit {
		return unit{ID: u.ID, Code: u.Code, Name: u.Name(locale), ParentID: u.ParentID, Path: u.Path}
	}), nil
}

type person struct {
	ID         int64  `json:"id"`
	EmployeeNo string `json:"employee_no"`
	Name       string `json:"name"`
	UnitName   string `json:"unit_name"`
	Position   string `json:"position"`
	Status     string `json:"status" enum:"active,on_leave,left"`
	Language   string `json:"language"`
}

type peopleQuery struct {
	Search string `query:"q" maxLength:"100"`
	Unit   string `query:"unit" maxLength:"100" doc:"Code of a unit; it and everything below"`
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listPeople(ctx context.Context, in *peopleQuery) (*body[page[person]], error) {
	actor := actorOf(ctx)
	rows, next, err := s.people.List(ctx, actor, people.ListQuery{Search: in.Search, UnitCode: in.Unit, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return pageOf(rows, next, func(p people.Person) person {
		name := p.UnitNames.In(actor.Locale)
		return person{ID: p.ID, EmployeeNo: p.EmployeeNo, Name: p.Name, UnitName: name, Position: p.Position,
			Status: string(p.Status), Language: string(p.Language)}
	}), nil
}

type issuedPassword struct {
	Login    string `json:"login"`
	Password string `json:"password" doc:"Shown once; whoever signs in with it must change it"`
	ValidFor int    `json:"valid_for" doc:"Hours"`
}

func (s *Server) issuePassword(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[issuedPassword], error) {
	issued, err := s.people.IssuePassword(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &body[issuedPassword]{Body: issuedPassword{Login: issued.Login, Password: issued.Password, ValidFor: int(people.TemporaryLife.Hours())}}, nil
}

type grantedRole struct {
	ID        int64     `json:"id"`
	Role      string    `json:"role"`
	UnitID    int64     `json:"unit_id"`
	UnitName  string    `json:"unit_name"`
	GrantedAt time.Time `json:"granted_at"`
}

func (s *Server) personRoles(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[list[grantedRole]], error) {
	actor := actorOf(ctx)
	rows, err := s.people.RolesOf(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(h people.HeldRole) grantedRole {
		name := h.UnitNames.In(actor.Locale)
		return grantedRole{ID: h.ID, Role: string(h.Role), UnitID: h.UnitID, UnitName: name, GrantedAt: h.GrantedAt}
	}), nil
}

func (s *Server) grantRole(ctx context.Context, in *struct {
	ID   int64 `path:"id"`
	Body struct {
		Role     string `json:"role" enum:"author,compliance,complaint_desk,hr,administrator,auditor"`
		UnitCode string `json:"unit_code" minLength:"1" maxLength:"100"`
	}
}) (*struct{}, error) {
	return nil, s.people.GrantRole(ctx, actorOf(ctx), in.ID, people.Role(in.Body.Role), in.Body.UnitCode)
}

func (s *Server) revokeRole(ctx context.Context, in *struct {
	ID    int64 `path:"id"`
	Grant int64 `path:"grant"`
}) (*struct{}, error) {
	return nil, s.people.RevokeRole(ctx, actorOf(ctx), in.ID, in.Grant)
}

type importedPeople struct {
	RowsRead       int              `json:"rows_read"`
	Created        int              `json:"created"`
	Updated        int              `json:"updated"`
	Unchanged      int              `json:"unchanged"`
	UnitsCreated   int              `json:"units_created"`
	UnitsKept      []keptUnit       `json:"units_kept" nullable:"false" doc:"What the file says of units that exist otherwise; an import of people does not change units"`
	Encoding       string           `json:"encoding"`
	DryRun         bool             `json:"dry_run"`
	UnknownColumns []string         `json:"unknown_columns" nullable:"false" doc:"Not used"`
	RowsAbove      []string         `json:"rows_above" nullable:"false" doc:"Text of the rows above the headings; not used"`
	OtherSheets    []string         `json:"other_sheets" nullable:"false" doc:"Sheets of the workbook that are not empty; not used"`
	Changes        []personChange   `json:"changes" nullable:"false" doc:"Person by person: who comes back, who leaves, who changes, who is new"`
	ChangesLeftOff int              `json:"changes_left_off" doc:"People whose changes are not listed; the audit log has them"`
	Preview        []importedPerson `json:"preview" nullable:"false"`
}

type keptUnit struct {
	Code   string `json:"code"`
	Field  string `json:"field" enum:"unit_name,unit_name_zh_hant,unit_name_en,parent_unit_code"`
	Stored string `json:"stored"`
	InFile string `json:"in_file"`
}

type personChange struct {
	EmployeeNo string        `json:"employee_no"`
	Name       string        `json:"name"`
	Line       int           `json:"line"`
	Kind       string        `json:"kind" enum:"comes_back,leaves,changes,is_new"`
	Fields     []fieldChange `json:"fields" nullable:"false"`
}

type fieldChange struct {
	Field      string  `json:"field"`
	Before     string  `json:"before"`
	After      string  `json:"after"`
	BeforeName *string `json:"before_name" doc:"Of the unit or the person whose code or number stands before"`
	AfterName  *string `json:"after_name"`
}

// fieldNames names the units and persons of an import's changes.
type fieldNames struct {
	units   map[string]i18n.Texts
	persons map[string]string
	locale  i18n.Locale
}

func (n fieldNames) change(field, before, after string) fieldChange {
	return fieldChange{Field: field, Before: before, After: after, BeforeName: optional(n.of(field, before)), AfterName: optional(n.of(field, after))}
}

func (n fieldNames) of(field, code string) string {
	switch field {
	case "unit", "unit_code":
		return n.units[code].In(n.locale)
	case "responsible", "manager_no":
		return n.persons[code]
	}
	return ""
}

type importedPerson struct {
	EmployeeNo string `json:"employee_no"`
	Name       string `json:"name"`
	UnitCode   string `json:"unit_code"`
	Position   string `json:"position"`
	Login      string `json:"login"`
	Status     string `json:"status"`
}

func (s *Server) importPeople(ctx context.Context, in *UploadInput) (*body[importedPeople], error) {
	name, raw, err := in.bytes()
	if err != nil {
		return nil, err
	}
	actor := actorOf(ctx)
	r, err := s.people.Import(ctx, actor, name, raw, in.RawBody.Data().DryRun)
	if err != nil {
		return nil, err
	}
	return &body[importedPeople]{Body: viewImportedPeople(r, actor.Locale)}, nil
}

func viewImportedPeople(r people.ImportReport, l i18n.Locale) importedPeople {
	names := fieldNames{r.UnitNames, r.PersonNames, l}
	return importedPeople{RowsRead: r.RowsRead, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, UnitsCreated: r.UnitsCreated,
		UnitsKept: views(r.UnitsKept, func(u people.KeptUnit) keptUnit { return keptUnit(u) }), Encoding: r.Encoding, DryRun: r.DryRun,
		UnknownColumns: append([]string{}, r.LeftOut.Columns...), RowsAbove: append([]string{}, r.LeftOut.RowsAbove...), OtherSheets: append([]string{}, r.LeftOut.Pages...),
		ChangesLeftOff: r.ChangesLeftOff,
		Changes: views(r.Changes, func(c people.PersonChange) personChange {
			return personChange{EmployeeNo: c.EmployeeNo, Name: c.Name, Line: c.Line, Kind: string(c.Kind),
				Fields: views(c.Fields, func(f people.FieldChange) fieldChange { return names.change(f.Field, f.Before, f.After) })}
		}),
		Preview: views(r.Preview, func(p people.ImportPreview) importedPerson {
			return importedPerson{EmployeeNo: p.EmployeeNo, Name: p.Name, UnitCode: p.UnitCode, Position: p.Position, Login: p.Login, Status: string(p.Status)}
		})}
}
