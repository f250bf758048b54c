package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/errs"
	"anwen/people"
)

type callerKey struct{}

// caller is who sent the request.
type caller struct {
	people.Actor
	refused string // the code of what was refused
}

// actorOf returns who sent the request; on a public route, the zero Actor.
func actorOf(ctx context.Context) people.Actor {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		return c.Actor
	}
	return people.Actor{}
}

// cookieName binds the cookie to this host: browsers take __Host- only with
// Secure, Path=/ and no Domain.
const (
	cookieName = "__Host-anwen"
	// deviceCookie tells a browser that somebody has signed in with, and nothing else.
	deviceCookie = "__Host-anwen-device"
)

// admit refuses everybody whom the route does not name.
func (s *Server) admit(api huma.API, who Who) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		std := ctx.Context()
		token := tokenOf(ctx)
		if who.public {
			next(ctx)
			return
		}
		actor, err := s.people.Authenticate(std, token)
		if err != nil {
			refuse(api, ctx, problemOf(std, err))
			return
		}
		if locale := localeOf(std); ctx.Header("Accept-Language") != "" {
			actor.Locale = locale
		}
		if actor.MustChangePassword && !who.temporaryPassword {
			refuse(api, ctx, problemOf(std, errs.New(errs.Forbidden, "people.password_change_required", nil)))
			return
		}
		actor.From, _ = netip.ParseAddr(addressOf(ctx))
		call := &caller{Actor: actor}
		if len(who.roles) > 0 && !actor.Has(who.roles...) {
			p := problemOf(std, errs.New(errs.Forbidden, "people.forbidden", nil))
			call.refused = p.Code
			refuse(api, ctx, p)
		} else {
			ctx = huma.WithValue(ctx, localeKey{}, actor.Locale)
			next(huma.WithValue(ctx, callerKey{}, call))
		}
		if call.refused != "" {
			s.recordRefused(ctx, call)
		}
	}
}

// problem is problemOf, and takes note of what an actor was refused: acts that are
// forbidden, and changes of what is not found, which may be somebody else's. What is
// read and not found is no act.
func (s *Server) problem(ctx context.Context, method string, err error) *Problem {
	p := problemOf(ctx, err)
	acts := method != http.MethodGet && method != http.MethodHead
	if c, ok := ctx.Value(callerKey{}).(*caller); ok && (p.Status == http.StatusForbidden || p.Status == http.StatusNotFound && acts) {
		c.refused = p.Code
	}
	return p
}

// recordRefused audits what was refused. The answer has been given.
func (s *Server) recordRefused(ctx huma.Context, c *caller) {
	op, url := ctx.Operation(), ctx.URL()
	act := people.RefusedAct{Route: op.Method + " " + op.Path, Path: url.EscapedPath(), Code: c.refused, Address: addressOf(ctx)}
	if err := s.people.RecordRefusedAct(context.WithoutCancel(ctx.Context()), c.Actor, act); err != nil {
		slog.ErrorContext(ctx.Context(), "a refused act was not recorded", "error", err)
	}
}

func refuse(api huma.API, ctx huma.Context, p *Problem) {
	ctx.SetHeader("Cache-Control", "no-store")
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	_ = huma.WriteErr(api, ctx, p.Status, p.Detail, p) // fails only when the client has disconnected
}

func tokenOf(ctx huma.Context) string { return cookieOf(ctx, cookieName) }

// cookieOf is the value of a cookie, or "".
func cookieOf(ctx huma.Context, name string) string {
	cookies, err := http.ParseCookie(ctx.Header("Cookie"))
	if err != nil {
		return ""
	}
	for _, c := range cookies {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}
