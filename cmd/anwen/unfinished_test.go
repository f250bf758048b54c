package main

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"anwen/internal/postgres"
)

// A demo that was killed while it made its sample institution is made anew; one that was
// finished stays, and so does what is served from a private database.
func TestAnUnfinishedSampleIsMadeAnew(t *testing.T) {
	env, _ := onPrivateDatabase(t)
	ctx := context.Background()
	defer slog.SetDefault(slog.Default())
	h, err := terminal{err: io.Discard, getenv: func(name string) string { return env[name] }}.open(ctx, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	setting := func(name string) (value string) {
		t.Helper()
		if err := h.db.Raw(`SELECT coalesce(current_setting(?, true), '')`, name).Scan(&value).Error; err != nil {
			t.Fatal(err)
		}
		return value
	}
	// start is what the demo does before it looks for people, and whether the people of
	// before are there afterwards.
	start := func() (people bool) {
		t.Helper()
		if err := h.discardUnfinished(ctx); err != nil {
			t.Fatal(err)
		}
		if err := h.prepare(ctx); err != nil {
			t.Fatal(err)
		}
		if commit := setting("synchronous_commit"); commit != "on" {
			t.Errorf("after a start synchronous_commit is %s", commit)
		}
		if err := h.db.Raw(`SELECT EXISTS (SELECT FROM people)`).Scan(&people).Error; err != nil {
			t.Fatal(err)
		}
		return people
	}
	hire := func() {
		t.Helper()
		err := h.db.Exec(`WITH u AS (INSERT INTO units (code, names, path) VALUES ('U', '{}', '/u/') RETURNING id)
			INSERT INTO people (employee_no, login, name, unit_id) SELECT 'E', 'e', 'n', id FROM u`).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	if start() {
		t.Fatal("a new database has people")
	}
	if err := h.beginUnfinished(ctx); err != nil {
		t.Fatal(err)
	}
	if setting("synchronous_commit") != "off" {
		t.Error("the sample is made with a wait for each commit")
	}
	hire()
	if start() {
		t.Error("half a sample is shown")
	}
	if err := h.beginUnfinished(ctx); err != nil {
		t.Fatal(err)
	}
	hire()
	if err := h.endUnfinished(ctx); err != nil {
		t.Fatal(err)
	}
	if !start() {
		t.Error("a sample that was finished was discarded")
	}
	// A program of before left no note, and its database commits late.
	if err := h.set(ctx, commitLater); err != nil {
		t.Fatal(err)
	}
	if start() {
		t.Error("half a sample of a program of before is shown")
	}
}
