package server_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"anwen/people"
	"anwen/server"
)

// The same walk as of every role, by somebody with a temporary password: only
// the routes at the door answer.
func TestATemporaryPasswordOpensNothingButItsChange(t *testing.T) {
	w, ctx := build(t), context.Background()
	issued, err := w.rooms.People.IssuePassword(ctx, people.System(), w.own.PersonID)
	w.must(err)
	given := issued.Password
	in, err := w.rooms.People.SignIn(ctx, "employee", given, people.Client{})
	w.must(err)
	w.tokens["newcomer"] = in.Token
	door := []string{"GET /me", "PATCH /me", "POST /me/password", "DELETE /session"}
	known := probes(w)
	for _, r := range w.table() {
		key := r.Method + " " + r.Path
		if r.Who.String() == "anyone" || slices.Contains(door, key) {
			continue
		}
		p := known[key]
		status, raw := w.call("newcomer", r.Method, server.Prefix+p.path, p.body)
		if status != http.StatusForbidden || problem(t, raw).Code != "people.password_change_required" {
			t.Errorf("%s: %d %s", key, status, raw)
		}
	}
	status, raw := w.call("newcomer", "POST", server.Prefix+"/me/password", `{"current":"`+given+`","new":"a phrase of my own"}`)
	if status != http.StatusNoContent {
		t.Fatalf("the change: %d %s", status, raw)
	}
	if status, raw := w.call("newcomer", "GET", server.Prefix+"/me/assignments", ""); status != http.StatusOK {
		t.Errorf("after the change: %d %s", status, raw)
	}
}
