package server_test

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"anwen/internal/errs"
	"anwen/server"
)

// downloading is a server whose only answer is the download that write writes.
func downloading(t *testing.T, name string, write func(io.Writer) error) string {
	t.Helper()
	downloads := server.NewDownloads(t.TempDir(), 1, time.Minute)
	return serving(t, func(c *gin.Context) {
		downloads.Send(c.Request.Context(), 1, name, "text/csv", write).Body(humagin.NewContext(&huma.Operation{}, c))
	})
}

// serving is the address of a server with one handler.
func serving(t *testing.T, handle gin.HandlerFunc) string {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(server.RecoverPanics)
	engine.GET("/", handle)
	web := httptest.NewUnstartedServer(engine)
	web.Config.ErrorLog = nil
	web.Start()
	t.Cleanup(web.Close)
	return web.URL
}

func TestADownloadIsWholeOrAProblem(t *testing.T) {
	rows := func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("a,b\n", 3000))
		return err
	}
	for name, c := range map[string]struct {
		write  func(io.Writer) error
		status int
		whole  bool
		begins string
	}{
		"whole":                   {rows, http.StatusOK, true, "a,b\n"},
		"an empty file":           {func(io.Writer) error { return nil }, http.StatusOK, true, ""},
		"refused before a byte":   {func(io.Writer) error { return errs.New(errs.NotFound, "api.not_found", nil) }, http.StatusNotFound, true, `{"type"`},
		"failed before a byte":    {func(io.Writer) error { return errors.New("secret") }, http.StatusInternalServerError, true, `{"type"`},
		"panicked before a byte":  {func(io.Writer) error { panic("secret") }, http.StatusInternalServerError, true, `{"type"`},
		"failed after some bytes": {func(w io.Writer) error { return errors.Join(rows(w), errors.New("secret")) }, http.StatusInternalServerError, true, `{"type"`},
		"panicked after some":     {func(w io.Writer) error { _ = rows(w); panic("secret") }, http.StatusInternalServerError, true, `{"type"`},
		"no space on the disk":    {func(io.Writer) error { return fmt.Errorf("write: %w", syscall.ENOSPC) }, http.StatusServiceUnavailable, true, `{"type"`},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := http.Get(downloading(t, "rows.csv", c.write))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			raw, err := io.ReadAll(answer.Body)
			if answer.StatusCode != c.status || (err == nil) != c.whole || !strings.HasPrefix(string(raw), c.begins) || strings.Contains(string(raw), "secret") {
				t.Errorf("%d, error %v, %.80s", answer.StatusCode, err, raw)
			}
			if isFile := answer.Header.Get("Content-Disposition") != ""; isFile != (c.status == http.StatusOK) || answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%v", answer.Header)
			}
		})
	}
}

func TestAFileNameIsSentInASCIIAndInUTF8(t *testing.T) {
	for name, ascii := range map[string]string{
		"records.csv":            "records.csv",
		"投诉 处理.pdf":              "__ __.pdf",
		`a"b\c.zip`:              "a_b_c.zip",
		"x\r\nSet-Cookie: a.csv": "x__Set-Cookie: a.csv",
		"100% – é.csv":           "100% _ _.csv",
	} {
		header := server.Disposition("attachment", name)
		kind, read, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || read["filename"] != name {
			t.Errorf("%s reads as %q %v", header, read["filename"], err)
		}
		if !strings.HasPrefix(header, `attachment; filename="`+ascii+`"`) || strings.ContainsAny(header, "\r\n") {
			t.Errorf("%s, want the ASCII name %s", header, ascii)
		}
	}
}

// Every route that streams a file says the same about it.
func TestEveryDownloadIsNamedAndStoredNowhere(t *testing.T) {
	w := build(t)
	for path, c := range map[string]struct{ role, name, mediaType string }{
		"/banks/handling/export":                              {"head", "handling.zh-Hans.gift", "application/octet-stream"},
		"/courses/handling/export.zip":                        {"head", "handling.zip", "application/zip"},
		"/records/certifications?format=csv":                  {"hr", "anwen-certifications-2026-11-02.csv", "text/csv; charset=utf-8"},
		"/records/certifications?all=true":                    {"hr", "anwen-certifications-2026-11-02.json", "application/json"},
		"/performance/scores?period=2026-Q4&format=csv":       {"hr", "anwen-performance-2026-Q4.csv", "text/csv; charset=utf-8"},
		"/records/exposure?policy=POL-1&version=1&format=csv": {"hr", "anwen-exposure-POL-1-1.csv", "text/csv; charset=utf-8"},
	} {
		r := httptest.NewRequest(http.MethodGet, server.Prefix+path, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens[c.role]})
		answer := httptest.NewRecorder()
		w.web.ServeHTTP(answer, r)
		h := answer.Header()
		if answer.Code != http.StatusOK || h.Get("Content-Disposition") != `attachment; filename="`+c.name+`"` || h.Get("Content-Type") != c.mediaType || h.Get("Cache-Control") != "no-store" || h.Get("Content-Length") != fmt.Sprint(answer.Body.Len()) {
			t.Errorf("%s: %d %v %.200s", path, answer.Code, h, answer.Body)
		}
	}
}
