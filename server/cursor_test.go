package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"anwen/internal/cursor"
	"anwen/server"
)

// Every list takes cursors that it wrote itself, and no other.
func TestEveryListRefusesAForeignCursor(t *testing.T) {
	w := build(t)
	_, document := w.call("head", "GET", "/api/openapi.json", "")
	var api struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	w.must(json.Unmarshal([]byte(document), &api))
	addresses := map[string]string{"/complaints": "/complaints", "/people": "/people", "/policies": "/policies", "/audit/events": "/audit/events",
		"/performance/scores": "/performance/scores?period=2026-Q4", "/records/certifications": "/records/certifications", "/quizzes/{id}/attempts": fmt.Sprintf("/quizzes/%d/attempts", w.quiz),
		"/banks/{code}/items": "/banks/" + w.bank + "/items", "/policies/{code}/versions/{n}/acknowledgements": "/policies/POL-1/versions/1/acknowledgements"}
	found := 0
	for path, methods := range api.Paths {
		path = strings.TrimPrefix(path, server.Prefix)
		if !slices.ContainsFunc(methods["get"].Parameters, func(p struct{ Name string }) bool { return p.Name == "cursor" }) {
			continue
		}
		found++
		address, ok := addresses[path]
		if !ok {
			t.Errorf("the list at %s takes a cursor and is not asked here", path)
			continue
		}
		with := "?"
		if strings.Contains(address, "?") {
			with = "&"
		}
		for _, foreign := range []string{"P00001", "17", "1-1", cursor.After("another list", "P00001"), cursor.After("another list", int64(1))} {
			status, raw := w.call("head", "GET", server.Prefix+address+with+"cursor="+foreign, "")
			if status != http.StatusUnprocessableEntity || !strings.Contains(raw, "api.unknown_cursor") {
				t.Errorf("%s after %s: %d %s", path, foreign, status, raw)
			}
		}
	}
	if found != len(addresses) {
		t.Errorf("%d lists take a cursor, and %d are asked", found, len(addresses))
	}
}
