package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"anwen/server"
)

// unlimited are the texts without a limit in characters, and what bounds them instead.
var unlimited = map[string]string{
	"texts":         "the text of a policy: the body of a request, and what Markdown may hold",
	"text":          "a text that is compared and not stored: the body of a request",
	"questions":     "GIFT: the body of a request, and each question by items.MaxText",
	"changes":       "a section of a briefing: the body of a request, and what Markdown may hold",
	"impact":        "as changes",
	"plan":          "as changes",
	"notes":         "minutes: the body of a request, and what Markdown may hold",
	"file":          "the name of a file that is looked up, in an address",
	"If-None-Match": "a header that is compared and not stored",
	"User-Agent":    "a header, cut where it is stored",
}

// limits walks what callers may write.
type limits struct {
	api   description
	found func(where, name string, s schema)
}

func (l limits) walk(where, name string, s schema, within []string) {
	if s.Ref != "" {
		ref := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
		if slices.Contains(within, ref) {
			return
		}
		within = append(within[:len(within):len(within)], ref)
		s = l.api.Components.Schemas[ref]
	}
	if kind := fmt.Sprint(s.Type); strings.Contains(kind, "string") {
		l.found(where, name, s)
	}
	for below, property := range s.Properties {
		inside := below
		if slices.Contains([]string{"zh-Hans", "zh-Hant", "en"}, below) {
			inside = name
		}
		l.walk(where+"."+below, inside, property, within)
	}
	if s.Items != nil {
		l.walk(where+"[]", name, *s.Items, within)
	}
	var each schema
	if json.Unmarshal(s.AdditionalProperties, &each) == nil {
		l.walk(where+"{}", name, each, within)
	}
}

func TestEveryTextThatACallerWritesHasALimit(t *testing.T) {
	w := build(t)
	status, raw := w.call("head", "GET", "/api/openapi.json", "")
	var api description
	if err := json.Unmarshal([]byte(raw), &api); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	texts, used := 0, map[string]bool{}
	for path, methods := range api.Paths {
		for method, op := range methods {
			l := limits{api, func(where, name string, s schema) {
				texts++
				switch {
				case s.MaxLength != nil, len(s.Enum) > 0, s.Format != "", s.Pattern != "":
				case unlimited[name] != "":
					used[name] = true
				default:
					t.Errorf("%s %s: %s has no limit", method, path, where)
				}
			}}
			for _, p := range op.Parameters {
				l.walk(p.In+"."+p.Name, p.Name, p.Schema, nil)
			}
			for _, content := range op.RequestBody.Content {
				l.walk("body", "body", content.Schema, nil)
			}
		}
	}
	if texts < 150 {
		t.Errorf("only %d texts", texts)
	}
	for name := range unlimited {
		if !used[name] {
			t.Errorf("%s has a limit, or is nowhere", name)
		}
	}
}

func TestATextThatIsTooLongOrShowsNothingIsRefusedAtItsPlace(t *testing.T) {
	w := build(t)
	long, tags := strings.Repeat("长", 201), strings.Repeat("长", 81)
	for name, c := range map[string]struct{ role, method, path, body, field string }{
		"a title":                 {"author", "POST", "/policy-drafts", `{"code":"LONG-1","content":{"titles":{"zh-Hans":"` + long + `"},"texts":{}}}`, "body.content.titles.zh-Hans"},
		"a note":                  {"author", "POST", "/policy-drafts", `{"code":"LONG-1","content":{"titles":{},"texts":{},"notes":{"en":"` + strings.Repeat("长", 2001) + `"}}}`, "body.content.notes.en"},
		"a bank":                  {"author", "POST", "/banks", `{"code":"long","names":{"en":"` + long + `"}}`, "body.names.en"},
		"a bank's other name":     {"author", "PATCH", "/banks/long", `{"edition":1,"names":{"en":"` + long + `"}}`, "body.names.en"},
		"a tag":                   {"author", "PUT", "/banks/long/filing", `{"items":[1],"add_tags":["` + tags + `"]}`, "body.add_tags[0]"},
		"who was there":           {"compliance", "POST", "/briefings/2026-10/meeting", `{"held_at":"2026-10-20T01:00:00Z","place":"x","chair_no":"1","recorder_no":"1","notes":"x","remote":[],"room":["` + long + `"]}`, "body.room[0]"},
		"a briefing's blank":      {"compliance", "POST", "/briefings", `{"month":"2026-12","texts":{"en":{"title":"\u200b","changes":"x","impact":"x","plan":"x"}}}`, "body.texts.en.title"},
		"a reason without letter": {"compliance", "POST", "/policies/P-1/repeal", `{"effective_from":"2026-12-01","reason":"\u3164\u200b "}`, "body.reason"},
	} {
		status, raw := w.apart(c.role, c.method, c.path, c.body)
		if p := problem(t, raw); status != http.StatusUnprocessableEntity || len(p.Errors) != 1 || p.Errors[0].Field != c.field {
			t.Errorf("%s: %d %.400s", name, status, raw)
		}
	}
	for _, name := range []string{`\u200b`, ` \u3000`, `\u00ad\ufeff`, `\u0007`} {
		status, raw := w.apart("author", "POST", "/banks", `{"code":"blank","names":{"en":"`+name+`"}}`)
		if p := problem(t, raw); status != http.StatusUnprocessableEntity || p.Code != "quizzes.bad_bank" {
			t.Errorf("%s: %d %s", name, status, raw)
		}
	}
	if status, raw := w.call("author", "POST", server.Prefix+"/policy-drafts", `{"code":"FITS-1","content":{"titles":{"zh-Hans":"`+long[:600]+`"},"texts":{}}}`); !answered(status) {
		t.Errorf("a title of 200 characters: %d %s", status, raw)
	}
}
