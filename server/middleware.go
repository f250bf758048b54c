package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

type localeKey struct{}

// localeOf is the language of the response.
func localeOf(ctx context.Context) i18n.Locale {
	if l, ok := ctx.Value(localeKey{}).(i18n.Locale); ok {
		return l
	}
	return i18n.English
}

// patience is how long a request waits for a connection of the database, or for a place
// to make a file: then it is told to come back, while somebody still waits for it.
const patience = 2 * time.Second

// identify gives the request its id and language. An id that the client sends is
// ignored: a client must not choose what the audit log records.
func identify(c *gin.Context) {
	var raw [8]byte
	rand.Read(raw[:])
	id := hex.EncodeToString(raw[:])
	ctx := audit.WithRequest(c.Request.Context(), id)
	ctx = context.WithValue(ctx, localeKey{}, i18n.Match(c.GetHeader("Accept-Language")))
	ctx = database.WithRequest(ctx, patience)
	c.Request = c.Request.WithContext(ctx)
	c.Header("X-Request-Id", id)
	c.Next()
}

// observe logs and counts each request. Neither contains personal data: the path is
// the route's pattern, and the query is left out.
func (s *Server) observe(c *gin.Context) {
	start := s.now()
	c.Next()
	route := routeLabel(c)
	took := s.now().Sub(start)
	s.metrics.observe(methodLabel(c.Request.Method), route, c.Writer.Status(), took)
	if s.logRequests {
		slog.InfoContext(c.Request.Context(), "request", "method", c.Request.Method, "route", route,
			"status", c.Writer.Status(), "took", took, "request_id", audit.RequestID(c.Request.Context()))
	}
}

// recoverPanics turns a panic into a Problem and logs the stack. Once part of the
// response has been sent it breaks the connection instead: half a response must not
// look complete.
func recoverPanics(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		slog.ErrorContext(c.Request.Context(), "panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			panic(http.ErrAbortHandler)
		}
		writeProblem(c.Writer, problemOf(c.Request.Context(), fmt.Errorf("panic: %v", cause)))
		c.Abort()
	}()
	c.Next()
}

const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers are those of every answer. Nothing is stored on the way or in a browser unless
// its handler says otherwise, because it is about persons.
func (s *Server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Cache-Control", "no-store")
	if s.config.HTTPS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	c.Next()
}

// ordinaryBody is the limit in bytes for requests that upload no file.
const ordinaryBody = 2 << 20

// limitBody bounds every request body; a route that takes uploads sets its own limit.
func (s *Server) limitBody(c *gin.Context) {
	limit := int64(ordinaryBody)
	if n, ok := s.uploads[c.Request.Method+" "+c.FullPath()]; ok {
		limit = n
	}
	if c.Request.ContentLength > limit {
		writeProblem(c.Writer, problemOf(c.Request.Context(),
			errs.New(errs.TooLarge, "api.too_large", errs.Args{"megabytes": limit >> 20})))
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
	defer removeUploads(c.Request)
	c.Next()
}

// refuseForeignOrigins protects the session cookie: another site cannot make a browser
// send requests with it.
func refuseForeignOrigins(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), localeKey{}, i18n.Match(r.Header.Get("Accept-Language")))
		writeProblem(w, problemOf(ctx, errs.New(errs.Forbidden, "api.foreign_origin", nil)))
	}))
	return guard.Handler(next)
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	maps.Copy(w.Header(), p.GetHeaders())
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		slog.Debug("the client disconnected before the response was sent", "error", err)
	}
}
