package server

import (
	"context"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"anwen/people"
)

// What tests of other packages' names look at from inside.
var (
	Disposition   = disposition
	RecoverPanics = recoverPanics
	BodyDeadline  = bodyDeadline
	ProblemOf     = problemOf
)

// Routes is the table, for the test that walks it.
func (s *Server) Routes() []Route { return s.routes() }

// Downloads makes files in the folder, so many at once, and waits so long for a place.
type Downloads struct{ s *Server }

// NewDownloads returns it.
func NewDownloads(folder string, atOnce int, patience time.Duration) Downloads {
	d := newDownloads(folder, atOnce)
	d.patience = patience
	return Downloads{&Server{downloads: d}}
}

// Send is the download of the person.
func (d Downloads) Send(ctx context.Context, person int64, name, mediaType string, write func(io.Writer) error) *huma.StreamResponse {
	ctx = context.WithValue(ctx, callerKey{}, &caller{Actor: people.Actor{PersonID: person}})
	return d.s.download(ctx, name, mediaType, write)
}
