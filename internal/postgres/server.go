package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options says where a private server keeps its data and how careful it is.
type Options struct {
	DataDir  string   // made when absent; its parent must be there
	NPMRoots []string // where node_modules may hold the fallback binaries
	Unsafe   bool     // no fsync: for tests whose data nobody will miss
	Sockets  string   // folder to make the socket's folder in; empty: the system's temporary one
	Log      *slog.Logger
}

// Server is a running private PostgreSQL.
type Server struct {
	socketDir string
	process   *os.Process
	exited    chan struct{}
}

const (
	role     = "anwen"
	database = "anwen"
	// The kernel's limit for the path of a Unix socket is 107 bytes, so the
	// socket lives in a short temporary folder and not in the data folder.
	socketPattern = "anwen-pg-"
)

// Start makes the cluster when it is absent, runs the server and waits until it
// answers. The server ends when this process ends, however that happens.
func Start(ctx context.Context, o Options) (*Server, error) {
	bin, err := Binaries(o.NPMRoots...)
	if err != nil {
		return nil, err
	}
	owner, err := unprivileged()
	if err != nil {
		return nil, err
	}
	data, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, err
	}
	if err := initialise(ctx, bin, data, owner); err != nil {
		return nil, err
	}
	if err := waitForPrevious(ctx, data); err != nil {
		return nil, err
	}
	socketDir, err := os.MkdirTemp(o.Sockets, socketPattern)
	if err != nil {
		return nil, err
	}
	if err := owner.own(socketDir); err != nil {
		return nil, err
	}
	s := &Server{socketDir: socketDir, exited: make(chan struct{})}
	if err := s.run(bin, data, owner, o.Unsafe); err != nil {
		return nil, errors.Join(err, os.RemoveAll(socketDir))
	}
	if err := s.waitUntilReady(ctx, data); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	o.Log.Info("private PostgreSQL is running: a local database for trying out and tests, not for production",
		"binaries", bin, "data", data)
	return s, nil
}

// URL names the database for pgx.
func (s *Server) URL() string { return s.urlOf(database) }

func (s *Server) urlOf(name string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", s.socketDir, role, name)
}

// Stop shuts the server down (fast shutdown) and waits for its end.
func (s *Server) Stop() error {
	if err := s.process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop private PostgreSQL: %w", err)
	}
	select {
	case <-s.exited:
	case <-time.After(30 * time.Second):
		return errors.New("private PostgreSQL did not stop within 30 s")
	}
	return os.RemoveAll(s.socketDir)
}

func initialise(ctx context.Context, bin, data string, owner account) error {
	if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); err == nil {
		return nil
	}
	// The account must get through the folders above; its own is for it alone.
	if err := os.MkdirAll(filepath.Dir(data), 0o755); err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	if err := owner.own(data); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", role, "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	cmd.Dir = data
	cmd.SysProcAttr = owner.attributes()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if errors.Is(err, os.ErrPermission) {
			err = fmt.Errorf("%w: the account that PostgreSQL runs as must be able to enter the folders above", err)
		}
		return fmt.Errorf("make the database folder %s: %w: %s", data, err, bytes.TrimSpace(out.Bytes()))
	}
	return nil
}

func (s *Server) run(bin, data string, owner account, unsafe bool) error {
	args := []string{"-D", data, "-h", "", "-k", s.socketDir,
		"-c", "shared_buffers=128MB", "-c", "max_connections=100", "-c", "logging_collector=off",
		"-c", "log_min_messages=warning", "-c", "jit=off"}
	if unsafe {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	logFile, err := os.OpenFile(filepath.Join(data, "server.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer logFile.Close()

	cmd := exec.Command(filepath.Join(bin, "postgres"), args...)
	cmd.Dir = data
	cmd.Stdout, cmd.Stderr = logFile, logFile
	cmd.SysProcAttr = owner.attributes()
	cmd.SysProcAttr.Setpgid = true
	dieWithParent(cmd.SysProcAttr)

	started := make(chan error, 1)
	go func() {
		// The death signal follows the thread that started the child, so that
		// thread must live as long as this process.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait() // how it ended stands in server.log
		close(s.exited)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.process = cmd.Process
	return nil
}

func (s *Server) waitUntilReady(ctx context.Context, data string) error {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.urlOf("postgres"))
		if err == nil {
			return errors.Join(createDatabase(ctx, conn), conn.Close(ctx))
		}
		select {
		case <-s.exited:
			return fmt.Errorf("PostgreSQL ended while starting; see %s", filepath.Join(data, "server.log"))
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-tick.C:
		}
	}
}

func createDatabase(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, database).Scan(&there); err != nil {
		return err
	}
	if there {
		return nil
	}
	_, err := conn.Exec(ctx, "CREATE DATABASE "+database)
	return err
}
