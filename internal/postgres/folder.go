package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"anwen/internal/errs"
)

// folder is one that the server works in. When root's folders above it are
// closed to the server's account, the server gets it as an open file: then
// nothing above needs to be opened to anybody.
type folder struct {
	path   string
	handed bool
}

// canHand says whether a folder can be reached through an open file. It is a
// variable so that tests can play a system without /proc.
var canHand = func() bool {
	_, err := os.Stat("/proc/self/fd")
	return runtime.GOOS == "linux" && err == nil
}

// reach says how the account gets to a folder that is there or will be made.
// Conflict, before anything is written, when it cannot.
func (a account) reach(bin, path string) (folder, error) {
	above := existing(filepath.Dir(path))
	open, err := a.enters(bin, above)
	switch {
	case err != nil:
		return folder{}, err
	case open || canHand():
		return folder{path: path, handed: !open}, nil
	}
	return folder{}, a.closed("postgres.folder_closed", above)
}

// runs makes sure that the account can run the programs. Conflict when it cannot.
func (a account) runs(bin string) error {
	able, err := a.enters(bin, "/")
	if err == nil && !able {
		err = a.closed("postgres.programs_closed", bin)
	}
	return err
}

// enters lets the kernel answer whether the account can work in a folder.
func (a account) enters(bin, dir string) (bool, error) {
	if !a.switched {
		return true, nil
	}
	cmd := exec.Command(filepath.Join(bin, "postgres"), "--version")
	cmd.Dir, cmd.SysProcAttr = dir, a.attributes()
	err := cmd.Run()
	if errors.Is(err, fs.ErrPermission) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("try PostgreSQL in %s: %w", dir, err)
	}
	return true, nil
}

// closed names the folders on the way that let only their owner and group pass,
// with the command that opens them.
func (a account) closed(code, dir string) error {
	var shut []string
	for at := dir; ; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil && info.Mode()&0o001 == 0 {
			shut = append([]string{quoted(at)}, shut...)
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if len(shut) == 0 { // closed by something finer than modes
		shut = []string{quoted(dir)}
	}
	return errs.New(errs.Conflict, code, errs.Args{"account": a.name, "folder": dir, "command": "chmod o+x " + strings.Join(shut, " ")})
}

// quoted is a path as a shell reads it.
func quoted(path string) string {
	if strings.ContainsFunc(path, func(c rune) bool { return strings.ContainsRune(" '\"\\$`!*?[](){}<>|&;#~\t\n", c) }) {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}

// existing is the path or the nearest folder above it that is there.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}

// makeWay makes a folder with those above it. Whatever the umask says, the
// account may pass through what is made here; what was there stays as it is.
func (a account) makeWay(path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := a.makeWay(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o755); err != nil || !a.switched {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Chmod(path, info.Mode().Perm()|0o011)
}

// give lets a command use the folder and returns its name there. The caller
// calls done when the command has started.
func (f folder) give(cmd *exec.Cmd) (name string, done func(), err error) {
	if !f.handed {
		return f.path, func() {}, nil
	}
	open, err := os.Open(f.path)
	if err != nil {
		return "", nil, err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, open)
	return fmt.Sprintf("/proc/self/fd/%d", 2+len(cmd.ExtraFiles)), func() { open.Close() }, nil
}
