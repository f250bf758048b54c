package postgres_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/postgres"
)

// closedFolder is one that only root may pass through, as /root is.
func closedFolder(t *testing.T) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("not root: PostgreSQL runs as ourselves here, and no folder of ours is closed to it")
	}
	dir := filepath.Join(folder(t), "closed")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func in(dir string) postgres.Options {
	return postgres.Options{Named: "--data", DataDir: filepath.Join(dir, "data", "pg"), Log: quiet, Sockets: dir}
}

func TestAFolderBelowAClosedOneIsUsedAndNothingIsOpened(t *testing.T) {
	dir := closedFolder(t)
	s, err := postgres.Start(context.Background(), in(dir))
	if err != nil {
		t.Fatal(err)
	}
	keep(t, s.URL())
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if s, err = postgres.Start(context.Background(), in(dir)); err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if got := query(t, s.URL(), `SELECT word FROM kept`); got != "here" {
		t.Errorf("got %q", got)
	}
	if m := mode(t, dir); m != 0o700 {
		t.Errorf("the closed folder has mode %o now", m)
	}
	if m := mode(t, filepath.Join(dir, "data", "pg")); m != 0o700 {
		t.Errorf("the database folder has mode %o", m)
	}
	// A second server is refused, whatever name the folder was given.
	if _, err := postgres.Start(context.Background(), in(dir)); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second server: %v", err)
	}
}

func TestAFolderOutOfReachIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	dir := closedFolder(t)
	defer postgres.WithoutHandedFolders()()
	_, err := postgres.Start(context.Background(), in(dir))
	if errs.KindOf(err) != errs.Conflict || errs.CodeOf(err) != "postgres.folder_closed" {
		t.Fatalf("got %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it wrote %v, %v", entries, err)
	}
	var refusal *errs.Error
	errors.As(err, &refusal)
	command, _ := refusal.Args["command"].(string)
	if !strings.Contains(command, dir) {
		t.Fatalf("the command is %q", command)
	}
	if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", command, err, out)
	}
	s, err := postgres.Start(context.Background(), in(dir))
	if err != nil {
		t.Fatalf("after %s: %v", command, err)
	}
	s.Stop()
}

// What the program makes itself lets its server through, whatever the umask.
func TestFoldersOfItsOwnLetTheServerThrough(t *testing.T) {
	dir := closedFolder(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	defer postgres.WithoutHandedFolders()()
	defer syscall.Umask(syscall.Umask(0o077))
	s, err := postgres.Start(context.Background(), in(dir))
	if err != nil {
		t.Fatal(err)
	}
	s.Stop()
}

func TestProgramsBelowAClosedFolderAreRefused(t *testing.T) {
	bin, err := postgres.Binaries()
	if err != nil {
		t.Skip(err)
	}
	link := filepath.Join(closedFolder(t), "bin")
	if err := os.Symlink(bin, link); err != nil {
		t.Fatal(err)
	}
	if err := postgres.Runnable(bin); err != nil {
		t.Errorf("%s: %v", bin, err)
	}
	if err := postgres.Runnable(link); errs.CodeOf(err) != "postgres.programs_closed" || !strings.Contains(err.Error(), filepath.Dir(link)) {
		t.Errorf("%s: %v", link, err)
	}
}
