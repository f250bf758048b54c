package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"anwen/internal/i18n"
	"anwen/internal/postgres"
	"anwen/people"
)

// benchLists measures whatever can be read, as those who may read it, on a database that
// is there. Reading is audited: its events stay.
type benchLists struct {
	Data   string        `help:"Folder of a sample institution; without it ANWEN_DATABASE_URL names the database."`
	Only   string        `help:"Only questions whose address holds this."`
	For    time.Duration `help:"How long each question is asked by many at once." default:"2s"`
	Many   int           `help:"How many ask at once." default:"64"`
	Within time.Duration `help:"A question that takes one person longer is not asked by many." default:"5s"`
}

// readers are the people of the sample by the role that they hold.
var readers = map[people.Role]string{
	people.Employee: "employee", people.Author: "officer", people.Compliance: "officer", people.ComplaintDesk: "desk",
	people.HR: "hr", people.Administrator: "admin", people.Auditor: "auditor",
}

// Run prints a row for every question.
func (b benchLists) Run(ctx context.Context, t terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	if b.Data != "" {
		c.Data, c.DatabaseURL = b.Data, ""
	} else if c.DatabaseURL == "" {
		return errors.New(i18n.Text(t.locale, "bench.needs_database", nil))
	}
	slog.SetDefault(quietLog()) // what is refused is counted
	if c.Addr = "127.0.0.1:0"; c.Institution.in == nil {
		c.Institution.in = institution.names()
	}
	listener, err := c.listen("--addr")
	if err != nil {
		return err
	}
	defer listener.Close()
	h, err := open(ctx, c, postgres.Options{Existing: true, Named: "--data", Log: quietLog()})
	if err != nil {
		return err
	}
	defer h.close()
	h.demo = true
	h.wire()
	if err := h.db.Current(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- h.serve(ctx, listener, func(a string) { address <- a }) }()
	url := "http://" + <-address
	err = b.measure(ctx, t, h, url)
	stop()
	return errors.Join(err, <-ended)
}

func (b benchLists) measure(ctx context.Context, t terminal, h *house, url string) error {
	tokens := map[people.Role]string{}
	for role, login := range readers {
		id, err := h.people.IDOfLogin(ctx, login)
		if err != nil {
			return err
		}
		if tokens[role], err = h.people.OpenSession(ctx, id, people.Client{Address: "127.0.0.1", UserAgent: "anwen bench"}); err != nil {
			return err
		}
	}
	asked, err := b.questions(ctx, h)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: b.Many, DisableCompression: true}}
	m := meter{house: h, client: client, url: url, tokens: tokens}
	fmt.Fprintf(t.out, "| question | as | p50 | p99 | p50 of %[1]d | p99 of %[1]d | statements | blocks |\n|---|---|--:|--:|--:|--:|--:|--:|\n", b.Many)
	for _, q := range asked {
		if !strings.Contains(q.path, b.Only) {
			continue
		}
		row, err := m.row(ctx, q, b)
		if err != nil {
			return fmt.Errorf("%s: %w", q.path, err)
		}
		fmt.Fprintln(t.out, row)
	}
	return nil
}

// question is one address that is read.
type question struct {
	path  string
	roles []people.Role
}

// questions are those of every route that reads, and an error when a route has none.
func (b benchLists) questions(ctx context.Context, h *house) ([]question, error) {
	raw, err := h.server().OpenAPI()
	if err != nil {
		return nil, err
	}
	p, err := findParts(ctx, h)
	if err != nil {
		return nil, err
	}
	return p.questions(raw)
}

// questions are those of the routes of the document.
func (p parts) questions(raw []byte) ([]question, error) {
	var document struct {
		Paths map[string]map[string]struct{ Description string }
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		return nil, err
	}
	all, list := p.addresses(), []question{}
	for _, route := range slices.Sorted(maps.Keys(document.Paths)) {
		operation, reads := document.Paths[route]["get"]
		if !reads {
			continue
		}
		addresses, known := all[route]
		if !known {
			return nil, fmt.Errorf("GET %s has no question: add one to addresses", route)
		}
		for _, a := range addresses {
			list = append(list, question{a, rolesIn(operation.Description)})
		}
	}
	return list, nil
}

// rolesIn reads who may call a route from the words of its description.
func rolesIn(description string) []people.Role {
	words := strings.TrimSuffix(strings.TrimPrefix(description, "May be called by: "), ".")
	var roles []people.Role
	for _, w := range strings.Split(words, ", ") {
		if w == "anyone" {
			w = string(people.Employee)
		}
		if w != string(people.Author) { // the sample's authors are its compliance officers
			roles = append(roles, people.Role(w))
		}
	}
	return roles
}
