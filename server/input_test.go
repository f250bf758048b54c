package server_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"anwen/internal/i18n"
	"anwen/server"
)

func TestAllFieldFaultsComeAtOnceInTheCallersLanguage(t *testing.T) {
	w := build(t)
	for locale, word := range map[string]string{"en": "not known", "zh-Hans": "无法识别", "zh-Hant": "無法辨識"} {
		body := `{"code":1,"content":{"titles":{"fr":"x"},"texts":{"en":5},"mood":"bad"}}`
		q := httptest.NewRequest("POST", server.Prefix+"/policy-drafts", strings.NewReader(body))
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("Accept-Language", locale)
		q.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["compliance"]})
		answer := httptest.NewRecorder()
		w.web.ServeHTTP(answer, q)
		p := problem(t, answer.Body.String())
		if answer.Code != http.StatusUnprocessableEntity || p.Code != "api.invalid_request" || answer.Header().Get("Content-Type") != "application/problem+json" {
			t.Fatalf("%d %s", answer.Code, answer.Body)
		}
		var fields []string
		for _, f := range p.Errors {
			fields = append(fields, f.Field)
			if f.Code == "api.invalid_value" {
				t.Errorf("a fault without a name of its own: %+v", f)
			}
		}
		slices.Sort(fields)
		if got := strings.Join(fields, " "); got != "body.code body.content.mood body.content.texts.en body.content.titles.fr" {
			t.Errorf("%s: %s", locale, got)
		}
		if !strings.Contains(answer.Body.String(), word) {
			t.Errorf("%s: no %q in %s", locale, word, answer.Body)
		}
	}
}

func TestHostileRequestsAreRefusedWithACode(t *testing.T) {
	w := build(t)
	bomb := append([]byte("PK\x03\x04"), bytes.Repeat([]byte{0}, 1000)...)
	for name, c := range map[string]struct {
		role, method, path, body string
		status                   int
		code                     string
	}{
		"no JSON":                  {"employee", "PATCH", "/me", "{", 400, "api.unreadable_request"},
		"two values":               {"employee", "PATCH", "/me", `{"language":"en"}{}`, 400, "api.unreadable_request"},
		"a wrong language":         {"employee", "PATCH", "/me", `{"language":"fr"}`, 422, "api.invalid_request"},
		"a number out of range":    {"employee", "GET", "/people?limit=100000", "", 403, "people.forbidden"},
		"a limit out of range":     {"hr", "GET", "/people?limit=100000", "", 422, "api.invalid_request"},
		"a body of megabytes":      {"employee", "PATCH", "/me", `{"language":"` + strings.Repeat("x", 3<<20) + `"}`, 413, "api.too_large"},
		"no file":                  {"desk", "POST", "/complaints/imports", "--x--\r\n", 401, "people.not_signed_in"},
		"an upload without a file": {"complaint_desk", "POST", "/complaints/imports", "--x\r\nContent-Disposition: form-data; name=\"profile\"\r\n\r\nanwen\r\n--x--\r\n", 422, "api.file_missing"},
		"binary as a table":        {"complaint_desk", "POST", "/complaints/imports", form("a,b\n\x00\x01,2\n"), 422, "sheet.no_text"},
		"a torn workbook":          {"complaint_desk", "POST", "/complaints/imports", form(string(bomb)), 422, "sheet.no_workbook"},
		"a torn zip as a course":   {"head", "POST", "/courses", form(string(bomb)), 422, "archive.not_a_zip"},
		"a quarter that is none":   {"hr", "GET", "/performance/scores?period=2026-Q5", "", 422, "performance.bad_request"},
		"a date that is none":      {"hr", "GET", "/records/certifications?as_of=2026-02-30", "", 422, "records.bad_request"},
		"an address that is none":  {"employee", "GET", "/nothing", "", 404, "api.not_found"},
		"a draft without a number": {"author", "PUT", "/policy-drafts/0", `{"edition":1,"code":"A","content":{"titles":{},"texts":{}}}`, 404, "policies.draft_not_found"},
		"a slash in a reference":   {"complaint_desk", "PUT", "/complaints/A%2F1/responsible-person", `{"employee_no":"HERE-hr"}`, 404, "complaints.not_found"},
		"an answer of two forms":   {"there", "PUT", "/attempts/1/answers/1", `{"text":"1","choice":0}`, 422, "quizzes.wrong_form"},
		"a negative option":        {"there", "PUT", "/attempts/1/answers/1", `{"choice":-1}`, 422, "api.invalid_request"},
		"a cursor that is none":    {"complaint_desk", "GET", "/complaints?cursor=%27--", "", 422, "api.unknown_cursor"},
		"a serial with a quote":    {"employee", "GET", "/certificates/x'%20OR%201=1.pdf", "", 404, "certificates.not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			status, raw := w.call(c.role, c.method, server.Prefix+c.path, c.body)
			if p := problem(t, raw); status != c.status || p.Code != c.code {
				t.Fatalf("got %d %s", status, raw)
			}
		})
	}
}

// The limit is one, and is told, whether or not the caller says beforehand how much comes.
func TestABodyHasOneLimitWhichIsTold(t *testing.T) {
	w := build(t)
	for name, c := range map[string]struct {
		bytes  int
		told   bool
		status int
		says   string
	}{
		"below it":               {ordinaryBody - 100, true, 422, "body.language"},
		"below it, not told":     {ordinaryBody - 100, false, 422, "body.language"},
		"above it":               {ordinaryBody + 100, true, 413, "2 MB"},
		"above it, not told":     {ordinaryBody + 100, false, 413, "2 MB"},
		"far above it, not told": {3 * ordinaryBody, false, 413, "2 MB"},
	} {
		var body io.Reader = strings.NewReader(`{"language":"` + strings.Repeat("x", c.bytes) + `"}`)
		if !c.told {
			body = io.MultiReader(body)
		}
		r := httptest.NewRequest("PATCH", server.Prefix+"/me", body)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept-Language", "en")
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["employee"]})
		answer := httptest.NewRecorder()
		w.web.ServeHTTP(answer, r)
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.says) || strings.Contains(answer.Body.String(), "{meg") {
			t.Errorf("%s: %d %.300s", name, answer.Code, answer.Body)
		}
	}
}

const ordinaryBody = 2 << 20

func TestAnotherSiteCannotUseTheCookie(t *testing.T) {
	w := build(t)
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r := httptest.NewRequest("DELETE", "https://learn.example.com"+server.Prefix+"/session", nil)
		r.Header.Set(header, value)
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["employee"]})
		answer := httptest.NewRecorder()
		w.web.ServeHTTP(answer, r)
		if answer.Code != http.StatusForbidden || problem(t, answer.Body.String()).Code != "api.foreign_origin" {
			t.Errorf("%s: %d %s", header, answer.Code, answer.Body)
		}
	}
	if status, raw := w.call("employee", "GET", server.Prefix+"/me", ""); status != http.StatusOK {
		t.Errorf("the session ended: %s", raw)
	}
}

func TestSigningInSetsAHostCookieAndSigningOutEndsIt(t *testing.T) {
	w := build(t)
	r := httptest.NewRequest("POST", server.Prefix+"/session", strings.NewReader(`{"login":"Employee","password":"`+password+`"}`))
	r.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	w.web.ServeHTTP(answer, r)
	if answer.Code != http.StatusOK {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	cookie := answer.Result().Cookies()[0]
	if cookie.Name != "__Host-anwen" || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", cookie)
	}
	if strings.Contains(answer.Body.String(), cookie.Value) || strings.Contains(answer.Body.String(), password) {
		t.Error("the body holds a secret")
	}
	w.tokens["again"] = cookie.Value
	if status, _ := w.call("again", "DELETE", server.Prefix+"/session", ""); status != http.StatusNoContent {
		t.Errorf("signing out: %d", status)
	}
	if status, _ := w.call("again", "GET", server.Prefix+"/me", ""); status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", status)
	}
}

func TestTheVerificationPageNeedsNoScriptAndEscapesWhatIsTyped(t *testing.T) {
	w := build(t)
	for path, c := range map[string]struct {
		status int
		words  []string
	}{
		"/verify/" + w.serial:          {200, []string{learnerName, "Handling", i18n.Text(i18n.English, "api.verify_valid", nil)}},
		"/verify/nothing?lang=zh-Hant": {404, []string{"沒有此編號"}},
		"/verify/%3Cscript%3Ealert(1)": {404, []string{"&lt;script&gt;"}},
		"/verify":                      {200, []string{"<form"}},
		"/verify?serial=" + w.serial:   {200, []string{learnerName}},
	} {
		status, raw := w.call("", "GET", path, "")
		if status != c.status || strings.Contains(raw, "<script") {
			t.Errorf("%s: %d %s", path, status, raw)
		}
		for _, word := range c.words {
			if !strings.Contains(raw, word) {
				t.Errorf("%s: no %q", path, word)
			}
		}
	}
}

func TestHealthAndMetricsTellNoSecrets(t *testing.T) {
	w := buildApart(t)
	for _, c := range [][2]string{{"/healthz", "ok"}, {"/readyz", "ready"}, {"/api/openapi.json", `"openapi":"3.1`}, {"/metrics", "anwen_http_request_seconds"}} {
		path, want := c[0], c[1]
		status, raw := w.call("", "GET", path, "")
		if status != http.StatusOK || !strings.Contains(raw, want) {
			t.Errorf("%s: %d %.200s", path, status, raw)
		}
		if strings.Contains(raw, learnerName) || strings.Contains(raw, "C-THERE") {
			t.Errorf("%s holds a person's data", path)
		}
	}
}

func TestARequestBeyondTheTableIsAProblem(t *testing.T) {
	w := build(t)
	w.must(w.db.Exec(`DROP TABLE briefing_reads`).Error)
	status, raw := w.call("employee", "GET", server.Prefix+"/briefings", "")
	p := problem(t, raw)
	if status != http.StatusInternalServerError || p.Code != "api.internal" || p.RequestID == "" || strings.Contains(raw, "briefing_reads") {
		t.Errorf("%d %s", status, raw)
	}
}
