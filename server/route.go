package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"anwen/people"
)

// Who may call a route. This is the outer check only: the verb checks units and
// ownership.
type Who struct {
	public            bool
	temporaryPassword bool // also people who must change their password first
	roles             []people.Role
}

var (
	anyone   = Who{public: true}
	employee = Who{}
	// withTemporaryPassword is every employee, even before the temporary password is changed.
	withTemporaryPassword = Who{temporaryPassword: true}
)

// holders are people who hold any of the roles, over any unit.
func holders(roles ...people.Role) Who { return Who{roles: roles} }

// String names the roles, for documentation and tests.
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
	register     func(*Server, huma.Operation)
	adjust       []func(*huma.Operation)
}

// as adjusts the operation: its success status, its response types.
func (r Route) as(adjust ...func(*huma.Operation)) Route {
	r.adjust = append(r.adjust, adjust...)
	return r
}

func status(code int) func(*huma.Operation) {
	return func(op *huma.Operation) { op.DefaultStatus = code }
}

// upload lets a route take a file of up to so many bytes.
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
	return Route{Method: method, Path: path, Who: who, Summary: summary, register: func(s *Server, op huma.Operation) {
		huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
			if err := checkStorable(in); err != nil {
				return nil, problemOf(ctx, err)
			}
			out, err := h(ctx, in)
			if err != nil {
				return nil, s.problem(ctx, method, err)
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
