package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"anwen/people"
)

// Who may call a route. The verb behind it checks units and ownership again:
// this only keeps out who can have no business there.
type Who struct {
	public bool
	atDoor bool // also those who must change their password first
	roles  []people.Role
}

var (
	anyone   = Who{public: true}
	employee = Who{}
	atDoor   = Who{atDoor: true}
)

// holders of any of the roles, over whatever unit.
func holders(roles ...people.Role) Who { return Who{roles: roles} }

// String names who may call, for documentation and tests.
func (w Who) String() string {
	switch {
	case w.public:
		return "anyone"
	case len(w.roles) == 0:
		return string(people.Employee)
	}
	names := make([]string, len(w.roles))
	for i, r := range w.roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// Route is one row of the table: method, path below /api/v1, who may call, and
// the handler.
type Route struct {
	Method, Path string
	Who          Who
	Summary      string
	register     func(huma.API, huma.Operation)
	adjust       []func(*huma.Operation)
}

// as changes details of the operation: its success status, its response types.
func (r Route) as(adjust ...func(*huma.Operation)) Route {
	r.adjust = append(r.adjust, adjust...)
	return r
}

func status(code int) func(*huma.Operation) {
	return func(op *huma.Operation) { op.DefaultStatus = code }
}

// upload lets a route take a file of up to the given size.
func upload(bytes int64) func(*huma.Operation) {
	return func(op *huma.Operation) { op.MaxBodyBytes = bytes }
}

func get[I, O any](path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return route(http.MethodGet, path, who, summary, h)
}

func post[I, O any](path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return route(http.MethodPost, path, who, summary, h)
}

func put[I, O any](path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return route(http.MethodPut, path, who, summary, h)
}

func patch[I, O any](path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return route(http.MethodPatch, path, who, summary, h)
}

func remove[I, O any](path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return route(http.MethodDelete, path, who, summary, h).as(status(http.StatusNoContent))
}

func route[I, O any](method, path string, who Who, summary string, h func(context.Context, *I) (*O, error)) Route {
	return Route{Method: method, Path: path, Who: who, Summary: summary, register: func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
			out, err := h(ctx, in)
			if err != nil {
				return nil, problemOf(ctx, err)
			}
			return out, nil
		})
	}}
}

// operationID makes GET /courses/{slug}/lessons/{n} into get-courses-slug-lessons-n.
func operationID(method, path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("/{}._", r) })
	return strings.ToLower(method) + "-" + strings.Join(words, "-")
}
