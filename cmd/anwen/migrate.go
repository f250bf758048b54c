package main

import (
	"context"
	"fmt"
	"log/slog"

	"anwen/internal/postgres"
)

type migrateCommand struct {
	What string `arg:"" optional:"" enum:"up,status" default:"up" help:"up (default) or status."`
}

// Run migrates, or lists the migrations and which are applied.
func (m migrateCommand) Run(ctx context.Context, t terminal) error {
	h, err := t.open(ctx, postgres.Options{Existing: m.What == "status"})
	if err != nil {
		return err
	}
	defer h.close()
	if m.What == "up" {
		return h.db.Migrate(ctx, slog.Default())
	}
	list, err := h.db.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		state := "pending"
		if s.Applied {
			state = "applied"
		}
		fmt.Fprintf(t.out, "%04d %-8s %s\n", s.Number, state, s.File)
	}
	return nil
}
