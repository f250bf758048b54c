package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"anwen/briefings"
	"anwen/certificates"
	"anwen/complaints"
	"anwen/courses"
	"anwen/internal/archive"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/performance"
	"anwen/policies"
	"anwen/quizzes"
	"anwen/records"
	"anwen/search"
	"anwen/server"
	"anwen/training"
)

// world is an institution of two units, here and there. Here everybody has one
// role over here; there a learner has a record of every kind. The head, there, has
// every role over both.
type world struct {
	t       testing.TB
	db      *database.Pool
	web     http.Handler
	rooms   server.Rooms
	now     time.Time
	tokens  map[string]string // by role; "employee" has none
	here    people.Unit
	there   people.Unit
	learner people.Actor // there
	own     people.Actor // the employee here
	attempt int64        // of the learner there
	serial  string
	quiz    int64
	theirs
}

const (
	password    = "correct horse"
	learnerName = "某某乙"
)

// filled is what every world begins as, and begun what Go knows of it.
var (
	begun  world
	filled = testdb.Prepare(func(t testing.TB, db *database.Pool) {
		w := &world{t: t, db: db, now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC), tokens: map[string]string{}}
		w.wire(nil)
		ctx := context.Background()
		w.must(w.rooms.Complaints.Seed(ctx))
		w.staff(ctx)
		w.publish(ctx)
		w.learn(ctx)
		w.fill()
		begun = *w
	})
)

// build is a world inside one transaction, which is taken back when the test ends.
func build(t testing.TB) *world {
	t.Helper()
	return begin(t, filled.Tx(t))
}

// buildApart is a world in a database of its own: for what happens at once, is
// counted in statements, or asks for the schema.
func buildApart(t testing.TB) *world {
	t.Helper()
	return begin(t, filled.New(t))
}

func begin(t testing.TB, db *database.Pool) *world {
	w := begun
	w.t, w.db, w.tokens = t, db, maps.Clone(begun.tokens)
	w.wire(nil)
	return &w
}

// wire makes the rooms and the server; heard turns the caches on.
func (w *world) wire(heard func() bool) {
	clock := func() time.Time { return w.now }
	db := w.db
	r := server.Rooms{People: people.New(db, clock, false), Policies: policies.New(db, clock), Complaints: complaints.New(db, clock), Performance: performance.New(db, clock)}
	r.Certificates = certificates.New(db, clock, i18n.Texts{i18n.Hans: "某银行"}, "https://learn.example.com")
	r.Courses = courses.New(db, clock, r.Policies, nil)
	r.Training = training.New(db, clock, r.Courses, r.Certificates)
	r.Briefings = briefings.New(db, clock, r.Policies, nil)
	r.Quizzes = quizzes.New(db, clock, r.Training)
	r.Courses.SetQuizPublisher(r.Quizzes)
	r.Policies.SetIdentity(r.People)
	r.Policies.SetQuizzes(r.Quizzes)
	r.Records = records.New(db, clock, r.Performance)
	r.Search = search.New(db, clock)
	w.rooms = r
	w.web = server.New(r, server.Config{Now: clock, Institution: i18n.Texts{i18n.Hans: "某银行", i18n.English: "Some Bank"}, Version: "test", Heard: heard,
		Ready: func(ctx context.Context) error { return w.db.Current(ctx) }})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

var roleNames = []string{"employee", "author", "compliance", "complaint_desk", "hr", "administrator", "auditor"}

func (w *world) staff(ctx context.Context) {
	csv := "employee_no,name,login,unit_code,unit_name,position\nTHERE,某某乙,there,B,乙行,teller\nWRITER,甲乙,writer,B,乙行,clerk\nHEAD,甲丙,head,B,乙行,head\n"
	for _, r := range roleNames {
		csv += fmt.Sprintf("HERE-%s,甲%s,%s,A,甲行,clerk\n", r, r, r)
	}
	_, err := w.rooms.People.Import(ctx, people.System(), "staff.csv", []byte(csv), false)
	w.must(err)
	hash, err := people.HashPassword(ctx, password)
	w.must(err)
	w.must(w.db.Exec(`INSERT INTO credentials (person_id, password_hash, changed_at) SELECT id, ?, now() FROM people`, hash).Error)
	for _, u := range []struct {
		code string
		unit *people.Unit
	}{{"A", &w.here}, {"B", &w.there}} {
		*u.unit, err = people.System().Over(people.Administrator).Unit(ctx, w.db, u.code)
		w.must(err)
	}
	grant := func(id int64, role people.Role, units ...string) {
		for _, unit := range units {
			w.must(w.rooms.People.GrantRole(ctx, people.System(), id, role, unit))
		}
	}
	for _, login := range append([]string{"there", "writer", "head"}, roleNames...) {
		id, err := w.rooms.People.IDOfLogin(ctx, login)
		w.must(err)
		switch login {
		case "there", "employee":
		case "writer":
			grant(id, people.Author, "B")
		case "head":
			for _, role := range people.Roles {
				grant(id, role, "A", "B")
			}
		default:
			grant(id, people.Role(login), "A")
		}
		w.tokens[login] = testdb.Session(w.t, w.db, id, w.now)
	}
	w.learner, err = w.rooms.People.Authenticate(ctx, w.tokens["there"])
	w.must(err)
	w.own, err = w.rooms.People.Authenticate(ctx, w.tokens["employee"])
	w.must(err)
}

func (w *world) publish(ctx context.Context) {
	w.publishCourse(courseFiles())
	w.quiz = w.number(`SELECT id FROM quizzes`)
	w.publishPolicy("POL-1", i18n.English, "# Policy\n\nBe kind.")
	_, err := w.rooms.Policies.RequestAcknowledgement(ctx, people.System(), policies.RequestInput{Code: "POL-1", Number: 1, UnitCode: "B"})
	w.must(err)
	_, err = w.rooms.Briefings.Publish(ctx, people.System(), briefings.Input{Month: "2026-10", Policies: []briefings.PolicyRef{{Code: "POL-1", Number: 1}},
		Texts: map[i18n.Locale]briefings.Text{i18n.English: {Title: "October", Changes: "a", Impact: "b", Plan: "c"}}})
	w.must(err)
	_, err = w.rooms.Complaints.Import(ctx, people.System(), complaints.ImportInput{FileName: "c.csv", Profile: "anwen",
		Raw: []byte("reference,class,unit,received_at,responsible\nC-THERE,general,B,2026-10-20 09:00,THERE\n")})
	w.must(err)
}

func (w *world) publishCourse(files archive.Files) {
	w.t.Helper()
	_, err := w.rooms.Courses.Publish(context.Background(), people.System(), files, false, 0)
	w.must(err)
}

func (w *world) publishPolicy(code string, l i18n.Locale, text string) {
	w.t.Helper()
	_, err := w.rooms.Policies.Publish(context.Background(), people.System(), policies.PublishInput{Code: code, Titles: i18n.Texts{l: code},
		EffectiveFrom: "2026-01-01", Texts: i18n.Texts{l: text}})
	w.must(err)
}

func courseFiles() archive.Files {
	return archive.Files{
		"course.md":            []byte("---\nslug: handling\ncategory: complaints\nminutes: 10\ntitles: {en: Handling}\nsummaries: {en: Short.}\nquiz: {pass_mark: 80}\ncertificate: {valid_months: 12}\n---\n"),
		"lessons/01-one.en.md": []byte("# One\n\nRead me.\n"),
		"quiz.en.gift":         []byte("::hours:: How many hours? {#48}\n"),
	}
}

// learn completes the course there, and opens an attempt here.
func (w *world) learn(ctx context.Context) {
	_, err := w.rooms.Training.ReadLesson(ctx, w.learner, "handling", 1, 1)
	w.must(err)
	a, err := w.rooms.Quizzes.Start(ctx, w.learner, w.quiz, "")
	w.must(err)
	w.attempt = a.ID
	_, err = w.rooms.Quizzes.SaveAnswer(ctx, w.learner, a.ID, 1, quizzes.AnswerInput{Response: items.Write("48")})
	w.must(err)
	r, err := w.rooms.Quizzes.Submit(ctx, w.learner, a.ID)
	w.must(err)
	if !r.Completed {
		w.t.Fatalf("the course is not completed: %+v", r)
	}
	w.serial, err = w.rooms.Certificates.SerialOf(ctx, w.learner, "handling")
	w.must(err)
}

// call sends a request as the role ("" for nobody) and returns status and body.
func (w *world) call(role, method, path, body string) (int, string) {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Accept-Language", "en")
	if strings.HasPrefix(body, "--") {
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	} else if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if role != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-anwen", Value: w.tokens[role]})
	}
	answer := httptest.NewRecorder()
	w.web.ServeHTTP(answer, r)
	raw, err := io.ReadAll(answer.Body)
	w.must(err)
	return answer.Code, string(raw)
}

func problem(t testing.TB, raw string) server.Problem {
	t.Helper()
	var p server.Problem
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		t.Fatalf("no problem: %s", raw)
	}
	return p
}

// form is a multipart body with a file and fields.
func form(file string, fields ...string) string { return formOf("f", file, fields...) }

// formOf is form with the name of the file.
func formOf(name, file string, fields ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=%q\r\nContent-Type: application/octet-stream\r\n\r\n%s\r\n", name, file)
	for i := 0; i+1 < len(fields); i += 2 {
		fmt.Fprintf(&b, "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", fields[i], fields[i+1])
	}
	return b.String() + "--x--\r\n"
}

// table is the route table of the running server.
func (w *world) table() []server.Route { return w.web.(*server.Server).Routes() }
