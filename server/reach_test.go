package server_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
	"anwen/server"
)

func TestOneIsToldWhatOneMayDoForTheInstitution(t *testing.T) {
	w := build(t)
	for login, want := range map[string]int{"head": len(people.Roles), "compliance": 0, "employee": 0} {
		_, raw := w.call(login, "GET", server.Prefix+"/me", "")
		var me struct {
			Whole []string `json:"institution_roles"`
		}
		if err := json.Unmarshal([]byte(raw), &me); err != nil || me.Whole == nil || len(me.Whole) != want {
			t.Errorf("%s: %v %s", login, err, raw)
		}
	}
}

// The files that an auditor downloads are a zip, in which no search finds a key.
func TestTheZipOfACourseHasNoKeyForWhoMaySitItsQuiz(t *testing.T) {
	w := build(t)
	for login, keyed := range map[string]bool{"head": true, "auditor": false, "author": false, "compliance": false} {
		status, raw := w.call(login, "GET", server.Prefix+"/courses/handling/export.zip", "")
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", login, status, raw)
		}
		files, err := zip.NewReader(bytes.NewReader([]byte(raw)), int64(len(raw)))
		w.must(err)
		found := false
		for _, f := range files.File {
			found = found || strings.HasPrefix(f.Name, "quiz.")
		}
		if found != keyed || len(files.File) < 2 {
			t.Errorf("%s gets the quiz: %v", login, found)
		}
	}
}

// asked is a question of a page.
type asked struct {
	Options []struct {
		ID   int    `json:"id"`
		HTML string `json:"html"`
	} `json:"options"`
}

// named is the id of the option with the text.
func (a asked) named(t *testing.T, text string) int {
	t.Helper()
	for _, o := range a.Options {
		if strings.Contains(o.HTML, text) {
			return o.ID
		}
	}
	t.Fatalf("no option %q in %+v", text, a)
	return 0
}

func TestWhatAPolicyAsksIsAnsweredAsItIsShown(t *testing.T) {
	w, ctx := build(t), context.Background()
	_, err := w.rooms.Policies.Publish(ctx, people.System(), policies.PublishInput{Code: "ASKED", Titles: i18n.Texts{i18n.English: "Asked"}, EffectiveFrom: "2026-01-01",
		Texts: i18n.Texts{i18n.English: "# Asked\n\nBe kind."}, Questions: i18n.Texts{i18n.English: "::q:: Be what? {=kind ~rude ~late ~away}\n"}})
	w.must(err)
	for _, login := range []string{"there", "employee", "hr", "auditor"} {
		for _, c := range []struct {
			text  string
			right bool
		}{{"rude", false}, {"kind", true}} {
			_, raw := w.call(login, "GET", server.Prefix+"/policies/ASKED/versions/1", "")
			var v struct {
				Text      string  `json:"text_sha256"`
				Statement string  `json:"statement_sha256"`
				Questions []asked `json:"questions"`
			}
			w.must(json.Unmarshal([]byte(raw), &v))
			body := fmt.Sprintf(`{"locale":"en","text_sha256":%q,"statement_sha256":%q,"answers":[{"choice":%d}]}`, v.Text, v.Statement, v.Questions[0].named(t, c.text))
			status, raw := w.call(login, "POST", server.Prefix+"/policies/ASKED/versions/1/acknowledgement", body)
			if status != http.StatusOK || !strings.Contains(raw, fmt.Sprintf(`"right":[%v]`, c.right)) {
				t.Errorf("%s answers %s: %d %s", login, c.text, status, raw)
			}
		}
	}
}
