package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anwen/server"
)

// What is wrong with the text and what only the bank can tell come together, in the
// order of the lines.
func TestEveryFaultOfATextOfQuestionsIsNamedAtOnce(t *testing.T) {
	w := build(t)
	if status, answer := w.call("author", "POST", server.Prefix+"/banks", `{"code":"faults","names":{"en":"Faults"}}`); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, answer)
	}
	text := "![](missing-1.png) What is this? {T}\n\n::a:: Nothing right {~x ~y}\n\n::b:: ![](missing-2.png) And this? {F}\n\n::c:: Good? {T}\n\n::d:: One only {=x ~}\n"
	raw, err := json.Marshal(map[string]any{"text": text, "format": "gift", "locale": "en", "dry_run": true})
	w.must(err)
	status, answer := w.call("author", "POST", server.Prefix+"/banks/faults/imports", string(raw))
	var got struct {
		Faults []struct {
			Line    int
			Message string
		}
		Count int `json:"fault_count"`
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
	var lines []string
	for _, f := range got.Faults {
		lines = append(lines, fmt.Sprint(f.Line))
	}
	if list := strings.Join(lines, " "); list != "1 3 5 9" || got.Count != 4 || !strings.Contains(answer, "missing-1.png") || !strings.Contains(answer, "missing-2.png") {
		t.Errorf("%d faults in lines %s: %s", got.Count, list, answer)
	}
}
