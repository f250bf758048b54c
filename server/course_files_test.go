package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anwen/server"
)

func TestAFilmIsServedFromAnywhereInIt(t *testing.T) {
	w := build(t)
	path := server.Prefix + "/courses/rich/files/" + sumOf(film)
	ask := func(sent string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["employee"]})
		if sent != "" {
			r.Header.Set("Range", sent)
		}
		out := httptest.NewRecorder()
		w.web.ServeHTTP(out, r)
		return out
	}
	whole := ask("")
	if whole.Code != http.StatusOK || whole.Body.String() != film || whole.Header().Get("Content-Type") != "video/mp4" || !strings.HasPrefix(whole.Header().Get("Content-Disposition"), "inline") {
		t.Fatalf("%d, %d bytes, %v", whole.Code, whole.Body.Len(), whole.Header())
	}
	part := ask("bytes=100-199")
	if part.Code != http.StatusPartialContent || part.Body.String() != film[100:200] || part.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %q", part.Code, part.Body.String())
	}
}

func TestTheKeyOfAQuestionInALessonNeverLeavesWithIt(t *testing.T) {
	w := build(t)
	before := w.number(`SELECT count(*) FROM attempts`)
	status, page := w.call("employee", http.MethodGet, server.Prefix+"/courses/rich/lessons/1", "")
	if status != http.StatusOK || strings.Contains(page, "secret hint") || strings.Contains(page, "weight") || !strings.Contains(page, `"checks":[{`) {
		t.Errorf("%d %s", status, page)
	}
	var lesson struct{ Checks []asked }
	w.must(json.Unmarshal([]byte(page), &lesson))
	for text, right := range map[string]bool{"48": true, "72": false} {
		choice := lesson.Checks[0].named(t, text)
		status, answer := w.call("employee", http.MethodPost, server.Prefix+"/courses/rich/lessons/1/checks/1", fmt.Sprintf(`{"revision":1,"locale":"en","answer":{"choice":%d}}`, choice))
		if status != http.StatusOK || strings.Contains(answer, `"right":true`) != right {
			t.Errorf("option %s: %d %s", text, status, answer)
		}
	}
	if kept := w.number(`SELECT count(*) FROM attempts`); kept != before {
		t.Errorf("%d attempts came of trying oneself", kept-before)
	}
}
