package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"anwen/internal/audit"
)

// file is an answer that is a file and is held in memory.
type file struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	ETag               string `header:"ETag"`
	Body               []byte
}

// disposition is the header Content-Disposition of a file, inline or attachment. A
// name that is not plain ASCII is sent a second time as UTF-8, which browsers
// prefer.
func disposition(kind, name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	header := fmt.Sprintf(`%s; filename="%s"`, kind, ascii)
	if ascii != name {
		header += "; filename*=UTF-8''" + beyondToken.Replace(url.PathEscape(name))
	}
	return header
}

// beyondToken escapes what a path may hold and a header's parameter may not.
var beyondToken = strings.NewReplacer(":", "%3A", "=", "%3D", "@", "%40")

// download sends what write writes as a file with the name. The headers leave with
// the first byte: an error before it is a Problem, and one after it breaks the
// connection, so that half a file never looks whole.
func download(ctx context.Context, name, mediaType string, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		w := &downloadWriter{out: humagin.Unwrap(out).Writer, name: name, mediaType: mediaType}
		err := write(w)
		switch {
		case err == nil:
			w.begin() // the file may be empty
		case !w.begun:
			writeProblem(w.out, problemOf(ctx, err))
		default:
			if ctx.Err() == nil {
				slog.ErrorContext(ctx, "a download broke off", "request_id", audit.RequestID(ctx), "error", err)
			}
			panic(http.ErrAbortHandler)
		}
	}}
}

// downloadWriter sends the headers before the first byte, and the first bytes at
// once, so that a browser shows a download that takes long.
type downloadWriter struct {
	out             gin.ResponseWriter
	name, mediaType string
	begun           bool
}

func (w *downloadWriter) begin() {
	if w.begun {
		return
	}
	w.begun = true
	h := w.out.Header()
	h.Set("Content-Type", w.mediaType)
	h.Set("Content-Disposition", disposition("attachment", w.name))
	h.Set("Cache-Control", "no-store")
	w.out.WriteHeader(http.StatusOK)
}

// Write is for the verb that writes the file.
func (w *downloadWriter) Write(p []byte) (int, error) {
	first := !w.begun
	w.begin()
	n, err := w.out.Write(p)
	if first && err == nil {
		w.out.Flush()
	}
	return n, err
}

// jsonStream is the JSON of a route that can answer with a download instead.
func jsonStream(v any) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", "application/json")
		out.SetHeader("Cache-Control", "no-store")
		out.SetStatus(http.StatusOK)
		if err := json.NewEncoder(out.BodyWriter()).Encode(v); err != nil {
			slog.DebugContext(out.Context(), "the caller left before the answer", "error", err)
		}
	}}
}

// answers documents the JSON of a route that streams.
func answers[T any](api func() huma.API) func(*huma.Operation) {
	return func(op *huma.Operation) {
		schema := api().OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
		op.Responses = map[string]*huma.Response{"200": {Description: "OK",
			Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
	}
}
