package server

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"anwen/internal/errs"
)

// downloads makes files whole before they are sent: whoever reads slowly, or not at all,
// holds a file on the disk and no connection of the database.
type downloads struct {
	folder   string        // of the files; "" is the system's
	making   chan struct{} // one place for each file that may be made at once
	patience time.Duration // how long one waits for a place
	mu       sync.Mutex
	open     map[int64]int // files that a person is waiting for or reading
}

const downloadsOfPerson = 2

func newDownloads(folder string, atOnce int) *downloads {
	return &downloads{folder: folder, making: make(chan struct{}, max(1, atOnce)), patience: patience, open: map[int64]int{}}
}

// enter is TooMany while the person has as many as one may have.
func (d *downloads) enter(person int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open[person] >= downloadsOfPerson {
		return errs.New(errs.TooMany, "api.too_many_downloads", errs.Args{"most": downloadsOfPerson})
	}
	d.open[person]++
	return nil
}

func (d *downloads) leave(person int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open[person]--; d.open[person] == 0 {
		delete(d.open, person)
	}
}

// spool makes the file, which has no name any more when it is returned: nothing of it
// stays when the program ends, however it ends. Unavailable while too many are made.
func (d *downloads) spool(ctx context.Context, write func(io.Writer) error) (*os.File, error) {
	timer := time.NewTimer(d.patience)
	defer timer.Stop()
	select {
	case d.making <- struct{}{}:
		defer func() { <-d.making }()
	case <-timer.C:
		return nil, errs.New(errs.Unavailable, "api.unavailable", nil)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	f, err := os.CreateTemp(d.folder, "download-")
	if err != nil {
		return nil, fmt.Errorf("make a file for a download: %w", err)
	}
	whole := false
	defer func() { // also when write panics
		if !whole {
			f.Close()
		}
	}()
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	if err := write(f); err != nil {
		return nil, err
	}
	_, err = f.Seek(0, io.SeekStart)
	whole = err == nil
	return f, err
}

// download answers with the file that write produces, or with a Problem.
func (s *Server) download(ctx context.Context, name, mediaType string, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		w := humagin.Unwrap(out).Writer
		person := actorOf(ctx).PersonID
		if err := s.downloads.enter(person); err != nil {
			writeProblem(w, s.problem(ctx, out.Method(), err))
			return
		}
		defer s.downloads.leave(person)
		f, err := s.downloads.spool(ctx, write)
		if err != nil {
			writeProblem(w, s.problem(ctx, out.Method(), err))
			return
		}
		defer f.Close()
		sendFile(ctx, w, f, name, mediaType)
	}}
}

func sendFile(ctx context.Context, w gin.ResponseWriter, f *os.File, name, mediaType string) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", disposition("attachment", name))
	h.Set("Cache-Control", "no-store")
	if info, err := f.Stat(); err == nil {
		h.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	}
	w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(w, f); err != nil {
		slog.DebugContext(ctx, "a download was not read to its end", "error", err)
		panic(http.ErrAbortHandler) // half a file must not look complete
	}
}
