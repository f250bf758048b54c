package main

import (
	"context"
	"log/slog"
)

// While the sample institution is made, its database says that it is unfinished, and
// nobody waits for the disk after each step: whoever finds it so makes it anew.
const (
	noteUnfinished   = `ALTER DATABASE anwen SET anwen.sample = 'unfinished'`
	forgetUnfinished = `ALTER DATABASE anwen RESET anwen.sample`
	commitLater      = `ALTER DATABASE anwen SET synchronous_commit = off`
	commitAtOnce     = `ALTER DATABASE anwen RESET synchronous_commit`
)

// set changes settings of the private database, one after another, for every connection
// from now on.
func (h *house) set(ctx context.Context, settings ...string) error {
	for _, sql := range settings {
		if err := h.db.WithContext(ctx).Exec(sql).Error; err != nil {
			return err
		}
		h.db.PGX().Reset()
	}
	return nil
}

func (h *house) beginUnfinished(ctx context.Context) error {
	return h.set(ctx, noteUnfinished, commitLater)
}

// endUnfinished waits for the disk: the last commit is made at once, and all before it
// with it.
func (h *house) endUnfinished(ctx context.Context) error {
	return h.set(ctx, commitAtOnce, forgetUnfinished)
}

// resetCommits lets the private database commit at once again, whatever a killed program
// left. A server that the environment names has settings of its owner's.
func (h *house) resetCommits(ctx context.Context) error {
	if h.private == nil {
		return nil
	}
	return h.set(ctx, commitAtOnce)
}

// discardUnfinished empties the database when its sample institution was never finished.
func (h *house) discardUnfinished(ctx context.Context) error {
	var unfinished bool
	err := h.db.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
		WHERE d.datname = current_database() AND s.setrole = 0
		  AND s.setconfig && ARRAY['anwen.sample=unfinished', 'synchronous_commit=off'])`).Scan(&unfinished).Error // the second: by a program that left no note
	if err != nil || !unfinished {
		return err
	}
	slog.Warn("the sample institution was not finished: it is made anew")
	if err := h.db.WithContext(ctx).Exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public`).Error; err != nil {
		return err
	}
	h.db.PGX().Reset() // connections remember the types of the tables that are gone
	return nil
}
