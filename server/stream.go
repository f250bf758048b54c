package server

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
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
