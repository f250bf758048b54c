package server_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/people"
	"anwen/server"
)

// rich publishes a course with a film, an attachment and a question inside.
func (w *world) rich() (film string) {
	film = "\x00\x00\x00\x18ftypmp42" + strings.Repeat("0123456789", 700)
	files := archive.Files{
		"course.md":            []byte("---\nslug: rich\ncategory: risk\nminutes: 5\ntitles: {en: Rich}\nsummaries: {en: S}\n---\n"),
		"lessons/01-one.en.md": []byte("# One\n\n![Film](../media/a.mp4)\n\n[Form](../files/form.pdf)\n\n```check\n::q:: Hours? {=48 #Well done ~72 #The secret hint}\n```\n"),
		"media/a.mp4":          []byte(film), "files/form.pdf": []byte("%PDF-1.7"),
	}
	_, err := w.rooms.Courses.Publish(context.Background(), people.System(), files, false)
	w.must(err)
	return film
}

func TestAFilmIsServedFromAnywhereInIt(t *testing.T) {
	w := build(t)
	film := w.rich()
	path := fmt.Sprintf("%s/courses/rich/files/%x", server.Prefix, sha256.Sum256([]byte(film)))
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
	w.rich()
	var before, kept int
	w.must(w.db.Raw(`SELECT count(*) FROM attempts`).Scan(&before).Error)
	status, page := w.call("employee", http.MethodGet, server.Prefix+"/courses/rich/lessons/1", "")
	if status != http.StatusOK || strings.Contains(page, "secret hint") || strings.Contains(page, "weight") || !strings.Contains(page, `"checks":[{`) {
		t.Errorf("%d %s", status, page)
	}
	for choice, right := range map[int]bool{0: true, 1: false} {
		status, answer := w.call("employee", http.MethodPost, server.Prefix+"/courses/rich/lessons/1/checks/1", fmt.Sprintf(`{"revision":1,"locale":"en","answer":{"choice":%d}}`, choice))
		if status != http.StatusOK || strings.Contains(answer, `"right":true`) != right {
			t.Errorf("option %d: %d %s", choice, status, answer)
		}
	}
	w.must(w.db.Raw(`SELECT count(*) FROM attempts`).Scan(&kept).Error)
	if kept != before {
		t.Errorf("%d attempts came of trying oneself", kept-before)
	}
}
