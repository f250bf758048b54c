package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"anwen/internal/testdb"
)

// said is what a command printed, and how it ended.
type said struct {
	code     int
	out, err string
}

// say runs a command as a process would, with nothing in the environment but env.
func say(t testing.TB, env map[string]string, args ...string) said {
	t.Helper()
	var out, err bytes.Buffer
	defer slog.SetDefault(slog.Default())
	code := run(context.Background(), args, terminal{out: &out, err: &err, getenv: func(name string) string { return env[name] }})
	return said{code, out.String(), err.String()}
}

// onDatabase is the environment of an installation with a schema.
func onDatabase(t testing.TB) map[string]string {
	t.Helper()
	return map[string]string{"ANWEN_DATABASE_URL": testdb.New(t).PGX().Config().ConnString(), "LANG": "en_GB.UTF-8"}
}

func TestDueAnswersByTheCalendar(t *testing.T) {
	for name, c := range map[string]struct {
		class, received, on, at string
	}{
		"over the Spring Festival and its make-up Sunday": {"complex", "2024-02-08T10:00", "2024-02-23", "2024-02-24T00:00:00+08:00"},
		"48 hours do not stop at the weekend":             {"general", "2026-05-15T15:20", "2026-05-17", "2026-05-17T15:20:00+08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			s := say(t, nil, "due", "--class", c.class, "--received", c.received, "--zone", "Asia/Shanghai", "--calendar", "cn", "--json")
			var due struct {
				On string `json:"due_on"`
				At string `json:"due_at"`
			}
			if err := json.Unmarshal([]byte(s.out), &due); err != nil || s.code != exitDone {
				t.Fatalf("%+v, %v", s, err)
			}
			if due.On != c.on || due.At != c.at {
				t.Errorf("due on %s at %s, want %s at %s", due.On, due.At, c.on, c.at)
			}
		})
	}
}

func TestRefusalsSayWhyInTheLanguageOfTheTerminal(t *testing.T) {
	chinese := map[string]string{"LANG": "zh_CN.UTF-8"}
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
		code int
		says string
	}{
		"an unknown command":              {nil, []string{"sing"}, exitUsage, "sing"},
		"a class that is none":            {nil, []string{"due", "--class", "huge", "--received", "2024-02-08"}, exitUsage, "general"},
		"a calendar that is not built in": {chinese, []string{"due", "--class", "general", "--received", "2024-02-08T10:00", "--calendar", "mars"}, exitRefused, "没有"},
		"a demo for the whole network":    {nil, []string{"demo", "--addr", "0.0.0.0:8080", "--data", "unused"}, exitRefused, "127.0.0.1"},
		"half a TLS configuration":        {map[string]string{"ANWEN_TLS_CERT": "x"}, []string{"config"}, exitRefused, "ANWEN_TLS_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			s := say(t, c.env, c.args...)
			if s.code != c.code || !strings.Contains(s.out+s.err, c.says) {
				t.Errorf("%+v, want code %d and %q", s, c.code, c.says)
			}
		})
	}
}

func TestPolicyDiffGivesBothTextsBack(t *testing.T) {
	dir := t.TempDir()
	old, new := "第一条 保存三年。\n第二条 施行。\n", "第一条 登记。\n第二条 保存五年。\n第三条 施行。\n"
	for name, text := range map[string]string{"old.md": old, "new.md": new} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := say(t, nil, "policy", "diff", filepath.Join(dir, "old.md"), filepath.Join(dir, "new.md"), "--json")
	var report struct {
		Summary map[string]int `json:"summary"`
		Pairs   []struct {
			Change string
			Runs   []struct{ Op, Text string }
		}
	}
	if err := json.Unmarshal([]byte(s.out), &report); err != nil || s.code != exitDone {
		t.Fatalf("%+v, %v", s, err)
	}
	var was, is strings.Builder
	for _, p := range report.Pairs {
		for _, r := range p.Runs {
			if r.Op != "insert" {
				was.WriteString(r.Text)
			}
			if r.Op != "delete" {
				is.WriteString(r.Text)
			}
		}
	}
	if was.String() != old || is.String() != new {
		t.Errorf("the runs give %q and %q", was.String(), is.String())
	}
	if c := report.Summary; c["added"] != 1 || c["changed"] != 1 || c["renumbered"] != 2 || c["removed"] != 0 {
		t.Errorf("the summary is %v", c)
	}
}

func TestHelpNamesWhatCanBeImported(t *testing.T) {
	help := say(t, nil, "import", "--help").out
	promise, commands, _ := strings.Cut(help, "Flags:")
	_, promise, _ = strings.Cut(promise, "Import ")
	for _, thing := range regexp.MustCompile(`[a-z]+`).FindAllString(promise, -1) {
		if thing == "a" || thing == "and" || thing == "or" {
			continue
		}
		command := regexp.MustCompile(`import ` + strings.TrimSuffix(strings.TrimSuffix(thing, "ies"), "s"))
		if !command.MatchString(commands) {
			t.Errorf("help promises %q, and there is no such command", thing)
		}
	}
}

func TestConfigMasksThePassword(t *testing.T) {
	s := say(t, map[string]string{"ANWEN_DATABASE_URL": "postgres://anwen:hunter2@db.internal/anwen"}, "config")
	if s.code != exitDone || strings.Contains(s.out, "hunter2") || !strings.Contains(s.out, "db.internal") {
		t.Errorf("%+v", s)
	}
}

// An installation from nothing: staff from a file, the first administrator let
// in by the terminal, the audit log proved.
func TestTheFirstAdministratorGetsIn(t *testing.T) {
	env := onDatabase(t)
	file := filepath.Join(t.TempDir(), "staff.csv")
	staff := "employee_no,name,login,unit_code,unit_name\nE1,𠮷田喆,e1,HO,总行\n"
	if err := os.WriteFile(file, []byte(staff), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := say(t, env, "import", "people", file, "--json"); s.code != exitDone || !strings.Contains(s.out, `"created": 1`) {
		t.Fatalf("import: %+v", s)
	}
	if s := say(t, env, "staff", "grant", "E1", "administrator", "HO"); s.code != exitDone {
		t.Fatalf("grant: %+v", s)
	}
	if s := say(t, env, "staff", "password", "E2"); s.code != exitRefused || !strings.Contains(s.err, "no such person") {
		t.Errorf("a password for nobody: %+v", s)
	}
	s := say(t, env, "staff", "password", "E1")
	if s.code != exitDone || strings.Count(s.out, "\n") != 1 {
		t.Fatalf("password: %+v", s)
	}
	url, stop := serving(t, env)
	body := `{"login":"e1","password":"` + strings.TrimSpace(s.out) + `"}`
	answer, err := http.Post(url+"/api/v1/session", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK || !bytes.Contains(raw, []byte(`"must_change_password":true`)) {
		t.Errorf("sign in: %d %s", answer.StatusCode, raw)
	}
	if code := stop(); code != exitDone {
		t.Errorf("the server ended with %d", code)
	}
	if s := say(t, env, "verify", "audit"); s.code != exitDone || !strings.Contains(s.out, "head") {
		t.Errorf("verify: %+v", s)
	}
}

// serving starts `anwen serve` and waits until it says that it is ready.
func serving(t *testing.T, env map[string]string) (url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	ended := make(chan int, 1)
	before := slog.Default()
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, terminal{out: writer, err: writer, getenv: func(name string) string { return env[name] }})
		writer.Close()
	}()
	addresses := make(chan string, 1)
	go func() {
		var seen []byte
		chunk, found := make([]byte, 4096), false
		for {
			n, err := reader.Read(chunk)
			seen = append(seen, chunk[:n]...)
			if m := regexp.MustCompile(`address=(127\.0\.0\.1:\d+)`).FindSubmatch(seen); m != nil && !found {
				found = true
				addresses <- string(m[1])
			}
			if err != nil {
				return
			}
		}
	}()
	stopped := false
	stop = func() int {
		stopped = true
		cancel()
		code := <-ended
		slog.SetDefault(before)
		return code
	}
	t.Cleanup(func() {
		if !stopped {
			stop()
		}
	})
	select {
	case address := <-addresses:
		url = "http://" + address
	case code := <-ended:
		t.Fatalf("the server ended with %d", code)
	case <-time.After(time.Minute):
		t.Fatal("the server did not say its address within a minute")
	}
	answer, err := http.Get(url + "/readyz")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("/readyz: %v %v", answer, err)
	}
	return url, stop
}

func TestACourseIsExportedAsItWasImported(t *testing.T) {
	env, dir := onDatabase(t), t.TempDir()
	source := filepath.Join("sample", "courses", "aml-essentials")
	if s := say(t, env, "import", "course", source); s.code != exitDone {
		t.Fatalf("%+v", s)
	}
	for _, to := range []string{filepath.Join(dir, "out.zip"), filepath.Join(dir, "out")} {
		if s := say(t, env, "export", "course", "aml-essentials", to); s.code != exitDone {
			t.Fatalf("%+v", s)
		}
		if s := say(t, env, "import", "course", to, "--json"); s.code != exitDone || !strings.Contains(s.out, `"unchanged": true`) {
			t.Errorf("%s is another revision: %+v", to, s)
		}
		if s := say(t, env, "export", "course", "aml-essentials", to); s.code != exitRefused {
			t.Errorf("%s was written over: %+v", to, s)
		}
	}
	want, err := os.ReadFile(filepath.Join(source, "course.md"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "out", "course.md")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("course.md differs: %v", err)
	}
}
