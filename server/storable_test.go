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

// description is what the test reads of the OpenAPI document.
type description struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	Parameters []struct {
		Name, In string
		Schema   schema
	}
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Type       any
	Format     string
	Ref        string `json:"$ref"`
	Enum       []any
	Properties map[string]schema
	Items      *schema
	MaxLength  *int
	Pattern    string
	// of a map; false of an object that is none
	AdditionalProperties json.RawMessage
}

// unstorable are values that no column takes, by what a schema asks for.
var unstorable = map[string]map[string]any{
	"a NUL character":        {"string": "a\x00b", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"not UTF-8":              {"string": "\xff\xfe", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"half a character":       {"string": "\xed\xa0\x80", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"a number of ten digits": {"string": "a", "integer": 9999999999, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"the last number":        {"string": "a", "integer": 2147483647, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"a negative number":      {"string": "a", "integer": -9999999999, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"the year 0":             {"string": "0000-01-01", "integer": 1, "date": "0000-01-01", "date-time": "0000-01-01T00:00:00Z"},
}

// Every route, every parameter and every field of a body: what cannot be stored is
// refused, and nothing that a client can write is an internal error.
func TestNothingThatAClientWritesIsAnInternalError(t *testing.T) {
	w := build(t)
	status, raw := w.call("head", "GET", "/api/openapi.json", "")
	var api description
	if err := json.Unmarshal([]byte(raw), &api); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	tried := 0
	for path, methods := range api.Paths {
		for method, op := range methods {
			for name, values := range unstorable {
				tried++
				target, body := api.request(path, op, values)
				status, raw := w.apart("head", strings.ToUpper(method), target, body)
				if status >= http.StatusInternalServerError {
					t.Errorf("%s, %s %s: %d %s", name, method, path, status, raw)
				}
			}
		}
	}
	if tried < 600 {
		t.Fatalf("only %d requests were tried", tried)
	}
}

// request fills a path, its query and the body with the values.
func (d description) request(path string, op operation, values map[string]any) (target, body string) {
	var query []string
	for _, p := range op.Parameters {
		value := escape(fmt.Sprint(d.sample(p.Schema, values, 0)))
		switch p.In {
		case "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", value)
		case "query":
			query = append(query, p.Name+"="+value)
		}
	}
	if content, ok := op.RequestBody.Content["application/json"]; ok {
		body = quote(d.sample(content.Schema, values, 0))
	}
	return path + "?" + strings.Join(query, "&"), body
}

// sample is a value of the schema.
func (d description) sample(s schema, values map[string]any, depth int) any {
	if s.Ref != "" {
		s = d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	kind := fmt.Sprint(s.Type)
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case strings.Contains(kind, "object"):
		object := map[string]any{}
		for name, property := range s.Properties {
			object[name] = d.sample(property, values, depth+1)
		}
		return object
	case strings.Contains(kind, "array") && s.Items != nil && depth < 6:
		return []any{d.sample(*s.Items, values, depth+1)}
	case strings.Contains(kind, "integer"), strings.Contains(kind, "number"):
		return values["integer"]
	case strings.Contains(kind, "boolean"):
		return true
	case values[s.Format] != nil:
		return values[s.Format]
	}
	return values["string"]
}

// escape writes every byte of a text for a URL.
func escape(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// quote is JSON, except that bytes that are not UTF-8 stay as they are.
func quote(v any) string {
	switch v := v.(type) {
	case string:
		return `"` + strings.ReplaceAll(v, "\x00", `\u0000`) + `"`
	case map[string]any:
		var parts []string
		for name, each := range v {
			parts = append(parts, `"`+name+`":`+quote(each))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		return "[" + quote(v[0]) + "]"
	}
	return fmt.Sprint(v)
}

func TestWhatCannotBeStoredIsRefusedAtItsPlace(t *testing.T) {
	w := build(t)
	for name, c := range map[string]struct {
		role, method, path, body string
		status                   int
		field                    string
	}{
		"a login with NUL":        {"", "POST", "/session", `{"login":"a\u0000b","password":"x"}`, 422, "body.login"},
		"a code with NUL":         {"employee", "GET", "/policies/a%00b", "", 422, "path.code"},
		"a search, not UTF-8":     {"hr", "GET", "/people?q=%ff%fe", "", 422, "query.q"},
		"a text in a map":         {"author", "POST", "/policy-drafts", `{"code":"A","content":{"texts":{},"titles":{"en":"a\u0000b"}}}`, 422, "body.content.titles.en"},
		"an answer with NUL":      {"there", "PUT", "/attempts/1/answers/1", `{"text":"a\u0000b"}`, 422, "body.text"},
		"a body, not UTF-8":       {"author", "POST", "/policy-drafts", "{\"code\":\"A\xff\",\"content\":{}}", 400, ""},
		"a revision of 10 digits": {"author", "GET", "/courses/handling/revisions/9999999999/difference", "", 422, "path.number"},
	} {
		t.Run(name, func(t *testing.T) {
			status, raw := w.apart(c.role, c.method, c.path, c.body)
			p := problem(t, raw)
			if status != c.status || c.field != "" && (len(p.Errors) != 1 || p.Errors[0].Field != c.field) {
				t.Errorf("%d %s", status, raw)
			}
		})
	}
}

func TestAnUploadIsCheckedInAllItsParts(t *testing.T) {
	w := build(t)
	csv := "employee_no,name,unit_code\nN1,n,A\n"
	for name, c := range map[string]struct {
		body, field string
	}{
		"a file name with NUL":         {formOf("a\x00.csv", csv), "body"},
		"a file name, not UTF-8":       {strings.Replace(form(csv), `filename="f"`, "filename=\"\xff\xfe.csv\"", 1), "body.file"},
		"a field with NUL":             {form(csv, "profile", "a\x00b"), "body.profile"},
		"a field, not UTF-8":           {form(csv, "profile", "\xff\xfe"), "body.profile"},
		"a part that nobody asked for": {form(csv, "more", "\xff"), "body.more"},
		"a part without a clean name":  {form(csv, "mo\xffre", "a"), "body"},
	} {
		status, raw := w.apart("head", "POST", "/people/imports", strings.ReplaceAll(c.body, `\x00`, "\x00"))
		if p := problem(t, raw); status != http.StatusUnprocessableEntity || len(p.Errors) != 1 || p.Errors[0].Field != c.field {
			t.Errorf("%s: %d %s", name, status, raw)
		}
	}
}

func TestHeadersAndPagesTakeWhateverIsSent(t *testing.T) {
	w := build(t)
	for _, path := range []string{"/verify/a%00b", "/verify/%ff", "/verify?serial=a%00b", "/verify?serial=%ff&lang=%00", "/a%00b", "/assets/%ff", "/api/v1/%00", "/api/v1/verify/%ed%a0%80"} {
		if status, raw := w.call("", "GET", path, ""); status >= 500 {
			t.Errorf("%s: %d %s", path, status, raw)
		}
	}
	for _, name := range []string{"User-Agent", "Accept-Language", "Cookie", "Accept", "X-Forwarded-For", "Range", "If-None-Match", "Content-Type", "Origin", "Referer"} {
		for _, value := range []string{"a\x00b", "\xff\xfe", strings.Repeat("9", 5000)} {
			for _, path := range []string{"/api/v1/session", "/api/v1/me", "/verify/x"} {
				r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(`{"login":"hr","password":"`+password+`"}`))
				r.Header.Set("Content-Type", "application/json")
				r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["hr"]})
				r.Header[name] = []string{value}
				a := httptest.NewRecorder()
				w.must(w.db.SavePoint("probe").Error)
				w.web.ServeHTTP(a, r)
				w.must(w.db.RollbackTo("probe").Error)
				if a.Code >= 500 {
					t.Errorf("%s: %.20q at %s: %d %s", name, value, path, a.Code, a.Body)
				}
			}
		}
	}
}

// What may be a key in a file is reached by every route that takes it.
func TestKeysWithASlashAreReached(t *testing.T) {
	w := build(t)
	for _, c := range []struct{ role, method, path, body string }{
		{"head", "POST", "/people/imports", form("employee_no,name,unit_code\n2026/001,n,A\n?a&b#c,m,A\n")},
		{"head", "POST", "/complaints/imports", form("reference,class,unit,received_at\nTS/2026/001,general,A,2026-10-20 09:00\n投诉#1?,general,A,2026-10-20 09:00\n")},
		{"head", "GET", "/performance/cards/2026%2F001?period=2026-Q4", ""},
		{"head", "GET", "/performance/cards/%3Fa%26b%23c?period=2026-Q4", ""},
		{"head", "PUT", "/complaints/TS%2F2026%2F001/responsible-person", `{"employee_no":"2026/001"}`},
		{"head", "PUT", "/complaints/%E6%8A%95%E8%AF%89%231%3F/responsible-person", `{"employee_no":"?a&b#c"}`},
	} {
		if status, raw := w.call(c.role, c.method, server.Prefix+c.path, c.body); !answered(status) {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, raw)
		}
	}
	for _, key := range []string{".", ".."} {
		for path, body := range map[string]string{
			"/people/imports":     form("employee_no,name,unit_code\n" + key + ",n,A\n"),
			"/complaints/imports": form("reference,class,unit,received_at\n" + key + ",general,A,2026-10-20 09:00\n"),
		} {
			if status, raw := w.call("head", "POST", server.Prefix+path, body); status != http.StatusUnprocessableEntity {
				t.Errorf("%q at %s: %d %s", key, path, status, raw)
			}
		}
	}
}
