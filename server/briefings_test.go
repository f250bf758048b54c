package server_test

import (
	"net/http"
	"strings"
	"testing"

	"anwen/server"
)

func TestABriefingAndItsMinutesAreComparedWithWhatTheyWereBegunFrom(t *testing.T) {
	w := build(t) // October is there, at revision 1
	text := func(title, base string) string {
		return `{"month":"2026-10",` + base + `"texts":{"en":{"title":"` + title + `","changes":"a","impact":"b","plan":"c"}}}`
	}
	taken := func(base string) string { return strings.Replace(minutes, `{`, `{`+base, 1) }
	for _, c := range []struct {
		path, body string
		refused    bool
	}{
		{"/briefings", text("x", `"base":0,`), true}, {"/briefings", text("y", `"base":1,`), false}, {"/briefings", text("z", ``), false},
		{"/briefings/2026-10/meeting", taken(`"base":0,`), false}, {"/briefings/2026-10/meeting", taken(`"base":0,`), true}, {"/briefings/2026-10/meeting", taken(``), false},
	} {
		status, raw := w.call("head", "POST", server.Prefix+c.path, c.body)
		refused := status == http.StatusConflict && problem(t, raw).Code == "briefings.changed_meanwhile"
		if refused != c.refused || !refused && status != http.StatusCreated {
			t.Errorf("%s %s: %d %s", c.path, c.body, status, raw)
		}
	}
}
