package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
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
}

// unstorable are values that no column takes, by what a schema asks for.
var unstorable = map[string]map[string]any{
	"a NUL character":        {"string": "a\x00b", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"not UTF-8":              {"string": "\xff\xfe", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"half a character":       {"string": "\xed\xa0\x80", "integer": 1, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
	"a number of ten digits": {"string": "a", "integer": 9999999999, "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z"},
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
