package server_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"anwen/server"
)

// unread is a reader of an answer who takes nothing until it is let.
type unread struct {
	*httptest.ResponseRecorder
	let chan struct{}
}

func (u unread) Write(p []byte) (int, error) {
	<-u.let
	return u.ResponseRecorder.Write(p)
}

// send gives a download to whoever asks for it and returns what its handler panicked with.
func send(ctx context.Context, d server.Downloads, person int64, to http.ResponseWriter, write func(io.Writer) error) (cause any) {
	c, _ := gin.CreateTestContext(to)
	c.Request = httptest.NewRequest(http.MethodGet, "/", nil)
	defer func() { cause = recover() }()
	d.Send(ctx, person, "rows.csv", "text/csv", write).Body(humagin.NewContext(&huma.Operation{Method: http.MethodGet}, c))
	return nil
}

// ask asks for a download of the person and returns when its answer has begun, or is there.
func ask(t *testing.T, d server.Downloads, person int64, let chan struct{}, write func(io.Writer) error) (answer *httptest.ResponseRecorder, end func()) {
	t.Helper()
	u := unread{httptest.NewRecorder(), let}
	made, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		send(context.Background(), d, person, u, func(w io.Writer) error {
			defer close(made)
			return write(w)
		})
	}()
	select {
	case <-made:
	case <-ended:
	}
	return u.ResponseRecorder, func() { <-ended }
}

// A file is made before it is read: nobody who reads slowly keeps what it is made from.
func TestDownloadsThatNobodyReadsKeepNoPlace(t *testing.T) {
	folder, let := t.TempDir(), make(chan struct{})
	d := server.NewDownloads(folder, 1, time.Minute)
	var answers []*httptest.ResponseRecorder
	var ends []func()
	for person := range int64(5) {
		answer, end := ask(t, d, person, let, func(w io.Writer) error {
			if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
				t.Errorf("a file of it has a name: %v, %v", left, err)
			}
			_, err := io.WriteString(w, "a,b\n")
			return err
		})
		answers, ends = append(answers, answer), append(ends, end)
	}
	close(let)
	for i, end := range ends {
		end()
		if answers[i].Code != http.StatusOK || answers[i].Body.String() != "a,b\n" {
			t.Errorf("%d %q", answers[i].Code, answers[i].Body)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

func TestAPersonHasTwoDownloadsAtOnce(t *testing.T) {
	let := make(chan struct{})
	d := server.NewDownloads(t.TempDir(), 4, time.Minute)
	rows := func(w io.Writer) error { _, err := io.WriteString(w, "a"); return err }
	_, first := ask(t, d, 7, let, rows)
	_, second := ask(t, d, 7, let, rows)
	open := make(chan struct{})
	close(open)
	third, end := ask(t, d, 7, open, rows)
	end()
	if third.Code != http.StatusTooManyRequests || third.Header().Get("Retry-After") == "" {
		t.Errorf("the third: %d %v", third.Code, third.Header())
	}
	other, end := ask(t, d, 8, open, rows)
	end()
	if other.Code != http.StatusOK {
		t.Errorf("another person: %d", other.Code)
	}
	close(let)
	first()
	second()
	again, end := ask(t, d, 7, open, rows)
	end()
	if again.Code != http.StatusOK {
		t.Errorf("after they ended: %d", again.Code)
	}
}

func TestADownloadThatFindsNoPlaceIsToldToComeBack(t *testing.T) {
	d := server.NewDownloads(t.TempDir(), 1, time.Millisecond)
	open, making, finish, done := make(chan struct{}), make(chan struct{}), make(chan struct{}), make(chan struct{})
	close(open)
	go func() {
		defer close(done)
		_, end := ask(t, d, 1, open, func(io.Writer) error { close(making); <-finish; return nil })
		end()
	}()
	<-making
	answer, end := ask(t, d, 2, open, func(io.Writer) error { return nil })
	end()
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", answer.Code, answer.Header())
	}
	close(finish)
	<-done
}
