package server

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthz answers while the process runs.
func healthz(c *gin.Context) { c.String(http.StatusOK, "ok\n") }

// readyz answers when the database is reachable and has this program's schema. Why
// it does not is logged and not sent, because the route is public.
func (s *Server) readyz(c *gin.Context) {
	ctx, stop := context.WithTimeout(c.Request.Context(), patience)
	defer stop()
	if err := s.config.Ready(ctx); err != nil {
		slog.WarnContext(c.Request.Context(), "not ready", "error", err)
		c.String(http.StatusServiceUnavailable, "not ready\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}

type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "anwen_http_request_seconds", Help: "Time to answer by method, route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// other is the label of whatever the caller made up: labels are kept for ever.
const other = "other"

var knownMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

func methodLabel(method string) string {
	if slices.Contains(knownMethods, method) {
		return method
	}
	return other
}

// routeLabel is the pattern of the route, client for the files of the client, and other.
func routeLabel(c *gin.Context) string {
	switch {
	case c.FullPath() != "":
		return c.FullPath()
	case isClientPath(c):
		return "client"
	}
	return other
}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
