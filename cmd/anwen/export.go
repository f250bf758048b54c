package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"anwen/internal/errs"
	"anwen/people"
)

type exportCommand struct {
	Course exportCourse `cmd:"" help:"The files of a course, as they were published."`
}

type exportCourse struct {
	Slug     string `arg:"" help:"Of the course."`
	To       string `arg:"" help:"A .zip file, or a new or empty folder."`
	Revision int    `help:"Number of the revision; none: the newest."`
}

// Run writes the files of a course to a zip or a folder.
func (c exportCourse) Run(ctx context.Context, t terminal) error {
	h, err := openExisting(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	files, err := h.courses.Export(ctx, people.System(), c.Slug, c.Revision)
	if err != nil {
		return err
	}
	if !strings.HasSuffix(c.To, ".zip") {
		if err := files.WriteFolder(c.To); err != nil {
			return err
		}
	} else if err := writeNew(c.To, files.Zip); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s: %d files\n", c.To, len(files))
	return nil
}

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(name string, write func(io.Writer) error) (err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return errs.New(errs.Conflict, "archive.file_exists", errs.Args{"path": name})
	}
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
		if err != nil {
			_ = os.Remove(name) // half a file is worse than none
		}
	}()
	return write(file)
}
