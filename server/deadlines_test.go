package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"anwen/server"
)

func TestABodyMustGoOnComing(t *testing.T) {
	begun := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		after time.Duration
		read  int64
		want  time.Duration // since it began
	}{
		"at the beginning":                     {0, 0, 15 * time.Second},
		"a byte now and then":                  {14 * time.Second, 1, 20 * time.Second},
		"a byte now and then, when time is up": {25 * time.Second, 2, 20 * time.Second},
		"a large one at a fair speed":          {60 * time.Second, 1 << 20, 75 * time.Second},
		"a large one that becomes slow":        {140 * time.Second, 1 << 20, 148 * time.Second},
	} {
		if got := server.BodyDeadline(begun, begun.Add(c.after), c.read); !got.Equal(begun.Add(c.want)) {
			t.Errorf("%s: after %s", name, got.Sub(begun))
		}
	}
}

// deadlined is a server with deadlines that are almost over when they begin.
func deadlined(t *testing.T, handle http.HandlerFunc) net.Conn {
	t.Helper()
	soon := server.Deadlines{Now: func() time.Time { return time.Now().Add(-14 * time.Second) }}
	web := httptest.NewUnstartedServer(soon.Handler(handle))
	late := server.Deadlines{Now: func() time.Time { return time.Now().Add(-29 * time.Second) }}
	web.Listener = late.Listener(web.Listener)
	web.Start()
	t.Cleanup(web.Close)
	conn, err := net.Dial("tcp", web.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil { // when the guard is gone
		t.Fatal(err)
	}
	return conn
}

const halfABody = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"

func TestAHalfSentBodyIsFreed(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"that is read":     func(w http.ResponseWriter, r *http.Request) { _, _ = io.ReadAll(r.Body) },
		"that nobody read": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"with a long answer": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat("a", 1<<16))
		},
	} {
		t.Run(name, func(t *testing.T) {
			conn := deadlined(t, handle)
			if _, err := io.WriteString(conn, halfABody); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(conn); err != nil {
				t.Errorf("the connection is held: %v", err)
			}
		})
	}
}

// A body that was not read to its end is no request of its own: behind a proxy, which
// sends the requests of many through one connection, its answer would be somebody else's.
func TestWhatIsLeftOfABodyIsNoRequest(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"that nobody read": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"that was closed": func(w http.ResponseWriter, r *http.Request) {
			_ = r.Body.Close()
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		},
		"that was closed after its beginning was read": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.CopyN(io.Discard, r.Body, 1000)
			_ = r.Body.Close()
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		},
	} {
		t.Run(name, func(t *testing.T) {
			web := httptest.NewServer(server.Deadlines{Now: time.Now}.Handler(handle))
			defer web.Close()
			conn, err := net.Dial("tcp", web.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil { // when the connection goes on
				t.Fatal(err)
			}
			body := strings.Repeat("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 40_000)
			go func() {
				_, _ = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
			}()
			answers, _ := io.ReadAll(conn) // it may be cut off
			if n := strings.Count(string(answers), "HTTP/1.1 "); n != 1 {
				t.Errorf("%d answers to one request", n)
			}
		})
	}
}

func TestAnAnswerThatNobodyReadsEnds(t *testing.T) {
	ended := make(chan error, 1)
	conn := deadlined(t, func(w http.ResponseWriter, r *http.Request) {
		var err error
		for err == nil {
			_, err = io.WriteString(w, strings.Repeat("a", 1<<20))
		}
		ended <- err
	})
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Error("it is written for ever")
	}
}

func TestAnAnswerIsSentWholeInPieces(t *testing.T) {
	long := strings.Repeat("0123456789", 50_000)
	conn := deadlined(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, long) })
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := io.ReadAll(answer.Body); err != nil || string(raw) != long {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}

// noted is a connection that notes each deadline of writing, and how much came after it.
type noted struct {
	net.Conn
	deadlines []time.Time
	sent      []int
}

func (n *noted) Accept() (net.Conn, error) { return n, nil }
func (n *noted) Close() error              { return nil }
func (n *noted) Addr() net.Addr            { return nil }

func (n *noted) SetWriteDeadline(at time.Time) error {
	n.deadlines, n.sent = append(n.deadlines, at), append(n.sent, 0)
	return nil
}

func (n *noted) Write(p []byte) (int, error) {
	n.sent[len(n.sent)-1] += len(p)
	return len(p), nil
}

// Each piece has its time: a long answer that is read slowly is no answer that nobody
// reads, though all of it together takes longer than a piece may.
func TestEachPieceOfALongAnswerHasItsTime(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	under := &noted{}
	conn, err := server.Deadlines{Now: func() time.Time { now = now.Add(time.Minute); return now }}.Listener(under).Accept()
	if err != nil {
		t.Fatal(err)
	}
	const long = 12 << 20
	if n, err := conn.Write(make([]byte, long)); n != long || err != nil {
		t.Fatal(n, err)
	}
	sum := 0
	for i, sent := range under.sent {
		sum += sent
		if sent > 64<<10 {
			t.Errorf("%d bytes within one deadline", sent)
		}
		if i > 0 && under.deadlines[i].Sub(under.deadlines[i-1]) != time.Minute {
			t.Errorf("the deadlines are %s", under.deadlines)
		}
	}
	if sum != long {
		t.Errorf("%d bytes are sent", sum)
	}
}

// deadlineNotes is an answer that remembers what deadlines its body was given.
type deadlineNotes struct {
	*httptest.ResponseRecorder
	read []time.Time
}

func (n *deadlineNotes) SetReadDeadline(at time.Time) error {
	n.read = append(n.read, at)
	return nil
}

// The connection is watched while the answer is made: a deadline that stays would end
// the request of everybody whose answer takes longer than the body.
func TestTheDeadlineOfABodyEndsWithTheBody(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	d := server.Deadlines{Now: func() time.Time { return now }}
	for name, c := range map[string]struct {
		read bool
		last time.Time
	}{
		"read to its end": {true, time.Time{}},
		"not read":        {false, now.Add(2 * time.Second)},
	} {
		notes := &deadlineNotes{ResponseRecorder: httptest.NewRecorder()}
		var atAnswer time.Time
		d.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c.read {
				_, _ = io.ReadAll(r.Body)
			}
			atAnswer = notes.read[len(notes.read)-1]
		})).ServeHTTP(notes, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("a body")))
		if last := notes.read[len(notes.read)-1]; !last.Equal(c.last) || c.read && !atAnswer.IsZero() || !c.read && !atAnswer.Equal(now.Add(15*time.Second)) {
			t.Errorf("%s: %v", name, notes.read)
		}
	}
	notes := &deadlineNotes{ResponseRecorder: httptest.NewRecorder()}
	d.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(notes, httptest.NewRequest(http.MethodGet, "/", nil))
	if len(notes.read) != 0 {
		t.Errorf("a request without a body was given %v", notes.read)
	}
}

func TestEachPieceOfABodyHasADeadlineOfItsOwn(t *testing.T) {
	begun := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	now := begun
	d := server.Deadlines{Now: func() time.Time { return now }}
	notes := &deadlineNotes{ResponseRecorder: httptest.NewRecorder()}
	d.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		for range 3 {
			now = now.Add(3 * time.Second)
			_, _ = r.Body.Read(make([]byte, 1))
		}
	})).ServeHTTP(notes, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("a body")))
	for i, want := range []time.Duration{15, 18, 20, 20, 11} { // at first, three pieces, what is left
		if got := notes.read[i].Sub(begun); got != want*time.Second {
			t.Errorf("deadline %d is after %s, want %d s", i, got, want)
		}
	}
}
