package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"anwen/server"
)

// narrowed are the routes that take a unit, by the description of the API, with every
// form in which they answer.
func (w *world) narrowed() map[string][]string {
	_, raw := w.call("head", "GET", "/api/openapi.json", "")
	var api description
	w.must(json.Unmarshal([]byte(raw), &api))
	forms := map[string][]string{}
	for path, methods := range api.Paths {
		for method, op := range methods {
			takes := func(name string) bool {
				return slices.ContainsFunc(op.Parameters, func(p struct {
					Name, In string
					Schema   schema
				}) bool {
					return p.In == "query" && p.Name == name
				})
			}
			if !takes("unit") {
				continue
			}
			key := strings.ToUpper(method) + " " + strings.TrimPrefix(path, server.Prefix)
			forms[key] = []string{""}
			if takes("format") {
				forms[key] = append(forms[key], "&format=csv", "&format=xlsx")
			}
			if takes("all") {
				forms[key] = append(forms[key], "&all=true")
			}
		}
	}
	return forms
}

// A unit out of reach is not found, as one that does not exist: never an empty list.
func TestAUnitOutOfReachIsNotFoundByEveryRouteThatTakesOne(t *testing.T) {
	w := build(t)
	known, asked := probes(w), 0
	narrowed := w.narrowed()
	if len(narrowed) < 6 {
		t.Fatalf("only %d routes take a unit", len(narrowed))
	}
	for _, r := range w.table() {
		for _, form := range narrowed[r.Method+" "+r.Path] {
			for _, role := range roleNames {
				if !slices.Contains(strings.Split(r.Who.String(), ", "), role) {
					continue
				}
				asked++
				w.askForUnits(t, role, r.Method, known[r.Method+" "+r.Path].path, form)
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d questions were asked", asked)
	}
}

// askForUnits asks one form of a list for units here, there and nowhere.
func (w *world) askForUnits(t *testing.T, role, method, path, form string) {
	t.Helper()
	for unit, found := range map[string]bool{"A": true, "\uff21": true, "B": false, "NONE": false} { // U+FF21 is a wide A
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		target := path + separator + "unit=" + escape(unit) + form
		status, raw := w.apart(role, method, target, "")
		switch {
		case found && status != http.StatusOK:
			t.Errorf("%s %s: %d %.200q, want an answer", role, target, status, raw)
		case !found && (status != http.StatusNotFound || problem(t, raw).Code != "people.unit_not_found"):
			t.Errorf("%s %s: %d %.200q, want not found", role, target, status, raw)
		}
	}
}

// A code is read as it was meant, and the list is the one of the unit that it names.
func TestAWideCodeNarrowsToTheUnitThatItNames(t *testing.T) {
	w := build(t)
	for _, path := range []string{"/people?", "/complaints?", "/records/certifications?", "/performance/scores?period=2026-Q4&"} {
		_, plain := w.apart("head", "GET", path+"unit=B", "")
		_, wide := w.apart("head", "GET", path+"unit="+escape("\uff22"), "")
		if !strings.Contains(plain, "THERE") || without(wide) != without(plain) {
			t.Errorf("%s: %s\n%s", path, plain, wide)
		}
	}
}

// without leaves out when a list was made.
func without(raw string) string {
	before, _, _ := strings.Cut(raw, `"as_of":"`)
	_, after, _ := strings.Cut(raw, `"items"`)
	return before + after
}
