package server_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"anwen/server"
)

// What has begun to be sent cannot become a problem: the connection breaks off instead,
// so that nobody takes half an answer for a whole one.
func TestHalfAnAnswerBreaksOff(t *testing.T) {
	engine := gin.New()
	engine.Use(server.RecoverPanics)
	engine.GET("/", func(c *gin.Context) {
		_, _ = io.WriteString(c.Writer, "half")
		c.Writer.Flush()
		panic("secret")
	})
	web := httptest.NewServer(engine)
	defer web.Close()
	answer, err := http.Get(web.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if raw, err := io.ReadAll(answer.Body); err == nil || string(raw) != "half" {
		t.Errorf("%q ends with %v", raw, err)
	}
}

// gone is an answer that nobody takes any more.
type gone struct{ *httptest.ResponseRecorder }

func (gone) Write([]byte) (int, error) { return 0, errors.New("the reader has gone") }

func aRow(w io.Writer) error { _, err := io.WriteString(w, "a,b\n"); return err }

func TestAFileThatIsNotTakenToItsEndBreaksOff(t *testing.T) {
	d := server.NewDownloads(t.TempDir(), 1, time.Minute)
	if cause := send(t.Context(), d, 1, gone{httptest.NewRecorder()}, aRow); cause != http.ErrAbortHandler {
		t.Errorf("it ended with %v", cause)
	}
}

// Whoever waits for a place and goes away keeps nothing waiting.
func TestNobodyWaitsForAPlaceWhoHasGone(t *testing.T) {
	d := server.NewDownloads(t.TempDir(), 1, time.Hour)
	open, making, finish, done := make(chan struct{}), make(chan struct{}), make(chan struct{}), make(chan struct{})
	close(open)
	go func() {
		defer close(done)
		_, end := ask(t, d, 1, open, func(io.Writer) error { close(making); <-finish; return nil })
		end()
	}()
	<-making
	ctx, leave := context.WithCancel(context.Background())
	leave()
	left := make(chan any, 1)
	go func() { left <- send(ctx, d, 2, httptest.NewRecorder(), aRow) }()
	select {
	case <-left:
	case <-time.After(20 * time.Second):
		t.Error("it waits on")
	}
	close(finish)
	<-done
}

// counted tells how much of a body was read.
type counted struct {
	io.Reader
	read int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

// A body that does not say how long it is is read no further than the others may be long.
func TestABodyOfNoLengthIsNotReadBeyondItsLimit(t *testing.T) {
	w := build(t)
	body := &counted{Reader: strings.NewReader(form(strings.Repeat("x", 24<<20)))}
	r := httptest.NewRequest("POST", server.Prefix+"/policy-texts", body)
	r.ContentLength = -1
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens["head"]})
	a := httptest.NewRecorder()
	w.web.ServeHTTP(a, r)
	if a.Code < 400 || a.Code >= 500 || body.read > 10<<20 {
		t.Errorf("%d after %d bytes: %.300s", a.Code, body.read, a.Body)
	}
}

// Why the program is not ready is for its keepers: the route is public.
func TestThatItIsNotReadyIsAllThatIsTold(t *testing.T) {
	w := build(t)
	s := server.New(w.rooms, server.Config{Now: func() time.Time { return w.now }, Ready: func(context.Context) error { return errors.New("dial tcp 10.0.0.5: refused") }})
	a := httptest.NewRecorder()
	s.ServeHTTP(a, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if a.Code != http.StatusServiceUnavailable || a.Body.String() != "not ready\n" {
		t.Errorf("%d %q", a.Code, a.Body)
	}
}
