package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anwen/server"
)

// What keeps a browser from running, framing or guessing what it should not stands at
// every answer, whoever made it.
func TestEveryAnswerTellsBrowsersWhatTheyMayNot(t *testing.T) {
	w := build(t)
	for _, path := range []string{"/", "/healthz", "/verify/x", "/nothing/here", server.Prefix + "/about", server.Prefix + "/me", server.Prefix + "/nothing"} {
		h := w.answer("", "GET", path, "").Header()
		for name, want := range map[string]string{"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()"} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
		if policy := h.Get("Content-Security-Policy"); strings.Contains(policy, "script-src 'self' 'unsafe") || !strings.Contains(policy, "default-src 'self'") {
			t.Errorf("%s: %s", path, policy)
		}
	}
}

// The number of a request is what the audit log knows it by: the caller does not choose it.
func TestACallerDoesNotChooseTheNumberOfARequest(t *testing.T) {
	w := build(t)
	r := httptest.NewRequest("GET", server.Prefix+"/about", nil)
	r.Header.Set("X-Request-Id", "chosen")
	a := httptest.NewRecorder()
	w.web.ServeHTTP(a, r)
	if id := a.Header().Get("X-Request-Id"); id == "" || strings.Contains(id, "chosen") {
		t.Errorf("the request is called %q", id)
	}
}

// Nor is a refusal stored that is given before any route is looked for.
func TestTheRefusalOfAnotherSiteIsStoredNowhere(t *testing.T) {
	w := build(t)
	r := httptest.NewRequest("DELETE", server.Prefix+"/session", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	a := httptest.NewRecorder()
	w.web.ServeHTTP(a, r)
	if a.Code != http.StatusForbidden || a.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d with %q", a.Code, a.Header().Get("Cache-Control"))
	}
}
