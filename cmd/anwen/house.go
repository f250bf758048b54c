package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"anwen/briefings"
	"anwen/certificates"
	"anwen/complaints"
	"anwen/courses"
	"anwen/frontend"
	"anwen/internal/database"
	"anwen/internal/notices"
	"anwen/internal/postgres"
	"anwen/people"
	"anwen/performance"
	"anwen/policies"
	"anwen/quizzes"
	"anwen/records"
	"anwen/search"
	"anwen/server"
	"anwen/training"
)

// house is every room, wired to one database.
type house struct {
	config  config
	now     func() time.Time
	demo    bool
	private *postgres.Server // nil when ANWEN_DATABASE_URL names a server
	db      *database.Pool

	people       *people.Service
	policies     *policies.Service
	briefings    *briefings.Service
	courses      *courses.Service
	training     *training.Service
	quizzes      *quizzes.Service
	certificates *certificates.Service
	complaints   *complaints.Service
	performance  *performance.Service
	records      *records.Service
	search       *search.Service

	listener  *notices.Listener
	web       *server.Server
	temporary *temporary // nil unless it serves
}

// openExisting is for commands that read or change what is there: they make no
// database, and have nothing to say about one with another program's schema.
func openExisting(ctx context.Context, t terminal) (*house, error) {
	h, err := t.open(ctx, postgres.Options{Existing: true})
	if err != nil {
		return nil, err
	}
	if err := h.db.Current(ctx); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// open opens the database that the environment names, and makes a private one when
// it names none and may. It does not migrate.
func (t terminal) open(ctx context.Context, o postgres.Options) (*house, error) {
	c, err := t.config()
	if err != nil {
		return nil, err
	}
	slog.SetDefault(t.logger(c.LogFormat, slog.LevelInfo))
	o.Named, o.Log = "ANWEN_DATA", slog.Default()
	return open(ctx, c, o)
}

// open connects to the database, starting a private one when none is named, and
// wires the rooms. It does not migrate.
func open(ctx context.Context, c config, o postgres.Options) (*house, error) {
	h := &house{config: c, now: time.Now}
	url := c.DatabaseURL
	if url == "" {
		o.DataDir, o.NPMRoots = filepath.Join(c.Data, "postgres"), []string{"frontend", "."}
		private, err := postgres.Start(ctx, o)
		if err != nil {
			return nil, err
		}
		h.private, url = private, private.URL()
	}
	db, err := database.Open(ctx, url, c.MaxConns)
	if err != nil {
		h.close()
		if c.DatabaseURL != "" {
			err = fmt.Errorf("ANWEN_DATABASE_URL: %w", err)
		}
		return nil, err
	}
	h.db = db
	h.wire()
	return h, nil
}

// wire hands each room what it needs of the others.
func (h *house) wire() {
	db := h.db
	h.people = people.New(db, h.now, h.demo)
	h.people.SetInstitution(h.config.Institution.in)
	h.policies = policies.New(db, h.now)
	h.certificates = certificates.New(db, h.now, h.config.Institution.in, h.config.publicURL())
	h.courses = courses.New(db, h.now, h.policies, nil)
	h.training = training.New(db, h.now, h.courses, h.certificates)
	h.quizzes = quizzes.New(db, h.now, h.training)
	h.courses.SetQuizPublisher(h.quizzes)
	h.briefings = briefings.New(db, h.now, h.policies, h.config.Institution.in)
	h.policies.SetIdentity(h.people)
	h.policies.SetQuizzes(h.quizzes)
	h.complaints = complaints.New(db, h.now)
	h.performance = performance.New(db, h.now)
	h.records = records.New(db, h.now, h.performance)
	h.search = search.New(db, h.now)
}

// prepare brings the schema up to the program and puts in what every
// institution needs: the built-in calendar and rule set.
func (h *house) prepare(ctx context.Context) error {
	if err := h.resetCommits(ctx); err != nil {
		return err
	}
	if err := h.db.Migrate(ctx, slog.Default()); err != nil {
		return err
	}
	return h.complaints.Seed(ctx)
}

// server builds the HTTP face once, with caches that hear of changes.
func (h *house) server() *server.Server {
	if h.web != nil {
		return h.web
	}
	heard := func() bool { return h.listener != nil && h.listener.Healthy() }
	var client fs.FS
	if files, built := frontend.FS(); built {
		client = files
	}
	folder := ""
	if h.temporary != nil {
		folder = h.temporary.path
	}
	h.web = server.New(server.Rooms{
		People: h.people, Policies: h.policies, Briefings: h.briefings, Courses: h.courses, Training: h.training,
		Quizzes: h.quizzes, Certificates: h.certificates, Complaints: h.complaints, Performance: h.performance, Records: h.records, Search: h.search,
	}, server.Config{
		Now: h.now, Institution: h.config.Institution.in, Version: version, Demo: h.demo, LogRequests: !h.demo,
		Client: client, Ready: h.db.Ready, Heard: heard, Proxies: h.config.Proxies,
		HTTPS: strings.HasPrefix(h.config.publicURL(), "https://"), Help: h.config.Help, Temporary: folder, Downloads: int(h.config.MaxConns / 4),
	})
	h.listener = notices.New(h.db.PGX(), slog.Default(), map[string]notices.Handler{
		"anwen_people": h.people, "anwen_courses": h.web.Lessons(),
	})
	h.people.CacheWhile(heard)
	return h.web
}

// databaseLost tells when the private database is gone for good; a server that the
// environment names is watched by its owner.
func (h *house) databaseLost() <-chan error {
	if h.private == nil {
		return nil
	}
	return h.private.Lost()
}

func (h *house) close() {
	if h.db != nil {
		h.db.Close()
	}
	if h.private != nil {
		if err := h.private.Stop(); err != nil {
			slog.Warn("the private PostgreSQL did not stop cleanly", "error", err)
		}
	}
}
