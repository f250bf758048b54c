package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/identifier"
)

// planUnitsTx finds the units that the file describes and nobody knows yet, parents
// first, and returns them with every unit by its code: what is fresh has no id yet, and
// below the path of its parent a path of no unit. A unit has one fault, however many
// rows name it, at the cell that is wrong; what stands below it has none for that.
func planUnitsTx(ctx context.Context, tx database.Tx, reach Reach, file staffFile, report *ImportReport, faults *errs.Faults) (units map[string]Unit, fresh []staffRow, err error) {
	existing, err := listUnits(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	units = make(map[string]Unit, len(existing))
	for _, u := range existing {
		units[u.Code] = u
	}
	report.UnitsKept = keptUnits(file.rows, units, existing)
	for _, r := range file.rows {
		if u, there := units[r.UnitCode]; there && !reach.Covers(u.Path) {
			faults.Add(file.place(r, "unit_code"), "people.outside_reach", nil)
		}
	}
	described := file.describedUnits(units, faults)
	file.noteUnnamedUnits(described, existing, reach, faults)
	sorted, orphans := parentsFirst(described, units)
	for _, r := range orphans {
		if r.sound("unit_code") && r.sound("parent_unit_code") {
			faults.Add(file.parentPlace(r), "people.unknown_parent_unit", errs.Args{"code": r.ParentUnit})
		}
	}
	for _, r := range sorted {
		parent, there := units[r.ParentUnit]
		if !r.sound("unit_code") || !r.sound("parent_unit_code") || r.ParentUnit != "" && !there {
			continue // it has a fault, or its parent has
		}
		u := Unit{Code: r.UnitCode, Names: r.unitNames(), Path: cmp.Or(parent.Path, "/") + "new/"}
		if !reach.Covers(u.Path) {
			faults.Add(file.parentPlace(r), "people.outside_reach", nil)
			continue
		}
		units[r.UnitCode] = u
		fresh = append(fresh, r)
	}
	return units, fresh, nil
}

// parentPlace is the cell that says below which unit a described one stands; where none
// does, the cell that names it.
func (f staffFile) parentPlace(unit staffRow) errs.Place {
	if unit.ParentUnit == "" {
		return f.place(unit, "unit_code")
	}
	unit.line = unit.parentLine
	return f.place(unit, "parent_unit_code")
}

// makeUnitsTx writes the fresh units, whose parents are among the units or stand before
// them, and notes what became of each.
func makeUnitsTx(ctx context.Context, tx database.Tx, fresh []staffRow, units map[string]Unit) error {
	for _, r := range fresh {
		u, parentPath := units[r.UnitCode], "/"
		if r.ParentUnit != "" {
			parent := units[r.ParentUnit]
			u.ParentID, parentPath = &parent.ID, parent.Path
		}
		u, err := insertUnitTx(ctx, tx, u, parentPath)
		if err != nil {
			return fmt.Errorf("make unit %s: %w", r.UnitCode, err)
		}
		units[u.Code] = u
	}
	return nil
}

// describedUnits are the units that nobody knows, in the order of the file: the first
// row of each, with the name and the parent that the first row which has one gives. It
// is pure.
func (f staffFile) describedUnits(known map[string]Unit, faults *errs.Faults) []staffRow {
	var described []staffRow
	at := map[string]int{} // in described, by code
	for _, r := range f.rows {
		if _, there := known[r.UnitCode]; there || r.UnitCode == "" {
			continue
		}
		i, seen := at[r.UnitCode]
		if !seen {
			at[r.UnitCode] = len(described)
			r.parentLine = r.line
			described = append(described, r)
			continue
		}
		first := &described[i]
		for _, cell := range []struct {
			field       string
			said, first *string
		}{{"unit_name", &r.UnitName, &first.UnitName}, {"parent_unit_code", &r.ParentUnit, &first.ParentUnit}} {
			switch {
			case !r.sound(cell.field):
				first.faulty = append(slices.Clip(first.faulty), cell.field)
			case *cell.first == "" && *cell.said != "":
				*cell.first = *cell.said
				if cell.field == "parent_unit_code" {
					first.parentLine = r.line
				}
			case *cell.said != "" && *cell.said != *cell.first:
				faults.Add(f.place(r, cell.field), "people.unit_mismatch", errs.Args{"code": r.UnitCode, "row": first.line})
			}
		}
	}
	return described
}

// noteUnnamedUnits notes the described units that are none: those whose code differs only
// in capitals from that of a unit that there is, which it names if the actor reaches it, or
// of one before it in the file, and those without a name. Their code has a fault from then
// on. It is pure.
func (f staffFile) noteUnnamedUnits(described []staffRow, existing []Unit, reach Reach, faults *errs.Faults) {
	alike := make(map[string]Unit, len(existing)+len(described))
	for _, u := range existing {
		alike[identifier.Key(u.Code)] = u
	}
	for i, r := range described {
		other, there := alike[identifier.Key(r.UnitCode)]
		switch {
		case there && other.ID != 0 && !reach.Covers(other.Path):
			faults.Add(f.place(r, "unit_code"), "people.outside_reach", nil)
		case there:
			faults.Add(f.place(r, "unit_code"), "people.unit_alike", errs.Args{"code": other.Code})
		case r.UnitName == "" && r.sound("unit_name"):
			faults.Add(f.place(r, "unit_code"), "people.unit_name_missing", errs.Args{"code": r.UnitCode})
		}
		if !there {
			alike[identifier.Key(r.UnitCode)] = Unit{Code: r.UnitCode}
		}
		if there || r.UnitName == "" {
			described[i].faulty = append(slices.Clip(r.faulty), "unit_code")
		}
	}
}

// keptUnits are the units that the file gives another name or parent than they have:
// an import makes units, and changes none. It is pure.
func keptUnits(rows []staffRow, units map[string]Unit, list []Unit) []KeptUnit {
	codes := make(map[int64]string, len(list))
	for _, u := range list {
		codes[u.ID] = u.Code
	}
	type said struct{ code, field, value string }
	seen := map[said]bool{}
	var kept []KeptUnit
	note := func(code, field, stored, inFile string) {
		if key := (said{code, field, inFile}); inFile != "" && inFile != stored && !seen[key] {
			seen[key] = true
			kept = append(kept, KeptUnit{code, field, stored, inFile})
		}
	}
	for _, r := range rows {
		u, there := units[r.UnitCode]
		if !there {
			continue
		}
		parent := ""
		if u.ParentID != nil {
			parent = codes[*u.ParentID]
		}
		note(u.Code, "unit_name", u.Names[i18n.Hans], r.UnitName)
		note(u.Code, "unit_name_zh_hant", u.Names[i18n.Hant], r.UnitNameHant)
		note(u.Code, "unit_name_en", u.Names[i18n.English], r.UnitNameEn)
		note(u.Code, "parent_unit_code", parent, r.ParentUnit)
	}
	return kept
}

// parentsFirst sorts the described units so that each follows its parent. Orphans
// have, at some height, a parent that nobody knows, or themselves. It is pure.
func parentsFirst(described []staffRow, known map[string]Unit) (sorted, orphans []staffRow) {
	byCode := make(map[string]staffRow, len(described))
	for _, r := range described {
		byCode[r.UnitCode] = r
	}
	placed := map[string]bool{} // false while the unit waits for its parent, and for ever when there is none
	var place func(code string) bool
	place = func(code string) bool {
		if _, there := known[code]; there {
			return true
		}
		if is, seen := placed[code]; seen {
			return is
		}
		r, there := byCode[code]
		if !there {
			return false
		}
		placed[code] = false
		if r.ParentUnit != "" && !place(r.ParentUnit) {
			return false
		}
		placed[code] = true
		sorted = append(sorted, r)
		return true
	}
	for _, r := range described {
		if !place(r.UnitCode) {
			orphans = append(orphans, r)
		}
	}
	return sorted, orphans
}

// unitNames are the names that the row gives its unit.
func (r staffRow) unitNames() i18n.Texts {
	names := i18n.Texts{i18n.Hans: r.UnitName}
	if r.UnitNameHant != "" {
		names[i18n.Hant] = r.UnitNameHant
	}
	if r.UnitNameEn != "" {
		names[i18n.English] = r.UnitNameEn
	}
	return names
}
