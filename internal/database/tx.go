package database

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"
)

// Tx is one transaction: what a function whose name ends in Tx receives.
type Tx struct{ *handle }

// Transaction runs do in one transaction, which is taken back when do returns an
// error. A function that receives a Tx begins none.
func (p *Pool) Transaction(ctx context.Context, do func(tx Tx) error) error {
	return p.handle.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return do(Tx{tx}) })
}

// errDryRun takes a transaction back that did everything it was asked to.
var errDryRun = errors.New("dry run")

// Try is Transaction, except that a dry run does everything and then takes it
// back: what is reported is what would happen.
func (p *Pool) Try(ctx context.Context, dryRun bool, do func(tx Tx) error) error {
	err := p.Transaction(ctx, func(tx Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		if dryRun {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// Snapshot is a Transaction that sees one state of the database from its first
// statement to its last: what a report of several statements needs, so that its
// figures belong together.
func (p *Pool) Snapshot(ctx context.Context, do func(tx Tx) error) error {
	return p.handle.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return do(Tx{tx}) },
		&sql.TxOptions{Isolation: sql.LevelRepeatableRead})
}

// Savepoint runs do in a part of the transaction that can be taken back alone.
func (tx Tx) Savepoint(ctx context.Context, do func(tx Tx) error) error {
	return tx.handle.WithContext(ctx).Transaction(func(inner *gorm.DB) error { return do(Tx{inner}) })
}

// Inside is a pool whose only connection is the transaction tx, which is taken back
// by whoever began it: for tests.
func Inside(tx *gorm.DB) *Pool { return &Pool{handle: tx} }
