package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"anwen/certificates"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// The benchmarks measure requests of the sample institution, served over
// loopback by the real engine on a durable database, against a floor in the same
// run, in turns: these machines are noisy, the ratio is less so.
//
//	go test -run '^$' -bench . -benchtime 1x ./cmd/anwen

const (
	benchClients = 16
	benchRound   = 1500 * time.Millisecond
	benchRounds  = 5
)

// stage is a served sample institution with signed-in learners.
type stage struct {
	*house
	url     string
	tokens  []string
	learner []people.Actor
}

func newStage(b *testing.B) *stage {
	b.Helper()
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir, err := os.MkdirTemp("", "anwen-bench-")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	clock := &clock{}
	c := config{Addr: "127.0.0.1:0", Data: filepath.Join(dir, "data"), MaxConns: 32, Institution: localNames{in: institution.names()}, LogFormat: "text"}
	listener, err := c.listen("--addr")
	if err != nil {
		b.Fatal(err)
	}
	h, err := openDemo(ctx, c, clock)
	if err != nil {
		b.Fatal(err)
	}
	if err := h.prepare(ctx); err != nil {
		b.Fatal(err)
	}
	if _, err := h.fillSample(ctx, clock, steps{io.Discard}, 0, 0); err != nil {
		b.Fatal(err)
	}
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- h.serve(ctx, listener, func(a string) { address <- a }) }()
	s := &stage{house: h, url: "http://" + <-address}
	b.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			b.Error(err)
		}
		h.close()
		os.RemoveAll(dir)
	})
	s.signIn(b)
	return s
}

// signIn gives the first clients of a branch the sample password and a session.
func (s *stage) signIn(b *testing.B) {
	b.Helper()
	ctx := context.Background()
	hash, err := people.HashPassword(ctx, samplePassword)
	if err != nil {
		b.Fatal(err)
	}
	var logins []string
	err = s.db.Raw(`SELECT p.login FROM people p JOIN assignments a ON a.person_id = p.id JOIN courses c ON c.id = a.course_id
		WHERE c.slug = 'aml-essentials' AND NOT EXISTS (SELECT FROM completions d WHERE d.assignment_id = a.id) ORDER BY p.id LIMIT ?`, benchClients).Scan(&logins).Error
	if err != nil || len(logins) != benchClients {
		b.Fatalf("%d learners: %v", len(logins), err)
	}
	for _, login := range logins {
		if err := s.people.SetSamplePassword(ctx, login, hash); err != nil {
			b.Fatal(err)
		}
		in, err := s.people.SignIn(ctx, login, samplePassword, people.Client{})
		if err != nil {
			b.Fatal(err)
		}
		actor, err := s.people.Authenticate(ctx, in.Token)
		if err != nil {
			b.Fatal(err)
		}
		s.tokens, s.learner = append(s.tokens, in.Token), append(s.learner, actor)
	}
}

// load runs do on every client for a while and returns how many a second.
func load(b *testing.B, do func(client, n int) error) float64 {
	b.Helper()
	var done atomic.Int64
	var wait sync.WaitGroup
	began := time.Now()
	for client := range benchClients {
		wait.Go(func() {
			for n := 0; time.Since(began) < benchRound; n++ {
				if err := do(client, n); err != nil {
					b.Error(err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	return float64(done.Load()) / time.Since(began).Seconds()
}

// against measures floor and ours in turns and reports the medians.
func against(b *testing.B, unit string, goal float64, floor, ours func() float64) {
	b.Helper()
	var floors, all, ratios []float64
	for range benchRounds {
		f, o := floor(), ours()
		floors, all, ratios = append(floors, f), append(all, o), append(ratios, o/f)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(floors), "floor-"+unit+"/s")
	b.ReportMetric(median(all), "anwen-"+unit+"/s")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(goal, "goal")
}

func median(values []float64) float64 {
	sorted := append([]float64{}, values...)
	for i := range sorted {
		for j := i; j > 0 && sorted[j] < sorted[j-1]; j-- {
			sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
		}
	}
	return sorted[len(sorted)/2]
}

var benchClient = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients, DisableCompression: true}}

func send(method, url, token string, body []byte) ([]byte, error) {
	r, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if token != "" {
		r.Header.Set("Cookie", "__Host-anwen="+token)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := benchClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %d %s", method, url, answer.StatusCode, raw)
	}
	return raw, err
}

// Reading a lesson, signed in, against a bare Gin handler with the same bytes.
func BenchmarkLesson(b *testing.B) {
	s := newStage(b)
	lesson := s.url + "/api/v1/courses/complaint-handling/lessons/1"
	bytes, err := send("GET", lesson, s.tokens[0], nil)
	if err != nil {
		b.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	bare := gin.New()
	bare.GET("/lesson", func(c *gin.Context) { c.Data(http.StatusOK, "application/json", bytes) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: bare}
	go server.Serve(listener)
	defer server.Close()
	floor := "http://" + listener.Addr().String() + "/lesson"
	against(b, "lessons", 0.5,
		func() float64 {
			return load(b, func(int, int) error { _, err := send("GET", floor, "", nil); return err })
		},
		func() float64 {
			return load(b, func(client, _ int) error { _, err := send("GET", lesson, s.tokens[client], nil); return err })
		})
}

// Saving an answer, durable when acknowledged, against the same rows written by
// pgx alone, one transaction each.
func BenchmarkAnswer(b *testing.B) {
	s := newStage(b)
	ctx := context.Background()
	page, err := s.training.Course(ctx, s.learner[0], "aml-essentials")
	if err != nil {
		b.Fatal(err)
	}
	card, err := s.quizzes.QuizOfCourse(ctx, s.learner[0], page.CourseID)
	if err != nil {
		b.Fatal(err)
	}
	attempts, positions := make([]int64, benchClients), make([]int, benchClients)
	bodies := make([][]byte, benchClients)
	for i, learner := range s.learner {
		a, err := s.quizzes.Start(ctx, learner, card.QuizID, "")
		if err != nil {
			b.Fatal(err)
		}
		attempts[i] = a.ID
		for _, q := range a.Questions {
			if q.Kind == items.SingleChoice {
				positions[i], bodies[i] = q.Position, fmt.Appendf(nil, `{"choice":%d}`, q.Options[0].ID)
			}
		}
	}
	against(b, "answers", 0.5,
		func() float64 {
			return load(b, func(client, _ int) error {
				_, err := s.db.PGX().Exec(ctx, `INSERT INTO answers (attempt_id, position, revision, response, saved_at)
					SELECT $1, $2, coalesce(max(revision), 0) + 1, $3::jsonb, now() FROM answers WHERE attempt_id = $1 AND position = $2`,
					attempts[client], positions[client], string(bodies[client]))
				return err
			})
		},
		func() float64 {
			return load(b, func(client, _ int) error {
				url := fmt.Sprintf("%s/api/v1/attempts/%d/answers/%d", s.url, attempts[client], positions[client])
				_, err := send("PUT", url, s.tokens[client], bodies[client])
				return err
			})
		})
}

// Certificates with a Chinese name, on one core: the goal is 250 a second.
func BenchmarkCertificate(b *testing.B) {
	c := certificates.Content{Serial: "AW-00000-00000-0", HolderName: "𠮷田喆", EmployeeNo: "AH00001", Institution: "安和银行", Locale: i18n.Hans,
		Titles:    i18n.Texts{i18n.Hans: "客户投诉处理：从受理到办结", i18n.English: "Handling customer complaints"},
		VerifyURL: "https://learn.example.com/verify/AW-00000-00000-0", IssuedOn: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if _, err := certificates.Render(c); errs.KindOf(err) == errs.Unavailable {
		b.Skip("the fonts are not built: make fonts")
	}
	began, n := time.Now(), 0
	for ; time.Since(began) < 3*time.Second; n++ {
		if _, err := certificates.Render(c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(n)/time.Since(began).Seconds(), "certificates/s")
	b.ReportMetric(250, "goal")
}
