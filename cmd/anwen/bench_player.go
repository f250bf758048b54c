package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"anwen/items"
)

// totals counts what everybody saw.
type totals struct {
	mu     sync.Mutex
	took   map[string][]time.Duration
	failed map[string]int
	again  int
}

func (t *totals) note(what string, took time.Duration, failure string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if failure != "" {
		t.failed[what+": "+failure]++
		return
	}
	t.took[what] = append(t.took[what], took)
}

func (t *totals) failures() (n int) {
	for _, count := range t.failed {
		n += count
	}
	return n
}

func (t *totals) print(out io.Writer, elapsed time.Duration) {
	fmt.Fprintf(out, "%-8s %8s %9s %9s %9s %9s\n", "", "done", "p50", "p95", "p99", "longest")
	for _, what := range []string{"start", "answer", "submit"} {
		took := t.took[what]
		slices.Sort(took)
		if len(took) == 0 {
			continue
		}
		at := func(p float64) time.Duration { return took[int(p*float64(len(took)-1))].Round(100 * time.Microsecond) }
		fmt.Fprintf(out, "%-8s %8d %9s %9s %9s %9s\n", what, len(took), at(.5), at(.95), at(.99), at(1))
	}
	fmt.Fprintf(out, "elapsed %s, sent again %d, failed %d\n", elapsed.Round(time.Millisecond), t.again, t.failures())
	for what, n := range t.failed {
		fmt.Fprintf(out, "  %d × %s\n", n, what)
	}
}

// play lets everybody sit the quiz at once.
func (b benchQuiz) play(ctx context.Context, players []*player, quizID int64) *totals {
	t := &totals{took: map[string][]time.Duration{}, failed: map[string]int{}}
	client := &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: len(players), MaxIdleConns: len(players), IdleConnTimeout: 10 * time.Minute}}
	var all sync.WaitGroup
	for n, p := range players {
		all.Go(func() {
			wait(ctx, time.Duration(float64(b.Within)*float64(n)/float64(len(players))))
			b.sit(ctx, session{client: client, url: b.URL, token: p.token, totals: t}, p, quizID)
		})
	}
	all.Wait()
	return t
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// sit is one person's attempt: start, answer at their own pace, submit.
func (b benchQuiz) sit(ctx context.Context, s session, p *player, quizID int64) {
	var attempt struct {
		ID    int64
		Items []struct {
			Position int
			Kind     items.Kind
			Options  []struct{ ID int }
		}
	}
	if !s.do(ctx, "start", http.MethodPost, fmt.Sprintf("/quizzes/%d/attempts", quizID), nil, &attempt) {
		return
	}
	p.attempt = attempt.ID
	pause := b.Over / time.Duration(len(attempt.Items)+1)
	for _, item := range attempt.Items {
		wait(ctx, time.Duration(rand.Float64()*2*float64(pause)))
		var r items.Response
		switch item.Kind {
		case items.SingleChoice, items.TrueFalse:
			r = items.Choose(item.Options[rand.IntN(len(item.Options))].ID)
		case items.MultipleChoice:
			r = items.ChooseAll(item.Options[0].ID, item.Options[1].ID)
		case items.Numerical:
			r = items.Write("7")
		default:
			r = items.Write("责任人")
		}
		var saved struct{ Revision int }
		if s.do(ctx, "answer", http.MethodPut, fmt.Sprintf("/attempts/%d/answers/%d", attempt.ID, item.Position), r, &saved) {
			p.acked = append(p.acked, ackedAnswer{item.Position, saved.Revision, r})
		}
	}
	var result struct{ Passed bool }
	if s.do(ctx, "submit", http.MethodPost, fmt.Sprintf("/attempts/%d/submission", attempt.ID), nil, &result) {
		p.passed = result.Passed
	}
}

// session calls the server as a browser does: what may pass is sent again.
type session struct {
	client *http.Client
	url    string
	token  string
	totals *totals
}

const sendings = 6

func (s session) do(ctx context.Context, what, method, path string, body, into any) bool {
	began := time.Now()
	failure := ""
	for n := range sendings {
		if n > 0 {
			s.totals.mu.Lock()
			s.totals.again++
			s.totals.mu.Unlock()
			wait(ctx, time.Second<<n)
		}
		var mayPass bool
		if failure, mayPass = s.send(ctx, method, path, body, into); !mayPass {
			break
		}
	}
	s.totals.note(what, time.Since(began), failure)
	return failure == ""
}

func (s session) send(ctx context.Context, method, path string, body, into any) (failure string, mayPass bool) {
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err.Error(), false
		}
		content = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.url+"/api/v1"+path, content)
	if err != nil {
		return err.Error(), false
	}
	request.Header.Set("Cookie", "__Host-anwen="+s.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(request)
	if err != nil {
		return "no connection", true
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return "connection lost", true
	}
	if response.StatusCode >= 300 {
		var problem struct{ Code string }
		_ = json.Unmarshal(raw, &problem) // what is no JSON has no code
		return fmt.Sprint(response.StatusCode, " ", problem.Code), response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests
	}
	if into != nil {
		if err := json.Unmarshal(raw, into); err != nil {
			return "unreadable answer", false
		}
	}
	return "", false
}
