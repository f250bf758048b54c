package server

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/errs"
	"anwen/people"
)

type actorKey struct{}

// actorOf returns who sent the request; on a public route, the zero Actor.
func actorOf(ctx context.Context) people.Actor {
	a, _ := ctx.Value(actorKey{}).(people.Actor)
	return a
}

// cookieName binds the cookie to this host: browsers take __Host- only with
// Secure, Path=/ and no Domain.
const cookieName = "__Host-anwen"

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
		if len(who.roles) > 0 && !actor.Has(who.roles...) {
			refuse(api, ctx, problemOf(std, errs.New(errs.Forbidden, "people.forbidden", nil)))
			return
		}
		actor.From, _ = netip.ParseAddr(addressOf(ctx))
		ctx = huma.WithValue(ctx, localeKey{}, actor.Locale)
		next(huma.WithValue(ctx, actorKey{}, actor))
	}
}

func refuse(api huma.API, ctx huma.Context, p *Problem) {
	ctx.SetHeader("Cache-Control", "no-store")
	_ = huma.WriteErr(api, ctx, p.Status, p.Detail, p) // fails only when the client has disconnected
}

func tokenOf(ctx huma.Context) string {
	cookies, err := http.ParseCookie(ctx.Header("Cookie"))
	if err != nil {
		return ""
	}
	for _, c := range cookies {
		if c.Name == cookieName {
			return c.Value
		}
	}
	return ""
}
