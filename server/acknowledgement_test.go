package server_test

import (
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

// A version of tier 2 is acknowledged with the password again and every answer
// right; each try stays, and the key never leaves the server.
func TestTierTwoAsksForThePasswordAndForRightAnswers(t *testing.T) {
	w, ctx := build(t), context.Background()
	_, err := w.rooms.Policies.Publish(ctx, people.System(), policies.PublishInput{Code: "POL-2", Titles: i18n.Texts{i18n.English: "Keeping records"},
		EffectiveFrom: "2026-01-01", Texts: i18n.Texts{i18n.English: "Article 1. Keep records for five years.\n"}, Tier: policies.Stepped,
		Questions: i18n.Texts{i18n.English: "::years:: For how many years? {#5}\n\n::who:: Who keeps them? {=Everybody#Yes. ~Nobody}\n"}})
	w.must(err)
	path := server.Prefix + "/policies/POL-2/versions/1"
	status, raw := w.call("employee", "GET", path, "")
	var v struct {
		TextSHA256, StatementSHA256 string
		Tier                        int
		Questions                   []asked
	}
	w.must(json.Unmarshal([]byte(strings.NewReplacer("text_sha256", "TextSHA256", "statement_sha256", "StatementSHA256").Replace(raw)), &v))
	if status != http.StatusOK || v.Tier != 2 || len(v.Questions) != 2 || len(v.Questions[1].Options) != 2 {
		t.Fatalf("%d %s", status, raw)
	}
	for _, secret := range []string{"Yes.", `"weight`, "feedback", "tolerance", `"numbers`} {
		if strings.Contains(raw, secret) {
			t.Errorf("the page tells of the key: %q in %s", secret, raw)
		}
	}
	everybody := fmt.Sprintf(`{"choice":%d}`, v.Questions[1].named(t, "Everybody"))
	send := func(answers, password string) (int, string) {
		t.Helper()
		return w.call("employee", "POST", path+"/acknowledgement", fmt.Sprintf(`{"locale":"en","text_sha256":%q,"statement_sha256":%q,"answers":%s,"password":%q}`,
			v.TextSHA256, v.StatementSHA256, answers, password))
	}
	for name, c := range map[string]struct {
		answers, password, code string
		status                  int
	}{
		"no password":             {`[{"text":"5"},{"choice":0}]`, "", "people.current_password_wrong", 422},
		"another password":        {`[{"text":"5"},{"choice":0}]`, "guess", "people.current_password_wrong", 422},
		"an answer too few":       {`[{"text":"5"}]`, password, "policies.answers_missing", 422},
		"an answer that is none":  {`[{"text":"5"},{"choice":7}]`, password, "quizzes.unknown_option", 422},
		"an answer in two shapes": {`[{"text":"5","choice":1},{"choice":0}]`, password, "quizzes.unreadable_answer", 422},
	} {
		t.Run(name, func(t *testing.T) {
			status, raw := send(c.answers, c.password)
			if status != c.status || problem(t, raw).Code != c.code {
				t.Errorf("%d %s, want %d %s", status, raw, c.status, c.code)
			}
		})
	}
	// Who read another text has not tried either.
	shown := v.TextSHA256
	v.TextSHA256 = strings.Repeat("0", 64)
	if status, raw := send(`[{"text":"5"},{"choice":0}]`, password); status != http.StatusConflict || problem(t, raw).Code != "policies.other_text" {
		t.Errorf("another text: %d %s", status, raw)
	}
	v.TextSHA256 = shown
	if n := w.number(`SELECT count(*) FROM policy_answers`); n != 0 {
		t.Errorf("%d tries are kept of a text that was not shown", n)
	}
	if status, raw := send(`[{"text":"3"},`+everybody+`]`, password); status != http.StatusOK || !strings.Contains(raw, `"right":[false,true]`) || !strings.Contains(raw, `"acknowledged_at":null`) {
		t.Errorf("a wrong answer: %d %s", status, raw)
	}
	if n := w.number(`SELECT count(*) FROM acknowledgements a JOIN policy_versions v ON v.id = a.version_id WHERE v.tier = 2`); n != 0 {
		t.Fatalf("%d acknowledgements before every answer was right", n)
	}
	if status, raw := send(`[{"text":"5"},`+everybody+`]`, password); status != http.StatusOK || !strings.Contains(raw, `"right":[true,true]`) || strings.Contains(raw, `"acknowledged_at":null`) {
		t.Errorf("right answers: %d %s", status, raw)
	}
	if n := w.number(`SELECT count(*) FROM acknowledgements WHERE tier = 2 AND address <> '' AND person_id = ?`, w.own.PersonID); n != 1 {
		t.Errorf("%d records of tier 2 with an address", n)
	}
	if n := w.number(`SELECT count(*) FROM policy_answers WHERE person_id = ?`, w.own.PersonID); n != 2 {
		t.Errorf("%d tries are kept, want 2", n)
	}
	if n := w.number(`SELECT count(*) FROM policy_answers WHERE responses::text LIKE '%correct horse%'`); n != 0 {
		t.Error("a password was kept with the answers")
	}
}

// thenReset is who checks passwords, where an administrator resets the password the
// moment after it was found right.
type thenReset struct {
	*people.Service
	reset func()
}

func (r thenReset) ConfirmPassword(ctx context.Context, actor people.Actor, password, address string) (people.Confirmation, error) {
	confirmed, err := r.Service.ConfirmPassword(ctx, actor, password, address)
	r.reset()
	return confirmed, err
}

// Nothing binds a person by a password that is no longer theirs.
func TestAnAcknowledgementNeedsThePasswordUntilItIsWritten(t *testing.T) {
	w, ctx := build(t), context.Background()
	_, err := w.rooms.Policies.Publish(ctx, people.System(), policies.PublishInput{Code: "POL-2", Titles: i18n.Texts{i18n.English: "Keeping records"},
		EffectiveFrom: "2026-01-01", Texts: i18n.Texts{i18n.English: "Article 1. Keep records for five years.\n"}, Tier: policies.Stepped,
		Questions: i18n.Texts{i18n.English: "::years:: For how many years? {#5}\n"}})
	w.must(err)
	path := server.Prefix + "/policies/POL-2/versions/1"
	_, raw := w.call("employee", "GET", path, "")
	var v struct {
		Text      string `json:"text_sha256"`
		Statement string `json:"statement_sha256"`
	}
	w.must(json.Unmarshal([]byte(raw), &v))
	w.rooms.Policies.SetIdentity(thenReset{w.rooms.People, func() {
		_, err := w.rooms.People.IssuePassword(ctx, people.System(), w.own.PersonID)
		w.must(err)
	}})
	status, raw := w.call("employee", "POST", path+"/acknowledgement", fmt.Sprintf(`{"locale":"en","text_sha256":%q,"statement_sha256":%q,"answers":[{"text":"5"}],"password":%q}`,
		v.Text, v.Statement, password))
	if status != http.StatusUnprocessableEntity || problem(t, raw).Code != "people.current_password_wrong" {
		t.Errorf("%d %s", status, raw)
	}
	if n := w.number(`SELECT count(*) FROM acknowledgements WHERE tier = 2`); n != 0 {
		t.Errorf("%d acknowledgements", n)
	}
}
