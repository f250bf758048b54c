package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"anwen/internal/i18n"
	"anwen/internal/postgres"
)

type benchCommand struct {
	Quiz  benchQuiz  `cmd:"" help:"Everybody starts a quiz at once, answers and submits; then every acknowledged answer is looked up in the database."`
	Lists benchLists `cmd:"" help:"Ask everything that can be read, alone and by many at once, and print what it took."`
}

type benchQuiz struct {
	People int           `help:"How many." default:"3000"`
	Items  int           `help:"Questions on the paper." default:"20"`
	Within time.Duration `help:"In which all start." default:"5s"`
	Over   time.Duration `help:"In which each answers and submits." default:"120s"`
	URL    string        `help:"The running server." default:"http://127.0.0.1:8080"`
	Yes    bool          `help:"Add these people, their unit and a course to the database, where they stay for ever."`
}

// Run plays the synchronised start. The server is another process; this one needs
// its database to put people in and to look the answers up.
func (b benchQuiz) Run(ctx context.Context, t terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	if c.DatabaseURL == "" || !b.Yes {
		return errors.New(i18n.Text(t.locale, "bench.needs_database", nil))
	}
	c.MaxConns = 8
	h, err := open(ctx, c, postgres.Options{Log: quietLog()})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.db.Current(ctx); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%d people, %d questions each, against %s\n", b.People, b.Items, b.URL)
	players, quizID, slug, err := b.prepare(ctx, h)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "everybody has read the lesson and waits; all start within %s and answer over %s\n", b.Within, b.Over)
	began := time.Now()
	totals := b.play(ctx, players, quizID)
	totals.print(t.out, time.Since(began))
	lost, err := b.check(ctx, h, players, slug, t.out)
	if err != nil {
		return err
	}
	if lost > 0 || totals.failures() > 0 {
		return fmt.Errorf("%d answers lost, %d requests failed", lost, totals.failures())
	}
	return nil
}
