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

// file is a response that is a file held in memory.
type file struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	ETag               string `header:"ETag"`
	Body               []byte
}

// disposition is the Content-Disposition header of a file, inline or attachment. A name
// that is not plain ASCII is sent again as UTF-8, which browsers prefer.
func disposition(kind, name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	header := fmt.Sprintf(`%s; filename="%s"`, kind, ascii)
	if ascii != name {
		header += "; filename*=UTF-8''" + headerEscapes.Replace(url.PathEscape(name))
	}
	return header
}

// headerEscapes escapes what a URL path allows and a header parameter does not.
var headerEscapes = strings.NewReplacer(":", "%3A", "=", "%3D", "@", "%40")

// download streams what write produces as a file. Headers are sent with the first
// byte, so an error before it becomes a Problem; an error after it breaks the
// connection, because half a file must not look complete.
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

// downloadWriter sends the headers before the first byte and flushes the first write,
// so that the browser shows a long download at once.
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

// Write sends a part of the file.
func (w *downloadWriter) Write(p []byte) (int, error) {
	first := !w.begun
	w.begin()
	n, err := w.out.Write(p)
	if first && err == nil {
		w.out.Flush()
	}
	return n, err
}

// jsonStream is the JSON response of a route that can also answer with a download.
func jsonStream(v any) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", "application/json")
		out.SetHeader("Cache-Control", "no-store")
		out.SetStatus(http.StatusOK)
		if err := json.NewEncoder(out.BodyWriter()).Encode(v); err != nil {
			slog.DebugContext(out.Context(), "the client disconnected before the response was sent", "error", err)
		}
	}}
}

// answers documents the JSON response of a route that streams.
func answers[T any](api func() huma.API) func(*huma.Operation) {
	return func(op *huma.Operation) {
		schema := api().OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
		op.Responses = map[string]*huma.Response{"200": {Description: "OK",
			Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
	}
}
