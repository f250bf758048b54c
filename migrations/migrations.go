// Package migrations embeds the numbered SQL that makes the schema. A merged
// file is never edited: a change is the next number.
package migrations

import "embed"

// Files holds every migration, for internal/database to apply.
//
//go:embed *.sql
var Files embed.FS
