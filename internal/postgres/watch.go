package postgres

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"anwen/internal/errs"
)

// process is one run of the server.
type process struct {
	*os.Process
	ended chan struct{}
}

// A server that ends so often in so short a time is not started again.
const (
	mostDeaths = 5
	deathsIn   = time.Minute
)

// orphans is how long the processes of a killed server may hold its memory; a new
// one cannot start before they are gone.
const orphans = 20 * time.Second

// errEnded means that a server ended before it answered.
var errEnded = errors.New("PostgreSQL ended while starting")

// watch starts the server again when it ends by itself, and says on Lost when
// that does not help. PostgreSQL sees to the end of a single session on its own.
func (s *Server) watch(ctx context.Context) {
	defer close(s.watched)
	var deaths []time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.running().ended:
		}
		if ctx.Err() != nil {
			return
		}
		deaths = append(deaths, time.Now())
		if n := len(deaths); n > mostDeaths && deaths[n-1].Sub(deaths[n-1-mostDeaths]) < deathsIn {
			s.lost <- errs.New(errs.Unavailable, "postgres.keeps_ending", errs.Args{"log": s.logFile()})
			return
		}
		s.log.Warn("the private PostgreSQL has ended and is started again", "log", s.logFile())
		if err := s.again(ctx); err != nil {
			if ctx.Err() == nil {
				s.lost <- errs.New(errs.Unavailable, "postgres.lost", errs.Args{"log": s.logFile()}).Because(err)
			}
			return
		}
		s.log.Warn("the private PostgreSQL is running again")
	}
}

// again runs the server once more, as soon as nothing of the old one is left.
func (s *Server) again(ctx context.Context) error {
	deadline := time.Now().Add(orphans)
	for {
		if err := s.run(); err != nil {
			return err
		}
		err := s.waitUntilReady(ctx)
		if !errors.Is(err, errEnded) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Lost gives the reason when the server has ended and cannot be started again:
// Unavailable. Who holds the server ends then.
func (s *Server) Lost() <-chan error { return s.lost }

func (s *Server) running() process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.process
}

func (s *Server) logFile() string { return filepath.Join(s.data.path, "server.log") }
