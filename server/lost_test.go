package server_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"anwen/internal/database"
	"anwen/server"
)

// breaking stands between the program and the database. While it cuts, the answer of the
// database ends in the middle, and the connection with it.
type breaking struct {
	cuts, reset atomic.Bool
}

func (b *breaking) listen(t *testing.T, network, address string) (port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			behind, err := net.Dial(network, address)
			if err != nil {
				client.Close()
				continue
			}
			go func() { io.Copy(behind, client); behind.Close() }()
			go b.answer(client.(*net.TCPConn), behind)
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

// answer passes on what the database says.
func (b *breaking) answer(client *net.TCPConn, behind net.Conn) {
	defer behind.Close()
	defer client.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := behind.Read(buffer)
		if err != nil {
			return
		}
		if b.cuts.Load() {
			client.Write(buffer[:min(n, 7)]) // the head of a message and a part of it
			if b.reset.Load() {
				client.SetLinger(0)
			}
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// Whatever the driver calls it: a connection that breaks off in the middle of an answer
// means that the database is away, and no fault of the program.
func TestAConnectionThatBreaksOffIsADatabaseThatIsAway(t *testing.T) {
	direct := filled.New(t)
	config := direct.PGX().Config().ConnConfig
	network, address := "tcp", fmt.Sprintf("%s:%d", config.Host, config.Port)
	if strings.HasPrefix(config.Host, "/") {
		network, address = "unix", filepath.Join(config.Host, fmt.Sprintf(".s.PGSQL.%d", config.Port))
	}
	b := &breaking{}
	port := b.listen(t, network, address)
	db, err := database.Open(context.Background(), fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable", config.User, config.Password, port, config.Database), 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := begin(t, db)
	for _, reset := range []bool{false, true} {
		for _, path := range []string{"/me", "/courses", "/people", "/records/certifications?format=csv", "/records/certifications", "/performance/scores?period=2026-Q4", "/courses/handling/export.zip"} {
			b.reset.Store(reset)
			if a := w.answer("head", "GET", server.Prefix+path, ""); a.Code != http.StatusOK {
				t.Fatalf("%s before: %d %s", path, a.Code, a.Body)
			}
			b.cuts.Store(true)
			a := w.answer("head", "GET", server.Prefix+path, "")
			b.cuts.Store(false)
			if a.Code != http.StatusServiceUnavailable || a.Header().Get("Retry-After") == "" || problem(t, a.Body.String()).Code != "api.unavailable" {
				t.Errorf("%s, reset %v: %d %v %s", path, reset, a.Code, a.Header(), a.Body)
			}
		}
		b.cuts.Store(true)
		a := w.answer("head", "POST", server.Prefix+"/banks", `{"code":"lost","names":{"en":"Lost"}}`)
		b.cuts.Store(false)
		if a.Code != http.StatusServiceUnavailable || a.Header().Get("Retry-After") == "" {
			t.Errorf("a change, reset %v: %d %v %s", reset, a.Code, a.Header(), a.Body)
		}
	}
}
