// Package people holds the institution's staff: the tree of org units, persons
// with number, position and manager, the roles they hold over units, sign-in
// and sessions.
//
// Invariants: an employee number and a login name belong to one person for
// ever; a role grant is ended, never deleted; a session token is stored only as
// its SHA-256; a password only as argon2id. It refuses a sign-in without saying
// whether the name or the password was wrong, and what the actor may not see is
// not found.
//
// It imports no other room; every room may import it.
package people
