package server

import (
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"anwen/internal/errs"
)

// notBuilt is the answer to a browser when the client was not built into the binary.
const notBuilt = "The client is not part of this binary. Build it with `make build`.\nThe API is at " + Prefix + ".\n"

// client serves the browser client. Hashed assets may be cached for ever, index.html
// never; every path that is no file gets index.html, because the client does its own
// routing. Files were compressed when the client was built.
func (s *Server) client() gin.HandlerFunc {
	return func(c *gin.Context) {
		if !isClientPath(c) {
			writeProblem(c.Writer, problemOf(c.Request.Context(), errs.New(errs.NotFound, "api.not_found", nil)))
			return
		}
		if s.config.Client == nil {
			c.String(http.StatusOK, notBuilt)
			return
		}
		name := strings.TrimPrefix(path.Clean(c.Request.URL.Path), "/")
		info, err := fs.Stat(s.config.Client, name)
		isFile := err == nil && !info.IsDir() && name != ""
		switch {
		case isFile && strings.HasPrefix(name, "assets/"):
			c.Header("Cache-Control", "public, max-age=31536000, immutable")
		case strings.HasPrefix(name, "assets/"):
			c.Status(http.StatusNotFound) // a tab that is still open asks for a chunk of an older build
			return
		case !isFile && s.writeFirst(c):
			return
		case !isFile:
			name = "index.html"
			fallthrough
		default:
			c.Header("Cache-Control", "no-cache")
		}
		serveFile(c, s.config.Client, name)
	}
}

// isClientPath tells whether what is asked for below no route is a page of the client.
func isClientPath(c *gin.Context) bool {
	p := path.Clean(c.Request.URL.Path)
	reads := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
	return reads && p != "/api" && !strings.HasPrefix(p, "/api/")
}

func serveFile(c *gin.Context, files fs.FS, name string) {
	c.Header("Vary", "Accept-Encoding")
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		c.Header("Content-Type", kind)
	}
	for _, e := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(c.Request.Header, e.coding) {
			continue
		}
		if f, err := files.Open(name + e.suffix); err == nil {
			defer f.Close()
			c.Header("Content-Encoding", e.coding)
			send(c, f)
			return
		}
	}
	f, err := files.Open(name)
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	defer f.Close()
	send(c, f)
}

func send(c *gin.Context, f fs.File) {
	if info, err := f.Stat(); err == nil {
		c.Header("Content-Length", strconv.FormatInt(info.Size(), 10))
	}
	c.Status(http.StatusOK)
	if c.Request.Method == http.MethodHead {
		return
	}
	_, _ = io.Copy(c.Writer, f) // fails only when the client has disconnected
}
