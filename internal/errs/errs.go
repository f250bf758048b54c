// Package errs holds the kinds of failure that a room may tell a user about.
//
// An error carries a stable code, which is also the key of its message in every
// language (internal/i18n), the values that fill the message, and, for bad
// input, one Fault per place. Whatever is not an *Error is internal: its text is
// logged at the edge and never reaches a client.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what the caller can do about a failure.
type Kind string

// The kinds. Only server/errors.go knows which status code each becomes.
const (
	Invalid         Kind = "invalid"         // the input is wrong; Faults say where
	NotFound        Kind = "not_found"       // it does not exist, or the caller may not see it
	Conflict        Kind = "conflict"        // the state of things forbids it
	Forbidden       Kind = "forbidden"       // the caller may see it but not do this
	Unauthenticated Kind = "unauthenticated" // nobody is signed in
	TooLarge        Kind = "too_large"       // over a size limit
	TooMany         Kind = "too_many"        // over a rate limit
	Unavailable     Kind = "unavailable"     // a needed part is missing or down
)

// Args fills the {placeholders} of a message.
type Args map[string]any

// Place says where in the input a fault is. Empty parts are left out.
type Place struct {
	File   string // name inside an archive or folder
	Line   int    // 1-based line of a text, or row of a sheet (the heading is row 1)
	Column string // heading of the column
	Field  string // path of an API field: body.titles.en
}

// Fault is one thing wrong with the input, at its place.
type Fault struct {
	Place
	Code string
	Args Args
}

// Error is a failure fit for the user's eyes.
type Error struct {
	Kind   Kind
	Code   string
	Args   Args
	Faults []Fault
	cause  error
}

// New returns an error of the kind with the message key and its values.
func New(kind Kind, code string, args Args) *Error {
	return &Error{Kind: kind, Code: code, Args: args}
}

// Because keeps the underlying cause for the log; the user does not see it.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// Error is for logs and tests; users get the message in their own language.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Code)
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %v", map[string]any(e.Args))
	}
	for i, f := range e.Faults {
		if i == 3 {
			fmt.Fprintf(&b, "; and %d more", len(e.Faults)-i)
			break
		}
		fmt.Fprintf(&b, "; %s %s%s", f.Place, f.Code, argsText(f.Args))
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

func argsText(a Args) string {
	if len(a) == 0 {
		return ""
	}
	return fmt.Sprintf(" %v", map[string]any(a))
}

// String names the place as file:line:column, leaving out what is unknown.
func (p Place) String() string {
	parts := make([]string, 0, 4)
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		parts = append(parts, fmt.Sprint(p.Line))
	}
	if p.Column != "" {
		parts = append(parts, p.Column)
	}
	if p.Field != "" {
		parts = append(parts, p.Field)
	}
	return strings.Join(parts, ":")
}

// Unwrap gives errors.Is and errors.As the cause.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of err, or "" when it is internal or nil.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// CodeOf returns the code of err, or "" when it is internal or nil.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Unconfirmed is Conflict, with the warnings as faults, while somebody who is to answer
// for a text has not confirmed all of them: confirmed is how many were shown. It is nil
// otherwise.
func Unconfirmed(warnings []Fault, confirmed int) error {
	if len(warnings) == confirmed || len(warnings) == 0 {
		return nil
	}
	return &Error{Kind: Conflict, Code: "markdown.unconfirmed", Args: Args{"count": len(warnings)}, Faults: warnings}
}
