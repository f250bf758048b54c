package server

import (
	"net"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// body is a response with one JSON value.
type body[T any] struct{ Body T }

// list is the shape of every list that is not paged.
type list[T any] struct {
	Items []T `json:"items" nullable:"false"`
}

// page is the shape of every paged list: next is the cursor of the next page, or null
// on the last one.
type page[T any] struct {
	Items []T     `json:"items" nullable:"false"`
	Next  *string `json:"next"`
}

func listOf[R, V any](rows []R, view func(R) V) *body[list[V]] {
	return &body[list[V]]{Body: list[V]{Items: views(rows, view)}}
}

func pageOf[R, V any](rows []R, next string, view func(R) V) *body[page[V]] {
	return &body[page[V]]{Body: page[V]{Items: views(rows, view), Next: optional(next)}}
}

func views[R, V any](rows []R, view func(R) V) []V {
	items := make([]V, len(rows))
	for i, r := range rows {
		items[i] = view(r)
	}
	return items
}

// optional is nil for the zero value: a missing value is null in JSON, never "".
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// day formats a local date; nil stays null.
func day(t *time.Time) *string {
	if t == nil || t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}

// texts is a long text in several languages.
type texts struct {
	Hans    string `json:"zh-Hans,omitempty"`
	Hant    string `json:"zh-Hant,omitempty"`
	English string `json:"en,omitempty"`
}

// titles is a title or a name in several languages.
type titles struct {
	Hans    string `json:"zh-Hans,omitempty" maxLength:"200"`
	Hant    string `json:"zh-Hant,omitempty" maxLength:"200"`
	English string `json:"en,omitempty" maxLength:"200"`
}

// notes is a note in several languages.
type notes struct {
	Hans    string `json:"zh-Hans,omitempty" maxLength:"2000"`
	Hant    string `json:"zh-Hant,omitempty" maxLength:"2000"`
	English string `json:"en,omitempty" maxLength:"2000"`
}

func (t texts) byLocale() i18n.Texts {
	m := i18n.Texts{}
	for l, text := range (i18n.Texts{i18n.Hans: t.Hans, i18n.Hant: t.Hant, i18n.English: t.English}) {
		if text != "" {
			m[l] = text
		}
	}
	return m
}

func textsOf(m i18n.Texts) texts {
	return texts{Hans: m[i18n.Hans], Hant: m[i18n.Hant], English: m[i18n.English]}
}

// Resolve adds the caller's address and device, by which sign-in attempts are limited.
func (in *signIn) Resolve(ctx huma.Context) []error {
	in.address, in.device = addressOf(ctx), cookieOf(ctx, deviceCookie)
	return nil
}

// Resolve adds the caller's address, which a refusal records.
func (in *changePassword) Resolve(ctx huma.Context) []error {
	in.address = addressOf(ctx)
	return nil
}

// Resolve adds the caller's address, which an acknowledgement of tier 2 records.
func (in *acknowledgeInput) Resolve(ctx huma.Context) []error {
	in.address = addressOf(ctx)
	return nil
}

func addressOf(ctx huma.Context) string {
	host, _, err := net.SplitHostPort(ctx.RemoteAddr())
	if err != nil {
		return ctx.RemoteAddr()
	}
	return host
}

// parseDay parses a date; an empty text is nil. Invalid for anything else.
func parseDay(s, field string) (*time.Time, error) {
	if s == "" {
		return nil, nil
	}
	d, err := date.Parse(s)
	if err != nil {
		var faults errs.Faults
		faults.Add(errs.Place{Field: field}, "api.expected_date", nil)
		return nil, faults.Err("api.invalid_request")
	}
	return &d, nil
}
