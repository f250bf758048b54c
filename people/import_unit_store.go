package people

import (
	"encoding/json"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// importUnits makes the units that the file describes and nobody knows yet.
func importUnitsTx(tx database.Tx, reach Reach, rows []staffRow, report *ImportReport, faults *errs.Faults) (map[string]Unit, error) {
	var existing []Unit
	if err := tx.Raw(`SELECT id, code, path FROM units`).Scan(&existing).Error; err != nil {
		return nil, err
	}
	units := make(map[string]Unit, len(existing))
	for _, u := range existing {
		units[u.Code] = u
	}
	fresh := map[string]staffRow{}
	var order []string
	for _, r := range rows {
		if _, there := units[r.UnitCode]; there {
			continue
		}
		first, seen := fresh[r.UnitCode]
		if !seen {
			fresh[r.UnitCode] = r
			order = append(order, r.UnitCode)
			if r.UnitName == "" {
				faults.Add(errs.Place{Line: r.line}, "people.unit_name_missing", errs.Args{"code": r.UnitCode})
			}
			continue
		}
		if (r.UnitName != "" && r.UnitName != first.UnitName) || (r.ParentUnit != "" && r.ParentUnit != first.ParentUnit) {
			faults.Add(errs.Place{Line: r.line}, "people.unit_mismatch", errs.Args{"code": r.UnitCode, "row": first.line})
		}
	}
	var make func(code string, depth int) bool
	var failure error
	make = func(code string, depth int) bool {
		if _, there := units[code]; there {
			return true
		}
		r, described := fresh[code]
		if !described || depth > len(fresh) || failure != nil {
			return false
		}
		var parent *int64
		path := "/"
		if r.ParentUnit != "" {
			if !make(r.ParentUnit, depth+1) {
				return false
			}
			id := units[r.ParentUnit].ID
			parent, path = &id, units[r.ParentUnit].Path
		}
		u, err := insertUnitTx(tx, r, parent, path)
		if err != nil {
			failure = err
			return false
		}
		units[code] = u
		report.UnitsCreated++
		return true
	}
	for _, code := range order {
		if !make(code, 0) && failure == nil {
			faults.Add(errs.Place{Line: fresh[code].line}, "people.unknown_parent_unit", errs.Args{"code": fresh[code].ParentUnit})
		}
	}
	for _, r := range rows {
		if u, there := units[r.UnitCode]; there && !reach.Covers(u.Path) {
			faults.Add(errs.Place{Line: r.line}, "people.outside_reach", errs.Args{"code": r.UnitCode})
		}
	}
	return units, failure
}

func insertUnitTx(tx database.Tx, r staffRow, parent *int64, parentPath string) (Unit, error) {
	names := i18n.Texts{i18n.Hans: r.UnitName}
	if r.UnitNameHant != "" {
		names[i18n.Hant] = r.UnitNameHant
	}
	if r.UnitNameEn != "" {
		names[i18n.English] = r.UnitNameEn
	}
	raw, err := json.Marshal(names)
	if err != nil {
		return Unit{}, err
	}
	u := Unit{Code: r.UnitCode}
	err = tx.Raw(`WITH fresh AS (SELECT nextval(pg_get_serial_sequence('units', 'id')) AS id)
		INSERT INTO units (id, code, names, parent_id, path) OVERRIDING SYSTEM VALUE
		SELECT id, ?, ?::jsonb, ?, ?::text || id || '/' FROM fresh RETURNING id, path`,
		r.UnitCode, string(raw), parent, parentPath).Row().Scan(&u.ID, &u.Path)
	return u, err
}
