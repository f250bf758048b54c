package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

const (
	// The kernel's limit for the path of a Unix socket is 107 bytes, so the
	// socket lives in a short temporary folder and not in the data folder.
	socketPattern = "anwen-pg-"
	// socketNote is the file of the data folder that names the socket's: whoever
	// was killed left both.
	socketNote = "anwen-sockets"
)

// makeSockets makes the folder of the socket and removes the one that a killed
// program left.
func (s *Server) makeSockets(parent string) (err error) {
	if parent == "" {
		parent = os.TempDir()
	}
	note := filepath.Join(s.data.path, socketNote)
	if left, err := os.ReadFile(note); err == nil {
		removeSockets(parent, string(left))
	}
	if s.sockets.path, err = os.MkdirTemp(parent, socketPattern); err != nil {
		return err
	}
	err = s.owner.own(s.sockets.path)
	if err == nil {
		err = os.WriteFile(note, []byte(s.sockets.path), 0o600)
	}
	if err != nil {
		return errors.Join(err, s.dropSockets())
	}
	return nil
}

// removeSockets removes a folder of sockets, and nothing that this program does not
// make: the account of the server may write into the note that names it.
func removeSockets(parent, path string) {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || filepath.Dir(path) != filepath.Clean(parent) || !strings.HasPrefix(filepath.Base(path), socketPattern) {
		return
	}
	for _, name := range []string{".s.PGSQL.5432", ".s.PGSQL.5432.lock"} {
		_ = os.Remove(filepath.Join(path, name)) // a server that ended in order took it along
	}
	_ = os.Remove(path) // something else stands in it: not ours to remove
}

func (s *Server) dropSockets() error {
	note := os.Remove(filepath.Join(s.data.path, socketNote))
	if errors.Is(note, os.ErrNotExist) { // nor when somebody moved the data away
		note = nil
	}
	return errors.Join(os.RemoveAll(s.sockets.path), note)
}
