package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"anwen/complaints"
	"anwen/internal/sheet"
	"anwen/people"
)

// fieldChange is a field before and after, as an import reports it.
type fieldChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// reportOfPeople is what a staff file did, or would do.
func reportOfPeople(r people.ImportReport) map[string]any {
	type change struct {
		EmployeeNo string            `json:"employee_no"`
		Name       string            `json:"name"`
		Line       int               `json:"line"`
		Kind       people.ChangeKind `json:"kind"`
		Fields     []fieldChange     `json:"fields"`
	}
	changes := []change{}
	for _, c := range r.Changes {
		v := change{c.EmployeeNo, c.Name, c.Line, c.Kind, []fieldChange{}}
		for _, f := range c.Fields {
			v.Fields = append(v.Fields, fieldChange(f))
		}
		changes = append(changes, v)
	}
	kept := []map[string]string{}
	for _, u := range r.UnitsKept {
		kept = append(kept, map[string]string{"code": u.Code, "field": u.Field, "stored": u.Stored, "in_file": u.InFile})
	}
	return leftOut(r.LeftOut, map[string]any{"rows_read": r.RowsRead, "created": r.Created, "updated": r.Updated, "unchanged": r.Unchanged,
		"units_created": r.UnitsCreated, "units_kept": kept, "encoding": r.Encoding, "dry_run": r.DryRun, "changes": changes, "changes_left_off": r.ChangesLeftOff})
}

// changesOfComplaints is what a file of facts changed, or would change.
func changesOfComplaints(r complaints.ImportReport) any {
	type change struct {
		Reference string        `json:"reference"`
		Line      int           `json:"line"`
		Fields    []fieldChange `json:"fields"`
	}
	changes := []change{}
	for _, c := range r.Changes {
		v := change{c.Reference, c.Line, []fieldChange{}}
		for _, f := range c.Fields {
			v.Fields = append(v.Fields, fieldChange(f))
		}
		changes = append(changes, v)
	}
	return changes
}

// leftOut adds what of a file was not read to its report.
func leftOut(l sheet.LeftOut, report map[string]any) map[string]any {
	report["unknown_columns"] = append([]string{}, l.Columns...)
	report["rows_above"] = append([]string{}, l.RowsAbove...)
	report["other_sheets"] = append([]string{}, l.Pages...)
	return report
}

// printReport prints the fields of a report, a list of things one to a line.
func printReport(t terminal, report any) error {
	raw, err := json.Marshal(report)
	if err != nil {
		return err
	}
	fields := map[string]any{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for _, key := range sortedKeys(fields) {
		list, is := fields[key].([]any)
		if !is || len(list) == 0 {
			fmt.Fprintf(t.out, "%-18s %v\n", key, fields[key])
			continue
		}
		fmt.Fprintf(t.out, "%s\n", key)
		for _, v := range list {
			fmt.Fprintf(t.out, "    %s\n", entry(v))
		}
	}
	return nil
}

// entry is a thing of a list on one line: AH0001 王芳 … status: left → active.
func entry(v any) string {
	thing, is := v.(map[string]any)
	if !is {
		return fmt.Sprint(v)
	}
	var parts []string
	for _, key := range sortedKeys(thing) {
		if key != "fields" {
			parts = append(parts, fmt.Sprintf("%s=%v", key, thing[key]))
		}
	}
	changes, _ := thing["fields"].([]any)
	for _, c := range changes {
		if f, is := c.(map[string]any); is {
			parts = append(parts, fmt.Sprintf("%v: %v → %v", f["field"], f["before"], f["after"]))
		}
	}
	return strings.Join(parts, "  ")
}
