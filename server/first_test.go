package server_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"anwen/internal/database"
	"anwen/server"
)

// firstLesson is a lesson to read.
const firstLesson = "/courses/handling/lessons/1"

// built is a client as its build writes it, with little in it.
var built = fstest.MapFS{
	"index.html": {Data: []byte(`<!doctype html>
<html lang="zh-Hans">
  <head>
    <title>安稳 Anwen</title>
    <script type="module" crossorigin src="/assets/index.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/client.js">
    <link rel="stylesheet" crossorigin href="/assets/index.css">
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>`)},
	".vite/manifest.json": {Data: []byte(`{
  "_client.js": {"file": "assets/client.js"}, "_html.js": {"file": "assets/html.js", "imports": ["_client.js"]},
  "index.html": {"file": "assets/index.js", "imports": ["_client.js"], "css": ["assets/index.css"]},
  "src/courses/LessonPage.tsx": {"file": "assets/lesson.js", "imports": ["index.html", "_html.js"], "css": ["assets/course.css"]},
  "src/people/SignInPage.tsx": {"file": "assets/door.js", "imports": ["index.html"]},
  "src/i18n/locales/en/index.ts": {"file": "assets/en.js"}, "src/i18n/locales/zh-Hans/index.ts": {"file": "assets/zh.js"}}`)},
	"assets/index.css": {Data: []byte("body{margin:0}")}, "assets/course.css": {Data: []byte(".sheet{padding:1px}")}, "assets/index.js": {Data: []byte("1")},
}

// visit asks for a page of the client as a browser does.
func (w *world) visit(role, path string, change func(*http.Request)) *httptest.ResponseRecorder {
	w.t.Helper()
	return w.browse(built, http.MethodGet, role, path, change)
}

// browse asks for an address of a client that was built of these files.
func (w *world) browse(client fs.FS, method, role, path string, change func(*http.Request)) *httptest.ResponseRecorder {
	w.t.Helper()
	web := server.New(w.rooms, server.Config{Now: func() time.Time { return w.now }, Client: client})
	r := httptest.NewRequest(method, path, http.NoBody)
	r.Header.Set("Accept-Language", "en")
	if role != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens[role]})
	}
	if change != nil {
		change(r)
	}
	answer := httptest.NewRecorder()
	web.ServeHTTP(answer, r)
	return answer
}

// brought are the answers of the API that a page brings.
func brought(t *testing.T, page string) (locale string, status map[string]int) {
	t.Helper()
	found := regexp.MustCompile(`(?s)<script type="application/json" id="first-answers">(.*?)</script>`).FindStringSubmatch(page)
	var first struct {
		Locale  string
		Answers []struct {
			Path   string
			Status int
		}
	}
	if found == nil || json.Unmarshal([]byte(found[1]), &first) != nil || strings.Contains(found[1], "<") {
		t.Fatalf("no answers in %s", page)
	}
	status = map[string]int{}
	for _, a := range first.Answers {
		status[a.Path] = a.Status
	}
	return first.Locale, status
}

func TestTheFirstAnswerBringsTheTextAndWhatItsPageAsksFor(t *testing.T) {
	w := build(t)
	answer := w.visit("employee", firstLesson, nil)
	page := answer.Body.String()
	if answer.Code != http.StatusOK || answer.Header().Get("Cache-Control") != "no-store" || answer.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%d %v", answer.Code, answer.Header())
	}
	_, status := brought(t, page)
	for _, path := range []string{"/me", "/about", firstLesson, strings.Split(firstLesson, "/lessons")[0]} {
		if status[path] != http.StatusOK {
			t.Errorf("%s: %d of %v", path, status[path], status)
		}
	}
	for _, part := range []string{`href="/assets/lesson.js"`, `href="/assets/html.js"`, "<style>body{margin:0}.sheet{padding:1px}</style>", `<article class="sheet">`, `<div id="root" hidden>`, `<summary>`} {
		if !strings.Contains(page, part) {
			t.Errorf("no %s", part)
		}
	}
	if head, _, _ := strings.Cut(page, "</head>"); strings.Contains(head, `rel="stylesheet"`) || strings.Contains(page, `modulepreload" crossorigin href="/assets/index.js"`) {
		t.Error("the text waits for a style sheet, or a script is named twice")
	}
}

func TestAStrangersFirstAnswerTellsNothing(t *testing.T) {
	w := build(t)
	page := w.visit("", firstLesson, nil).Body.String()
	_, status := brought(t, page)
	if status["/me"] != http.StatusUnauthorized || len(status) != 2 || strings.Contains(page, `class="prose"`) || !strings.Contains(page, "/assets/door.js") {
		t.Errorf("%v in %s", status, page)
	}
	if code := w.visit("employee", "/courses/nothing-there/lessons/1", nil); code.Code != http.StatusOK || strings.Contains(code.Body.String(), `id="first"`) {
		t.Error("a lesson that there is not is shown")
	}
	for _, path := range []string{"/courses/%00/lessons/1", "/courses/%ff/lessons/1", "/policies/a%2Fb/versions/99999999999", "/courses//lessons/1"} {
		if answer := w.visit("employee", path, nil); answer.Code != http.StatusOK {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

func TestTheFirstAnswerComesInTheLanguageOfTheBrowserUntilSomebodyIsKnown(t *testing.T) {
	w := build(t)
	for _, c := range []struct{ role, cookie, want string }{{"", "", "en"}, {"", "zh-Hans", "zh-Hans"}, {"", "xx", "en"}} {
		page := w.visit(c.role, "/sign-in", func(r *http.Request) {
			if c.cookie != "" {
				r.AddCookie(&http.Cookie{Name: "anwen_language", Value: c.cookie})
			}
		}).Body.String()
		if locale, _ := brought(t, page); locale != c.want || !strings.Contains(page, `<html lang="`+c.want+`">`) {
			t.Errorf("%+v: %s", c, locale)
		}
	}
}

// Whoever is known reads in the language chosen in this browser, else in their own,
// whatever the browser would like.
func TestTheFirstAnswerComesInTheLanguageOfWhoeverIsSignedIn(t *testing.T) {
	w := build(t)
	w.must(w.db.Exec(`UPDATE people SET language = 'zh-Hant' WHERE login = 'employee'`).Error)
	for cookie, want := range map[string]string{"": "zh-Hant", "zh-Hans": "zh-Hans", "xx": "zh-Hant"} {
		page := w.visit("employee", firstLesson, func(r *http.Request) {
			if cookie != "" {
				r.AddCookie(&http.Cookie{Name: "anwen_language", Value: cookie})
			}
		}).Body.String()
		if locale, status := brought(t, page); locale != want || status["/me"] != http.StatusOK || !strings.Contains(page, `"language":"`+want+`"`) {
			t.Errorf("%q: %s, %v", cookie, locale, status)
		}
	}
}

// The page costs what its answers cost one by one.
func TestTheFirstAnswerAsksNothingTwice(t *testing.T) {
	w := buildApart(t)
	count := func(do func(context.Context)) int64 {
		ctx, counter := database.WithCounter(context.Background())
		do(ctx)
		return counter.Statements()
	}
	apart := count(func(ctx context.Context) {
		for _, path := range []string{"/me", "/about", firstLesson, strings.Split(firstLesson, "/lessons")[0]} {
			r := httptest.NewRequestWithContext(ctx, http.MethodGet, server.Prefix+path, http.NoBody)
			r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["employee"]})
			w.web.ServeHTTP(httptest.NewRecorder(), r)
		}
	})
	together := count(func(ctx context.Context) {
		w.visit("employee", firstLesson, func(r *http.Request) { *r = *r.WithContext(ctx) })
	})
	if together == 0 || together > apart {
		t.Errorf("%d statements, %d apart", together, apart)
	}
}
