package server_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func TestABodyComesInACodingThatIsAccepted(t *testing.T) {
	w := build(t)
	compressed := fstest.MapFS{"index.html": {Data: []byte("plain")}, "index.html.br": {Data: []byte("brotli")}, "index.html.gz": {Data: []byte("gzipped")}}
	for accepted, c := range map[string]struct{ made, file string }{
		"":                               {"", ""},
		"gzip":                           {"gzip", "gzip"},
		"gzip, deflate, br":              {"gzip", "br"},
		"GZIP;q=0.5":                     {"gzip", "gzip"},
		"gzip;q=0":                       {"", ""},
		"gzip; q=0.000, br;q=0":          {"", ""},
		"br;q=0, *":                      {"gzip", "gzip"},
		"*;q=0":                          {"", ""},
		"*;q=0, gzip;q=1":                {"gzip", "gzip"},
		"gzip;q=nothing":                 {"", ""},
		"x-gzip-no, brr, identity;q=0.5": {"", ""},
	} {
		set := func(r *http.Request) { r.Header.Set("Accept-Encoding", accepted) }
		page := w.visit("employee", firstLesson, set)
		if got := page.Header().Get("Content-Encoding"); got != c.made {
			t.Errorf("%q: a page in %q", accepted, got)
		}
		if c.made == "gzip" {
			z, err := gzip.NewReader(page.Body)
			w.must(err)
			if raw, err := io.ReadAll(z); err != nil || !strings.Contains(string(raw), "</html>") {
				t.Errorf("%q: %v", accepted, err)
			}
		}
		if got := w.browse(compressed, http.MethodGet, "", "/desk", set).Header().Get("Content-Encoding"); got != c.file {
			t.Errorf("%q: a file in %q", accepted, got)
		}
	}
}

// HEAD tells of every address outside the API what GET would.
func TestHeadTellsWhatGetWould(t *testing.T) {
	w := build(t)
	for _, path := range []string{"/", "/sign-in", firstLesson, "/desk", "/assets/index.js", "/assets/gone.js", "/verify/" + w.serial, "/verify", "/healthz", "/api/openapi.json"} {
		for _, c := range [][2]string{{"", ""}, {"", "gzip"}, {"employee", ""}, {"employee", "gzip"}} {
			role, accepted := c[0], c[1]
			set := func(r *http.Request) { r.Header.Set("Accept-Encoding", accepted) }
			full, head := w.browse(built, http.MethodGet, role, path, set), w.browse(built, http.MethodHead, role, path, set)
			if full.Code != head.Code {
				t.Errorf("%s: %d and %d", path, full.Code, head.Code)
			}
			told := []string{"Content-Type", "Content-Encoding", "Cache-Control", "Vary"}
			if accepted == "" {
				told = append(told, "Content-Length") // a refusal has a number of its own, which is compressed to another length
			}
			for _, name := range told {
				if full.Header().Get(name) != head.Header().Get(name) {
					t.Errorf("%s of %s as %q: %q and %q", name, path, role, full.Header().Get(name), head.Header().Get(name))
				}
			}
		}
	}
}
