package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// largeSQL writes the history of a large institution in sets, file by file. It is the
// one place beside the rooms that writes their tables: their verbs would take days. All
// constraints and triggers hold, and the audit log carries every row, as anwen verify
// evidence proves.
//
//go:embed large
var largeSQL embed.FS

// writers is how many parts are written at once.
const writers = 2

// parts runs a file for parts of a numbered table, each in its own transaction.
func (l *largeBank) parts(ctx context.Context, atOnce int, file, table, column string, size int) error {
	var last int
	if err := l.db.PGX().QueryRow(ctx, `SELECT coalesce(max(`+column+`), 0)::integer FROM `+table).Scan(&last); err != nil {
		return err
	}
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make([]error, atOnce)
	for i := range failed {
		all.Go(func() {
			for from := int(next.Add(1)-1) * size; from < last && failed[i] == nil; from = int(next.Add(1)-1) * size {
				failed[i] = l.run(ctx, file, from+1, min(from+size, last))
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// run runs the statements of a file in one transaction, with whole numbers for $1, $2.
func (l *largeBank) run(ctx context.Context, file string, numbers ...int) error {
	raw, err := fs.ReadFile(largeSQL, "large/"+file+".sql")
	if err != nil {
		return err
	}
	var filled []string
	for i, n := range numbers {
		filled = append(filled, "$"+strconv.Itoa(i+1), strconv.Itoa(n))
	}
	sql := strings.NewReplacer(filled...).Replace(string(raw))
	err = pgx.BeginFunc(ctx, l.db.PGX(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s %v: %w", file, numbers, err)
	}
	return nil
}

// copy makes a table of the plan and fills it.
func (l *largeBank) copy(ctx context.Context, table, columns string, rows [][]any) error {
	return pgx.BeginFunc(ctx, l.db.PGX(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE TABLE large.`+table+` (`+columns+`)`); err != nil {
			return err
		}
		var names []string
		for _, c := range strings.Split(columns, ", ") {
			names = append(names, strings.Fields(c)[0])
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"large", table}, names, pgx.CopyFromRows(rows))
		return err
	})
}
