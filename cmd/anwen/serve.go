package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"anwen/internal/audit"
	"anwen/internal/postgres"
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

// The time that a caller has for its headers, and that an answer may take; long
// exports stream and are bounded by the caller's patience.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 20 * time.Second
	tendEvery     = 5 * time.Second
)

// serve answers, tells the address, and ends gracefully with ctx, or with
// Unavailable when its private database is lost: a program that can only answer
// 500 is of no use to anybody. It closes the listener.
func (h *house) serve(ctx context.Context, listener net.Listener, listening func(addr string)) error {
	// Background work ends after the last request, not before it.
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	web := h.server()
	go h.listener.Run(background)
	go h.tend(background)

	server := &http.Server{Handler: web, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout}
	ended := make(chan error, 1)
	go func() {
		if h.config.TLSCert != "" {
			ended <- server.ServeTLS(listener, h.config.TLSCert, h.config.TLSKey)
		} else {
			ended <- server.Serve(listener)
		}
	}()
	if _, err := h.search.CatchUp(ctx); err != nil {
		slog.Error("the search is behind", "error", err)
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
	err := server.Shutdown(grace)
	if ended := <-ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return errors.Join(lost, err)
}

// tend does what must happen without a request: seal the audit log, take new
// texts into the search, submit attempts whose time ran out.
func (h *house) tend(ctx context.Context) {
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := audit.Seal(ctx, h.db, h.now()); err != nil && ctx.Err() == nil {
			slog.Error("the audit log was not sealed", "error", err)
		}
		if _, err := h.search.CatchUp(ctx); err != nil && ctx.Err() == nil {
			slog.Error("new texts were not taken into the search", "error", err)
		}
		if _, err := h.quizzes.SubmitExpired(ctx); err != nil && ctx.Err() == nil {
			slog.Error("attempts out of time were not submitted", "error", err)
		}
	}
}
