package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// meter asks, and tells what it cost.
type meter struct {
	*house
	client *http.Client
	url    string
	tokens map[people.Role]string
}

// row measures a question: first alone, then what it reads, then by many at once. The
// roles that may ask take turns.
func (m *meter) row(ctx context.Context, q question, b benchLists) (string, error) {
	alone, _, err := m.ask(ctx, q, 1, min(b.For, time.Second))
	if err != nil {
		return "", err
	}
	statements, blocks, err := m.cost(ctx, q)
	if err != nil {
		return "", err
	}
	together := "– | –"
	if at(alone, 0.5) < b.Within {
		many, busy, err := m.ask(ctx, q, b.Many, b.For)
		if err != nil {
			return "", err
		}
		together = milliseconds(at(many, 0.5)) + " | " + milliseconds(at(many, 0.99))
		if busy > 0 {
			together += fmt.Sprintf(", %d of %d were sent away", busy, len(many))
		}
	}
	names := make([]string, len(q.roles))
	for i, r := range q.roles {
		names[i] = string(r)
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s | %s | %d | %d |", q.path, strings.Join(names, ", "), milliseconds(at(alone, 0.5)), milliseconds(at(alone, 0.99)), together, statements, blocks), nil
}

// ask lets so many ask for so long, each eight times at least when they are alone and
// once when they are many, and returns how long each answer took, in order, and how many
// of them said that the server is busy.
func (m *meter) ask(ctx context.Context, q question, many int, long time.Duration) (took []time.Duration, busy int, failed error) {
	var (
		mu  sync.Mutex
		all sync.WaitGroup
	)
	least := 8 / min(many, 8)
	began := time.Now()
	for client := range many {
		all.Go(func() {
			for n := 0; n < least || time.Since(began) < long; n++ {
				once := time.Now()
				err := m.get(ctx, q, q.roles[(client+n)%len(q.roles)])
				mu.Lock()
				took = append(took, time.Since(once))
				switch {
				case errors.Is(err, errBusy):
					busy++
				case err != nil && failed == nil:
					failed = err
				}
				stop := failed != nil || time.Since(began) > 10*long+10*time.Second
				mu.Unlock()
				if stop {
					return
				}
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return took, busy, failed
}

func (m *meter) request(ctx context.Context, q question, role people.Role) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url+"/api/v1"+q.path, nil)
	if err == nil {
		request.Header.Set("Cookie", cookieOfSession+"="+m.tokens[role])
	}
	return request, err
}

// cookieOfSession is the cookie that carries a session.
const cookieOfSession = "__Host-anwen"

func (m *meter) get(ctx context.Context, q question, role people.Role) error {
	request, err := m.request(ctx, q, role)
	if err != nil {
		return err
	}
	answer, err := m.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	switch {
	case answer.StatusCode == http.StatusServiceUnavailable, answer.StatusCode == http.StatusTooManyRequests:
		return errBusy
	case answer.StatusCode >= 300 && answer.StatusCode != http.StatusNotFound:
		return fmt.Errorf("%s got %d", role, answer.StatusCode)
	}
	return nil
}

// errBusy is an answer that says to come again later.
var errBusy = errors.New("busy")

// cost is how many statements a question takes, and how many blocks it reads, in memory
// or not: the least of several times, since what is kept in between makes the first more
// and what happens beside it makes some more.
func (m *meter) cost(ctx context.Context, q question) (statements, blocks int64, err error) {
	least := func(do func()) (least int64, err error) {
		for n := range 5 {
			before, err := m.blocks(ctx)
			if err != nil {
				return 0, err
			}
			do()
			after, err := m.blocks(ctx)
			if err != nil {
				return 0, err
			}
			if n == 0 || after-before < least {
				least = after - before
			}
		}
		return least, nil
	}
	idle, err := least(func() {})
	if err != nil {
		return 0, 0, err
	}
	counted, counter := database.WithCounter(ctx)
	request, err := m.request(counted, q, q.roles[0])
	if err != nil {
		return 0, 0, err
	}
	request.RemoteAddr = "127.0.0.1:1"
	took := time.Now()
	blocks, err = least(func() {
		if time.Since(took) < 3*time.Second { // what takes long is asked once
			statements = -counter.Statements()
			m.server().ServeHTTP(httptest.NewRecorder(), request)
			statements += counter.Statements()
		}
	})
	return statements, max(0, blocks-idle), err
}

// blocks is how many the database has read so far. Connections tell of theirs now and
// then: here all of them are made to, one after another.
func (m *meter) blocks(ctx context.Context) (n int64, err error) {
	for _, c := range m.db.PGX().AcquireAllIdle(ctx) {
		_, told := c.Exec(ctx, `SELECT pg_stat_force_next_flush()`)
		c.Release()
		if told != nil {
			return 0, told
		}
	}
	err = m.db.PGX().QueryRow(ctx, `SELECT blks_read + blks_hit FROM pg_stat_database WHERE datname = current_database()`).Scan(&n)
	return n, err
}

func at(took []time.Duration, part float64) time.Duration {
	return took[int(part*float64(len(took)-1)+0.5)]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000)
}
