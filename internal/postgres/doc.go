// Package postgres runs a private PostgreSQL as a child process, for the sample
// institution, for tests and for a first look: Unix socket only, no password,
// gone when its parent is gone. It is not meant for a production institution,
// which names its own server in ANWEN_DATABASE_URL.
package postgres
