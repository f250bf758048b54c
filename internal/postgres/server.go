package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Options says where a private server keeps its data and how careful it is.
type Options struct {
	DataDir  string   // made when absent
	Named    string   // the flag or the variable that says where the data is, for messages
	Existing bool     // only a database that is there: none is made
	NPMRoots []string // where node_modules may hold the fallback binaries
	Unsafe   bool     // no fsync: for tests whose data nobody will miss
	Sockets  string   // folder to make the socket's folder in; empty: the system's temporary one
	Log      *slog.Logger
}

// Server is a running private PostgreSQL.
type Server struct {
	bin           string
	owner         account
	data, sockets folder
	named         string
	unsafe        bool
	log           *slog.Logger
	held          *os.File // the data folder, locked for this process

	mu      sync.Mutex
	process process // the newest
	stop    context.CancelFunc
	watched chan struct{} // closed when nobody starts it again any more
	lost    chan error
}

const (
	role     = "anwen"
	database = "anwen"
)

// Start makes the cluster when it is absent, runs the server and waits until it
// answers. The server ends when this process ends, however that happens; when it
// ends by itself it is started again. Conflict, with the command that mends it,
// when the account of the server cannot get to a folder; nothing is written then.
// A folder that another program uses is refused at once.
func Start(ctx context.Context, o Options) (*Server, error) {
	s := &Server{named: o.Named, unsafe: o.Unsafe, log: o.Log, watched: make(chan struct{}), lost: make(chan error, 1)}
	if err := s.place(o); err != nil {
		return nil, err
	}
	there, err := s.there()
	switch {
	case err != nil:
		return nil, err
	case !there && o.Existing:
		return nil, fmt.Errorf("there is no database in the folder %s: name the folder that has one with %s, or a server with ANWEN_DATABASE_URL",
			s.data.path, o.Named)
	}
	if err := s.hold(ctx); err != nil {
		return nil, err
	}
	killed := s.leftBehind()
	if err := s.open(ctx, o.Sockets); err != nil {
		return nil, errors.Join(err, s.release())
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	err = s.waitUntilReady(ctx)
	if errors.Is(err, errEnded) && killed {
		err = s.again(ctx)
	}
	if err != nil {
		stop() // nobody is to start it again
	}
	go s.watch(life)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w; see %s", err, s.logFile()), s.Stop())
	}
	o.Log.Info("private PostgreSQL is running: a local database for trying out and tests, not for production",
		"binaries", s.bin, "data", s.data.path)
	return s, nil
}

// open runs the server in the folder that is held.
func (s *Server) open(ctx context.Context, sockets string) error {
	if err := s.initialise(ctx); err != nil {
		return err
	}
	if err := s.makeSockets(sockets); err != nil {
		return err
	}
	if err := s.run(); err != nil {
		return errors.Join(err, s.dropSockets())
	}
	return nil
}

// place finds programs, account and folders, and the way to them.
func (s *Server) place(o Options) (err error) {
	if s.bin, err = Binaries(o.NPMRoots...); err != nil {
		return err
	}
	if s.owner, err = unprivileged(); err != nil {
		return err
	}
	if err := s.owner.runs(s.bin); err != nil {
		return err
	}
	data, err := filepath.Abs(o.DataDir)
	if err != nil {
		return err
	}
	at := existing(data)
	if info, err := os.Stat(at); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file: %s must name a folder", at, o.Named)
	}
	if s.data, err = s.owner.reach(s.bin, data); err != nil {
		return err
	}
	sockets := o.Sockets
	if sockets == "" {
		sockets = os.TempDir()
	}
	s.sockets, err = s.owner.reach(s.bin, filepath.Join(sockets, socketPattern))
	return err
}

// URL names the database for pgx.
func (s *Server) URL() string { return s.urlOf(database) }

func (s *Server) urlOf(name string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", s.sockets.path, role, name)
}

// Stop shuts the server down (fast shutdown) and waits for its end.
func (s *Server) Stop() error {
	s.stop()
	<-s.watched
	p := s.running()
	if err := p.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop private PostgreSQL: %w", err)
	}
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		return errors.New("private PostgreSQL did not stop within 30 s")
	}
	return errors.Join(s.dropSockets(), s.release())
}

// there says whether the folder has a cluster.
func (s *Server) there() (bool, error) {
	_, err := os.Stat(filepath.Join(s.data.path, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (s *Server) initialise(ctx context.Context) error {
	if there, err := s.there(); err != nil || there {
		return err
	}
	if err := s.owner.own(s.data.path); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), "-U", role, "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	data, done, err := s.data.give(cmd)
	if err != nil {
		return err
	}
	defer done()
	cmd.Args = append(cmd.Args, "-D", data)
	cmd.Dir = "/"
	cmd.SysProcAttr = s.owner.attributes()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("make the database folder %s: %w: %s", s.data.path, err, bytes.TrimSpace(out.Bytes()))
	}
	return nil
}

func (s *Server) run() error {
	cmd := exec.Command(filepath.Join(s.bin, "postgres"))
	data, closeData, err := s.data.give(cmd)
	if err != nil {
		return err
	}
	defer closeData()
	sockets, closeSockets, err := s.sockets.give(cmd)
	if err != nil {
		return err
	}
	defer closeSockets()
	cmd.Args = append(cmd.Args, "-D", data, "-h", "", "-k", sockets,
		"-c", "shared_buffers=128MB", "-c", "max_connections=100", "-c", "logging_collector=off",
		"-c", "log_min_messages=warning", "-c", "jit=off",
		"-c", "anwen.folder="+s.data.path) // whatever name it was given: see previous
	if s.unsafe {
		cmd.Args = append(cmd.Args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	logFile, err := os.OpenFile(s.logFile(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer logFile.Close()
	cmd.Dir = "/" // PostgreSQL goes to its data by itself
	cmd.Stdout, cmd.Stderr = logFile, logFile
	cmd.SysProcAttr = s.owner.attributes()
	cmd.SysProcAttr.Setpgid = true
	dieWithParent(cmd.SysProcAttr)

	started, ended := make(chan error, 1), make(chan struct{})
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
		close(ended)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.mu.Lock()
	s.process = process{cmd.Process, ended}
	s.mu.Unlock()
	return nil
}

func (s *Server) waitUntilReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.urlOf("postgres"))
		if err == nil {
			err = createDatabase(ctx, conn)
			conn.Close(context.WithoutCancel(ctx)) // it has done what it was for
			if err == nil || refused(err) {
				return err
			}
		}
		select {
		case <-s.running().ended:
			return errEnded
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-tick.C:
		}
	}
}

// refused tells a statement that the server does not take from a server that is
// ending or beginning (class 57P) or a connection that broke.
func refused(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && !strings.HasPrefix(said.Code, "57P")
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
