package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anwen/briefings"
	"anwen/complaints"
	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/postgres"
	"anwen/internal/sheet"
	"anwen/people"
	"anwen/policies"
)

type importCommand struct {
	People     importPeople     `cmd:"" help:"Staff and units from CSV or XLSX."`
	Course     importCourse     `cmd:"" help:"A course folder or zip."`
	Policy     importPolicy     `cmd:"" help:"A policy folder: policy.md and v1.<language>.md, v2…"`
	Briefing   importBriefing   `cmd:"" help:"A month's briefing: its files, one per language."`
	Complaints importComplaints `cmd:"" help:"Complaint facts from CSV or XLSX."`
	Questions  importQuestions  `cmd:"" help:"Questions from GIFT, Moodle XML, QTI, Aiken, XLSX, CSV or pasted text."`
}

// importFlags are those of every import.
type importFlags struct {
	DryRun bool `help:"Check everything and write nothing."`
	JSON   bool `name:"json" help:"Print the report as JSON."`
}

// with opens the house and prints what the import reports.
func (f importFlags) with(ctx context.Context, t terminal, do func(*house) (any, error)) error {
	h, err := f.open(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	report, err := do(h)
	if err != nil {
		return f.fail(t, err)
	}
	if !f.DryRun {
		h.sealUp(ctx)
	}
	if f.JSON {
		return printJSON(t, report)
	}
	return printReport(t, report)
}

// open makes and migrates the database for an import, and changes nothing for a
// dry run.
func (f importFlags) open(ctx context.Context, t terminal) (*house, error) {
	if f.DryRun {
		return openExisting(ctx, t)
	}
	h, err := t.open(ctx, postgres.Options{})
	if err != nil {
		return nil, err
	}
	if err := h.prepare(ctx); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// fail prints a refusal as JSON when JSON was asked for; it is an error anyway.
func (f importFlags) fail(t terminal, err error) error {
	e, ok := err.(*errs.Error)
	if !f.JSON || !ok {
		return err
	}
	type fault struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		File    string `json:"file,omitempty"`
		Line    int    `json:"line,omitempty"`
		Column  string `json:"column,omitempty"`
	}
	answer := struct {
		Code   string  `json:"code"`
		Detail string  `json:"detail"`
		Errors []fault `json:"errors"`
		Count  int     `json:"error_count"`
	}{e.Code, i18n.Text(t.locale, e.Code, e.Args), []fault{}, errs.Count(e.Faults)}
	for _, x := range e.Faults {
		answer.Errors = append(answer.Errors, fault{x.Code, i18n.Text(t.locale, x.Code, x.Args), x.File, x.Line, x.Column})
	}
	if err := printJSON(t, answer); err != nil {
		return err
	}
	return errPrinted
}

type importPeople struct {
	File string `arg:"" type:"existingfile"`
	importFlags
}

// Run imports staff and units.
func (c importPeople) Run(ctx context.Context, t terminal) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		raw, err := os.ReadFile(c.File)
		if err != nil {
			return nil, err
		}
		r, err := h.people.Import(ctx, people.System(), filepath.Base(c.File), raw, c.DryRun)
		return reportOfPeople(r), err
	})
}

type importCourse struct {
	Folder string `arg:"" help:"Folder or zip."`
	importFlags
}

// Run publishes a course folder.
func (c importCourse) Run(ctx context.Context, t terminal) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		files, err := archive.Open(c.Folder)
		if err != nil {
			return nil, err
		}
		r, err := h.courses.Publish(ctx, people.System(), files, c.DryRun, 0)
		return map[string]any{"slug": r.Slug, "revision": r.Revision, "unchanged": r.Unchanged, "lessons": r.Lessons, "items": r.Items,
			"languages": r.Languages, "sha256": fmt.Sprintf("%x", r.SHA256), "dry_run": r.DryRun, "warnings": t.told(r.Warnings)}, err
	})
}

type importPolicy struct {
	Folder string `arg:"" help:"Folder or zip."`
	importFlags
}

// Run publishes the versions of a policy folder that are new.
func (c importPolicy) Run(ctx context.Context, t terminal) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		files, err := archive.Open(c.Folder)
		if err != nil {
			return nil, err
		}
		folder, err := policies.ReadFolder(files)
		if err != nil {
			return nil, err
		}
		list, err := h.policies.PublishFolder(ctx, people.System(), folder, c.DryRun)
		versions := []map[string]any{}
		for _, p := range list {
			versions = append(versions, map[string]any{"code": p.Code, "number": p.Number, "sha256": p.SHA256, "warnings": t.told(p.Warnings)})
		}
		return map[string]any{"published": versions, "dry_run": c.DryRun}, err
	})
}

type importBriefing struct {
	Files []string `arg:"" type:"existingfile" help:"2026-11.zh-Hans.md 2026-11.en.md …"`
	importFlags
}

// Run publishes a briefing.
func (c importBriefing) Run(ctx context.Context, t terminal) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		files := map[i18n.Locale][]byte{}
		for _, name := range c.Files {
			parts := strings.Split(strings.TrimSuffix(filepath.Base(name), ".md"), ".")
			locale := parts[len(parts)-1]
			if !i18n.Valid(locale) {
				return nil, fmt.Errorf("%s: the name must end in .zh-Hans.md, .zh-Hant.md or .en.md", name)
			}
			raw, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			files[i18n.Locale(locale)] = raw
		}
		input, err := briefings.ReadFiles(files)
		if err != nil {
			return nil, err
		}
		input.DryRun = c.DryRun
		r, err := h.briefings.Publish(ctx, people.System(), input)
		return map[string]any{"month": r.Month, "revision": r.Revision, "unchanged": r.Unchanged, "dry_run": r.DryRun, "warnings": t.told(r.Warnings)}, err
	})
}

// told writes warnings with their places.
func (t terminal) told(warnings []errs.Fault) []string {
	list := make([]string, len(warnings))
	for i, w := range warnings {
		list[i] = strings.TrimSpace(w.Place.String() + " " + i18n.Text(t.locale, w.Code, w.Args))
	}
	return list
}

type importComplaints struct {
	File    string `arg:"" type:"existingfile"`
	Profile string `default:"anwen" help:"How the file is read: anwen or cfpb."`
	importFlags
}

// Run imports complaint facts.
func (c importComplaints) Run(ctx context.Context, t terminal) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		raw, err := os.ReadFile(c.File)
		if err != nil {
			return nil, err
		}
		r, err := h.complaints.Import(ctx, people.System(), complaints.ImportInput{FileName: filepath.Base(c.File), Raw: raw, Profile: c.Profile, DryRun: c.DryRun})
		if err != nil {
			return nil, err
		}
		dropped := []map[string]any{}
		for _, d := range r.Dropped {
			dropped = append(dropped, map[string]any{"column": d.Column, "filled": d.Filled})
		}
		preview := []map[string]any{}
		for _, p := range r.Preview {
			preview = append(preview, map[string]any{"reference": p.Reference, "class": p.Class, "received_at": p.ReceivedAt,
				"due_on": p.DueOn.Format(time.DateOnly), "due_at": p.DueAt})
		}
		return leftOut(sheet.LeftOut{Columns: r.Unknown, RowsAbove: r.RowsAbove, Pages: r.OtherPages}, map[string]any{"rows_read": r.RowsRead, "accepted": r.Accepted, "duplicates": r.Duplicates, "created": r.Created, "updated": r.Updated,
			"unchanged": r.Unchanged, "dropped_columns": dropped, "encoding": r.Encoding, "changes": changesOfComplaints(r), "changes_left_off": r.ChangesLeftOff,
			"profile": r.Profile, "beyond_calendar": r.CalendarIncomplete, "dry_run": r.DryRun, "file_alone": r.FileOnly, "preview": preview}), nil
	})
}
