package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// importUnitsTx makes the units that the file describes and nobody knows yet, and
// returns every unit by its code.
func importUnitsTx(ctx context.Context, tx database.Tx, reach Reach, rows []staffRow, report *ImportReport, faults *errs.Faults) (map[string]Unit, error) {
	existing, err := listUnits(ctx, tx)
	if err != nil {
		return nil, err
	}
	units := make(map[string]Unit, len(existing))
	for _, u := range existing {
		units[u.Code] = u
	}
	described := describedUnits(rows, units, faults)
	sorted, orphans := parentsFirst(described, units)
	for _, r := range orphans {
		faults.Add(errs.Place{Line: r.line}, "people.unknown_parent_unit", errs.Args{"code": r.ParentUnit})
	}
	for _, r := range sorted {
		u, parentPath := Unit{Code: r.UnitCode, Names: r.unitNames()}, "/"
		if parent, there := units[r.ParentUnit]; there {
			u.ParentID, parentPath = &parent.ID, parent.Path
		}
		if u, err = insertUnitTx(ctx, tx, u, parentPath); err != nil {
			return nil, fmt.Errorf("make unit %s: %w", r.UnitCode, err)
		}
		units[u.Code] = u
		report.UnitsCreated++
	}
	for _, r := range rows {
		if u, there := units[r.UnitCode]; there && !reach.Covers(u.Path) {
			faults.Add(errs.Place{Line: r.line}, "people.outside_reach", errs.Args{"code": r.UnitCode})
		}
	}
	return units, nil
}

// describedUnits are the first rows of the units that nobody knows, in the order of
// the file. It is pure.
func describedUnits(rows []staffRow, known map[string]Unit, faults *errs.Faults) []staffRow {
	var described []staffRow
	at := map[string]int{} // in described, by code
	for _, r := range rows {
		if _, there := known[r.UnitCode]; there {
			continue
		}
		i, seen := at[r.UnitCode]
		if !seen {
			at[r.UnitCode] = len(described)
			described = append(described, r)
			if r.UnitName == "" {
				faults.Add(errs.Place{Line: r.line}, "people.unit_name_missing", errs.Args{"code": r.UnitCode})
			}
			continue
		}
		first := described[i]
		if (r.UnitName != "" && r.UnitName != first.UnitName) || (r.ParentUnit != "" && r.ParentUnit != first.ParentUnit) {
			faults.Add(errs.Place{Line: r.line}, "people.unit_mismatch", errs.Args{"code": r.UnitCode, "row": first.line})
		}
	}
	return described
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
