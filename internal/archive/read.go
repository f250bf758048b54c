package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"anwen/internal/errs"
)

// Open reads the folder or the zip file that the path names. NotFound when there
// is none, Invalid with a fault per file when something in it is refused.
func Open(name string) (Files, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.New(errs.NotFound, "archive.not_found", errs.Args{"path": name})
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, fmt.Errorf("open folder %s: %w", name, err)
		}
		defer root.Close()
		return FromFolder(root.FS())
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	return FromZip(file, info.Size())
}

// FromFolder reads a folder. Invalid with a fault per file when something in it
// is refused: links, devices, too many or too large files.
func FromFolder(folder fs.FS) (Files, error) {
	c := newCollector()
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case c.full:
			return fs.SkipAll
		case entry.IsDir() && name != "." && litter(name):
			return fs.SkipDir
		case entry.IsDir() || litter(name):
			return nil
		case !entry.Type().IsRegular():
			c.faults.Add(errs.Place{File: printable(name)}, "archive.not_a_file", nil)
			return nil
		case !c.admit(name):
			return nil
		}
		file, err := folder.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		return c.read(name, file)
	})
	if err != nil {
		return nil, fmt.Errorf("read the folder: %w", err)
	}
	return c.finish()
}

// FromZip reads a zip file. Invalid when it is none, is damaged or encrypted, and
// with a fault per file when something in it is refused. Sizes in its headers
// are not believed: reading stops at the limits.
func FromZip(r io.ReaderAt, size int64) (Files, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errs.New(errs.Invalid, "archive.not_a_zip", nil).Because(err)
	}
	c := newCollector()
	for _, entry := range archive.File {
		if c.full {
			break
		}
		name := entry.Name
		if entry.NonUTF8 {
			name = fromGB(name)
		}
		if entry.FileInfo().IsDir() {
			if code := unsafeName(trimSlash(name)); code != "" {
				c.faults.Add(errs.Place{File: printable(name)}, code, nil)
			}
			continue
		}
		switch {
		case !entry.Mode().IsRegular():
			c.faults.Add(errs.Place{File: printable(name)}, "archive.not_a_file", nil)
		case !c.admit(name):
		case entry.Flags&1 != 0:
			c.faults.Add(errs.Place{File: name}, "archive.encrypted", nil)
		default:
			c.unpack(name, entry)
		}
	}
	return c.finish()
}

func (c *collector) unpack(name string, entry *zip.File) {
	data, err := entry.Open()
	if err == nil {
		defer data.Close()
		err = c.read(name, data)
	}
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		c.faults.Add(errs.Place{File: name}, "archive.unknown_method", nil)
	case err != nil:
		c.faults.Add(errs.Place{File: name}, "archive.damaged", nil)
	}
}

// read takes the bytes in, one more than there is room for at the most.
func (c *collector) read(name string, r io.Reader) error {
	room := c.room()
	var data bytes.Buffer
	n, err := io.Copy(&data, io.LimitReader(r, room+1))
	if n > room {
		c.tooLarge(name)
		return nil
	}
	if err != nil {
		return err
	}
	c.keep(name, data.Bytes())
	return nil
}

func trimSlash(name string) string {
	if n := len(name); n > 0 && name[n-1] == '/' {
		return name[:n-1]
	}
	return name
}
