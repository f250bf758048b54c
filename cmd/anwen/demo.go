package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"anwen/internal/i18n"
	"anwen/internal/postgres"
)

type demoCommand struct {
	Addr string `default:"127.0.0.1:8080" help:"Address to listen on; only this machine may reach it."`
	Data string `default:"data/demo" help:"Folder of the sample institution's database."`

	People int `help:"Make a large institution of so many people, once, in a new folder: for trying out speed." placeholder:"N"`
	Years  int `help:"How far its history goes back." default:"5"`
}

// Validate refuses an institution that is not large, or too large; kong calls it.
func (d demoCommand) Validate() error {
	if d.People != 0 && (d.People < fewestPeople || d.People > mostPeople) {
		return fmt.Errorf("--people is %d to %d", fewestPeople, mostPeople)
	}
	if d.Years < 1 || d.Years > mostYears {
		return fmt.Errorf("--years is 1 to %d", mostYears)
	}
	return nil
}

// Run serves the sample institution from a private database on loopback only.
func (d demoCommand) Run(ctx context.Context, t terminal) error {
	if err := loopbackOnly(d.Addr); err != nil {
		return err
	}
	c, err := t.config()
	if err != nil {
		return err
	}
	c.Addr, c.Data, c.DatabaseURL = d.Addr, d.Data, ""
	c.Institution.in = institution.names()
	listener, err := c.listen("--addr")
	if err != nil {
		return err
	}
	defer listener.Close()
	slog.SetDefault(t.logger(c.LogFormat, slog.LevelWarn))
	clock := &clock{}
	progress := steps{t.err}
	var h *house
	err = progress.do("database", func() error {
		h, err = openDemo(ctx, c, clock)
		return err
	})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.discardUnfinished(ctx); err != nil {
		return fmt.Errorf("discard the unfinished sample institution: %w", err)
	}
	if err := progress.do("schema", func() error { return h.prepare(ctx) }); err != nil {
		return err
	}
	made, err := h.fillSample(ctx, clock, progress, d.People, d.Years)
	if err != nil {
		return fmt.Errorf("make the sample institution: %w", err)
	}
	if made {
		fmt.Fprintln(t.err, i18n.Text(t.locale, "demo.ready", nil))
	}
	return h.serve(ctx, listener, func(addr string) {
		fmt.Fprint(t.out, i18n.Text(t.locale, "demo.welcome", map[string]any{"url": "http://" + addr, "password": samplePassword}))
	})
}

// openDemo wires a house whose clock can be set back while history is made.
func openDemo(ctx context.Context, c config, clock *clock) (*house, error) {
	abs, err := filepath.Abs(c.Data)
	if err != nil {
		return nil, err
	}
	c.Data = abs
	h, err := open(ctx, c, postgres.Options{Named: "--data", Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	h.now, h.demo = clock.now, true
	h.wire()
	return h, nil
}

// clock is the time as the rooms see it: the machine's, unless history is
// being made.
type clock struct{ set atomic.Pointer[time.Time] }

func (c *clock) now() time.Time {
	if at := c.set.Load(); at != nil {
		return *at
	}
	return time.Now()
}

func (c *clock) at(t time.Time) { c.set.Store(&t) }
func (c *clock) real()          { c.set.Store(nil) }
