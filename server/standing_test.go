package server_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"anwen/internal/database"
	"anwen/server"
)

// answer sends a request as the role and returns all of the answer.
func (w *world) answer(role, method, path, body string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if strings.HasPrefix(body, "--") {
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	} else if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if role != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens[role]})
	}
	a := httptest.NewRecorder()
	w.web.ServeHTTP(a, r)
	return a
}

func TestNoLabelOfTheMetricsComesFromACaller(t *testing.T) {
	w := build(t)
	series := func() int {
		return strings.Count(w.answer("", "GET", "/metrics", "").Body.String(), "anwen_http_request_seconds_count")
	}
	w.answer("", "BREW", "/api/v1/coffee", "")
	w.answer("", "GET", "/api/v1/coffee", "")
	w.answer("", "GET", "/coffee", "")
	before := series()
	for n := range 50 {
		for _, method := range []string{fmt.Sprint("BREW", n), "GET", "POST"} {
			w.answer("", method, fmt.Sprint("/api/v1/coffee/", n), "")
			w.answer("", method, fmt.Sprint("/coffee/", n), "")
			w.answer("", method, fmt.Sprint("/verify/", n), "")
		}
	}
	text := w.answer("", "GET", "/metrics", "").Body.String()
	if after := series(); after > before+4 {
		t.Errorf("%d series became %d", before, after)
	}
	for _, want := range []string{`method="other",route="other"`, `method="GET",route="other"`, `method="GET",route="client"`, `route="/verify/:serial"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "BREW") || strings.Contains(text, "coffee") {
		t.Error("what a caller made up is a label")
	}
}

// storableAnswers are the answers that a browser may keep: they are the same for everybody.
var storableAnswers = []string{"GET /courses/{slug}/lessons/{n}", "GET /courses/{slug}/images/{sha}", "GET /courses/{slug}/files/{sha}",
	"GET /pictures/{sha}", "GET /manuscripts/{slug}/images/{sha}"}

func TestNothingPersonalIsStored(t *testing.T) {
	w := build(t)
	known := probes(w)
	for _, r := range w.table() {
		key := r.Method + " " + r.Path
		p := known[key]
		for _, role := range []string{"", "head"} {
			w.must(w.db.SavePoint("probe").Error)
			a := w.answer(role, r.Method, server.Prefix+p.path, p.body)
			w.must(w.db.RollbackTo("probe").Error)
			if kept := slices.Contains(storableAnswers, key) && a.Code == http.StatusOK; !kept && a.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s as %q: %d with %q", key, role, a.Code, a.Header().Get("Cache-Control"))
			}
			if a.Header().Get("Strict-Transport-Security") != "" {
				t.Errorf("%s asks for https where people come by http", key)
			}
		}
	}
	s := server.New(w.rooms, server.Config{Now: func() time.Time { return w.now }, HTTPS: true})
	for _, path := range []string{"/", "/api/v1/about", "/api/v1/me", "/verify/x"} {
		a := httptest.NewRecorder()
		s.ServeHTTP(a, httptest.NewRequest(http.MethodGet, path, nil))
		if a.Header().Get("Strict-Transport-Security") != "max-age=31536000" {
			t.Errorf("%s: %v", path, a.Header())
		}
	}
}

func TestARefusedActIsInTheAuditLog(t *testing.T) {
	w := build(t)
	draft := "/policy-drafts"
	for _, c := range []struct {
		role, method, path, body string
		status, events           int
	}{
		{"employee", "GET", "/people", "", 403, 1},
		{"employee", "GET", "/people", "", 403, 0}, // the same again
		{"administrator", "POST", fmt.Sprint("/people/", w.learner.PersonID, "/password"), "", 404, 1},
		{"administrator", "GET", fmt.Sprint("/people/", w.learner.PersonID, "/roles"), "", 404, 0},
		{"hr", "GET", "/records/certifications?format=csv", "", 200, 0},
		{"employee", "POST", draft, `{`, 403, 1},
		{"author", "POST", draft, `{`, 400, 0},
		{"employee", "GET", "/manuscripts/a%00b", "", 403, 1}, // no column takes a NUL, and the refusal is told as it was sent
	} {
		before := w.number(`SELECT count(*) FROM audit_events WHERE action = 'people.act_refused'`)
		status, raw := w.call(c.role, c.method, server.Prefix+c.path, c.body)
		after := w.number(`SELECT count(*) FROM audit_events WHERE action = 'people.act_refused'`)
		if status != c.status || int(after-before) != c.events {
			t.Errorf("%s %s as %s: %d with %d events %.100s", c.method, c.path, c.role, status, after-before, raw)
		}
	}
	if n := w.number(`SELECT count(*) FROM audit_events WHERE action = 'people.act_refused' AND actor_id = ? AND subject = 'route:GET /people'
		AND data->>'login' = 'employee' AND data->>'address' = '192.0.2.1' AND data->>'reason' = 'people.forbidden'`, w.own.PersonID); n != 1 {
		t.Errorf("%d events say who asked for what, from where, and why not", n)
	}
	if n := w.number(`SELECT count(*) FROM audit_events WHERE action = 'people.act_refused' AND data->>'path' = '/api/v1/manuscripts/a%00b'`); n != 1 {
		t.Errorf("%d events tell of the path with a NUL", n)
	}
}

func TestASignInMakesTheDeviceKnown(t *testing.T) {
	w := build(t)
	in := w.answer("", "POST", server.Prefix+"/session", `{"login":"hr","password":"`+password+`"}`).Result()
	device := slices.IndexFunc(in.Cookies(), func(c *http.Cookie) bool { return c.Name == "__Host-anwen-device" })
	if len(in.Cookies()) != 2 || device < 0 {
		t.Fatalf("%v", in.Cookies())
	}
	cookie := in.Cookies()[device]
	if !cookie.HttpOnly || !cookie.Secure || cookie.Path != "/" || cookie.MaxAge < 100*24*3600 {
		t.Errorf("%+v", cookie)
	}
	for range 5 {
		w.answer("", "POST", server.Prefix+"/session", `{"login":"hr","password":"wrong"}`)
	}
	for known, want := range map[bool]int{false: http.StatusTooManyRequests, true: http.StatusOK} {
		r := httptest.NewRequest(http.MethodPost, server.Prefix+"/session", strings.NewReader(`{"login":"hr","password":"`+password+`"}`))
		r.Header.Set("Content-Type", "application/json")
		if known {
			r.AddCookie(cookie)
		}
		a := httptest.NewRecorder()
		w.web.ServeHTTP(a, r)
		if a.Code != want || want == http.StatusTooManyRequests && a.Header().Get("Retry-After") == "" {
			t.Errorf("known %v: %d %s", known, a.Code, a.Body)
		}
	}
}

// Whatever becomes of an upload, nothing of it stays in the temporary folder.
func TestAnUploadLeavesNothingBehind(t *testing.T) {
	w := build(t)
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	large := strings.Repeat("x", 12<<20)
	onDisk := humagin.MultipartMaxMemory
	t.Cleanup(func() { humagin.MultipartMaxMemory = onDisk })
	for _, memory := range []int64{1 << 10, onDisk} {
		humagin.MultipartMaxMemory = memory
		for name, c := range map[string]struct{ role, path, body string }{
			"refused by its room":         {"complaint_desk", "/complaints/imports", form(large)},
			"of a kind that is not taken": {"author", "/banks/general/pictures", form(large[:7<<20])},
			"broken off":                  {"complaint_desk", "/complaints/imports", form(large)[:6<<20]},
			"with a part too much":        {"author", "/courses", form(large, "dry_run", "perhaps")},
			"that nobody may send":        {"employee", "/complaints/imports", form(large)},
		} {
			status, raw := w.apart(c.role, "POST", c.path, c.body)
			if status < 400 || status >= 500 {
				t.Errorf("%s: %d %.200s", name, status, raw)
			}
			if left := filesIn(t, folder); len(left) > 0 {
				t.Errorf("%s, %d bytes in memory: %v stay", name, memory, left)
			}
		}
	}
	// With what the program keeps in memory, a sheet needs no temporary folder at all.
	t.Setenv("TMPDIR", filepath.Join(folder, "none"))
	if status, raw := w.apart("complaint_desk", "POST", "/complaints/imports", form("reference,class,unit,received_at\nC-NEW,general,A,2026-10-20 09:00\n"+strings.Repeat(",,,\n", 3<<20))); status == http.StatusInternalServerError {
		t.Errorf("a sheet was written to the disk: %d %.200s", status, raw)
	}
}

func filesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhoWaitsForAConnectionIsToldToComeBack(t *testing.T) {
	w := buildApart(t)
	w.answer("hr", "GET", server.Prefix+"/me", "")
	var held []*pgxpool.Conn
	for range w.db.PGX().Config().MaxConns {
		c, err := w.db.PGX().Acquire(context.Background())
		w.must(err)
		held = append(held, c)
	}
	for _, path := range []string{server.Prefix + "/me", server.Prefix + "/courses", server.Prefix + "/records/certifications?format=csv", "/readyz"} {
		a := w.answer("hr", "GET", path, "")
		if a.Code != http.StatusServiceUnavailable || path != "/readyz" && (a.Header().Get("Retry-After") == "" || problem(t, a.Body.String()).Code != "api.unavailable") {
			t.Errorf("%s: %d %v %s", path, a.Code, a.Header(), a.Body)
		}
	}
	for _, c := range held {
		c.Release()
	}
	if a := w.answer("hr", "GET", "/readyz", ""); a.Code != http.StatusOK {
		t.Errorf("afterwards: %d %s", a.Code, a.Body)
	}
}

func TestWhatIsNotKnownToBeUnchangedIsNotSaidToBe(t *testing.T) {
	away, broken := &pgconn.PgError{Code: "53100"}, errors.New("broken")
	asked := database.WithRequest(context.Background(), time.Second)
	changed := database.WithRequest(context.Background(), time.Second)
	database.NoteChange(changed)
	for _, c := range []struct {
		ctx  context.Context
		err  error
		code string
	}{
		{asked, away, "api.unavailable"},
		{changed, away, "api.unavailable_unsure"},
		{asked, broken, "api.internal"},
		{changed, broken, "api.internal_unsure"},
		{context.Background(), broken, "api.internal_unsure"}, // nobody knows
	} {
		if p := server.ProblemOf(c.ctx, c.err); p.Code != c.code || strings.Contains(p.Detail, "broken") {
			t.Errorf("%v: %s, want %s", c.err, p.Code, c.code)
		}
	}
}
