package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"anwen/internal/audit"
	"anwen/internal/postgres"
	"anwen/server"
)

type serveCommand struct {
	Addr string `help:"Address to listen on; overrides ANWEN_ADDR."`
}

// Run serves until the process is told to stop.
func (s serveCommand) Run(ctx context.Context, t terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	from := "ANWEN_ADDR"
	if s.Addr != "" {
		c.Addr, from = s.Addr, "--addr"
	}
	listener, err := c.listen(from)
	if err != nil {
		return err
	}
	defer listener.Close()
	slog.SetDefault(t.logger(c.LogFormat, slog.LevelInfo))
	h, err := open(ctx, c, postgres.Options{Named: "ANWEN_DATA", Log: slog.Default()})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.prepare(ctx); err != nil {
		return err
	}
	return h.serve(ctx, listener, func(addr string) { slog.Info("serving", "address", addr) })
}

// The time that a caller has for its headers, and between requests; bodies and answers
// have server.Deadlines.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 20 * time.Second
	tendEvery     = 5 * time.Second
	sweepEvery    = 5 * time.Minute
)

// serve answers, tells the address, and ends gracefully with ctx, or with
// Unavailable when its private database is lost: a program that can only answer
// 500 is of no use to anybody. It closes the listener.
func (h *house) serve(ctx context.Context, listener net.Listener, listening func(addr string)) (err error) {
	if h.temporary, err = makeTemporary(os.Getenv); err != nil {
		return err
	}
	defer h.temporary.remove()
	// Background work ends after the last request, not before it.
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	web := h.server()
	go h.listener.Run(background)
	go h.tend(background)

	deadlines := server.Deadlines{Now: time.Now}
	listener = deadlines.Listener(listener)
	running := &http.Server{Handler: deadlines.Handler(web), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout}
	ended := make(chan error, 1)
	go func() {
		if h.config.TLSCert != "" {
			ended <- running.ServeTLS(listener, h.config.TLSCert, h.config.TLSKey)
		} else {
			ended <- running.Serve(listener)
		}
	}()
	if _, err := h.search.CatchUp(ctx); err != nil {
		slog.Error("the search is behind", "error", err)
	}
	if _, err := h.quizzes.Tally(ctx); err != nil { // all there is, after the migration that began it
		slog.Error("the figures of quizzes are behind", "error", err)
	}
	listening(listener.Addr().String())
	var lost error
	select {
	case err := <-ended:
		return err
	case lost = <-h.databaseLost():
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err = running.Shutdown(grace)
	if ended := <-ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	if lost == nil {
		h.sealUp(ctx)
	}
	return errors.Join(lost, err)
}

// sealTimeout bounds how long a program that ends goes on sealing.
const sealTimeout = 3 * time.Second

// sealUp seals the events that wait, so that the chain is whole when the program ends.
// What it cannot seal, the next one does.
func (h *house) sealUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sealTimeout)
	defer cancel()
	for {
		sealed, err := audit.Seal(ctx, h.db, h.now)
		if err != nil {
			slog.Warn("the audit log was not sealed to its end", "error", err)
		}
		if err != nil || sealed == 0 {
			return
		}
	}
}

// tend does what must happen without a request: seal the audit log, take new
// texts into the search, submit attempts whose time ran out, count what was submitted,
// sweep throttles.
func (h *house) tend(ctx context.Context) {
	tick, sweep := time.NewTicker(tendEvery), time.NewTicker(sweepEvery)
	defer tick.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			if err := h.people.SweepThrottles(ctx); err != nil && ctx.Err() == nil {
				slog.Error("old throttles were not removed", "error", err)
			}
			continue
		case <-tick.C:
		}
		if _, err := audit.Seal(ctx, h.db, h.now); err != nil && ctx.Err() == nil {
			slog.Error("the audit log was not sealed", "error", err)
		}
		if _, err := h.search.CatchUp(ctx); err != nil && ctx.Err() == nil {
			slog.Error("new texts were not taken into the search", "error", err)
		}
		if _, err := h.quizzes.SubmitExpired(ctx); err != nil && ctx.Err() == nil {
			slog.Error("attempts out of time were not submitted", "error", err)
		}
		if _, err := h.quizzes.Tally(ctx); err != nil && ctx.Err() == nil {
			slog.Error("the figures of quizzes were not counted", "error", err)
		}
	}
}
