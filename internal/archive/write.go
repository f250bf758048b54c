package archive

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path"

	"anwen/internal/errs"
)

// Zip writes the files in name order and without times: equal files make equal
// bytes.
func (f Files) Zip(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, name := range f.Names() {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = part.Write(f[name])
		}
		if err != nil {
			return fmt.Errorf("zip %s: %w", name, err)
		}
	}
	return z.Close()
}

// WriteFolder writes the files below a folder that is new or empty. Conflict when
// it is neither.
func (f Files) WriteFolder(name string) error {
	if err := os.MkdirAll(name, 0o755); err != nil {
		return err
	}
	there, err := os.ReadDir(name)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return errs.New(errs.Conflict, "archive.folder_not_empty", errs.Args{"path": name})
	}
	root, err := os.OpenRoot(name) // no name leads out of it
	if err != nil {
		return err
	}
	defer root.Close()
	for _, file := range f.Names() {
		if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(file, f[file], 0o644); err != nil {
			return err
		}
	}
	return nil
}
