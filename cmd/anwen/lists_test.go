package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/server"
)

// middling is an institution of two thousand people, in which a list that reads all of
// anything reads far more blocks than its page needs.
var middling = testdb.Prepare(func(t testing.TB, db *database.Pool) {
	evidence(t, db)
	_, b, clock := largeHouse(t, db)
	l := &largeBank{bank: b, people: 2_000, years: 5}
	if err := l.fill(context.Background(), steps{io.Discard}); err != nil {
		t.Fatal(err)
	}
	clock.real()
})

// Time tells nothing here, since others work on this machine; what is read does: more
// than a page asks for grows with the institution. All is asked of one connection, often
// enough that a plan which is kept would be one for any values.
func TestAListReadsNoMoreBlocksThanItsPageNeeds(t *testing.T) {
	h, _, _ := largeHouse(t, middling.New(t))
	ctx := context.Background()
	tokens := map[people.Role]string{}
	for _, role := range []people.Role{people.HR, people.ComplaintDesk, people.Administrator, people.Compliance} {
		id, err := h.people.IDOfLogin(ctx, readers[role])
		if err == nil {
			tokens[role], err = h.people.OpenSession(ctx, id, people.Client{Address: "127.0.0.1"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	m := meter{house: h, tokens: tokens}
	for i, other := range h.db.PGX().AcquireAllIdle(ctx) {
		if i > 0 {
			defer other.Release()
			continue
		}
		other.Release()
	}
	for _, c := range []struct {
		path string
		role people.Role
		most int64
	}{
		{"/records/certifications", people.HR, 4_000},
		{"/records/certifications?state=none", people.HR, 6_000},
		{"/records/certifications?state=expired", people.HR, 6_000},
		{"/records/certifications?state=revoked", people.HR, 4_000},
		{"/records/certifications?unit=R01-001&state=revoked", people.HR, 6_500},
		{"/records/certifications?course=funds-1&state=expired", people.HR, 2_000},
		{"/records/certifications?course=funds-1&state=revoked", people.HR, 600},
		{"/records/certifications?course=funds-1", people.HR, 2_500},
		{"/records/certifications?q=%E6%B2%A1%E6%9C%89%E6%AD%A4%E4%BA%BA", people.HR, 1_000},
		{"/people", people.HR, 600},
		{"/people?q=%E6%B2%A1%E6%9C%89%E6%AD%A4%E4%BA%BA", people.HR, 300},
		{"/complaints", people.ComplaintDesk, 3_000},
		{"/complaints?state=met&class=complex", people.ComplaintDesk, 4_000},
		{"/complaints?q=%E6%B2%A1%E6%9C%89%E6%AD%A4%E4%BA%BA", people.ComplaintDesk, 600},
		{"/complaints?unit=R01-NEW", people.ComplaintDesk, 1_000},
		{"/audit/events?action=people.grant_role", people.Administrator, 1_500},
		{"/audit/events?action=nothing", people.Administrator, 600},
		{"/audit/events?subject=complaint:none", people.Administrator, 600},
		{"/quizzes/1/essays", people.Compliance, 1_500},
		{"/quizzes", people.Compliance, 350},
		{"/quizzes/12/insight", people.HR, 300},
		{"/quizzes/12/insight?attempts=all", people.Compliance, 300},
		{"/quizzes/12/learning?before=6", people.HR, 300},
		{"/banks/fraud-2/items/100", people.Compliance, 600},
		{"/quizzes/12/attempts?q=%E6%B2%A1%E6%9C%89%E6%AD%A4%E4%BA%BA", people.HR, 120},
		{"/quizzes/12/attempts?q=%E7%8E%8B", people.HR, 1_000},
	} {
		q := question{path: c.path, roles: []people.Role{c.role}}
		request, err := m.request(ctx, q, c.role)
		if err != nil {
			t.Fatal(err)
		}
		var answer *httptest.ResponseRecorder
		for range 7 {
			answer = httptest.NewRecorder()
			h.server().ServeHTTP(answer, request)
		}
		if answer.Code != http.StatusOK {
			t.Errorf("%s: %d %s", c.path, answer.Code, answer.Body)
			continue
		}
		_, blocks, err := m.cost(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if blocks > c.most {
			t.Errorf("%s reads %d blocks, more than %d", c.path, blocks, c.most)
		}
		if testing.Verbose() {
			fmt.Println(c.path, blocks)
		}
	}
}

// largeHouse is a house on a database with the sample, and who works there.
func largeHouse(t testing.TB, db *database.Pool) (*house, *bank, *clock) {
	t.Helper()
	clock := &clock{}
	h := &house{config: config{Institution: localNames{in: institution.names()}, MaxConns: 8}, now: clock.now, db: db, demo: true}
	h.wire()
	b := &bank{house: h, clock: clock, today: time.Now()}
	if err := b.meetStaff(context.Background()); err != nil {
		t.Fatal(err)
	}
	return h, b, clock
}

func TestEveryRouteThatReadsHasAQuestion(t *testing.T) {
	raw, err := server.New(server.Rooms{}, server.Config{Version: "1"}).OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if list, err := (parts{Reference: "L-TS-1"}).questions(raw); err != nil || len(list) < 80 {
		t.Errorf("%d questions, %v", len(list), err)
	}
}
