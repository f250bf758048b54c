package server

import (
	"errors"
	"maps"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

func openAPI(version string) huma.Config {
	c := huma.DefaultConfig("Anwen", version)
	c.OpenAPI.Info.Description = "Staff training and policy learning for financial institutions."
	c.OpenAPI.Servers = []*huma.Server{{URL: Prefix}}
	c.CreateHooks = nil // no $schema in bodies, no Link headers
	c.DocsPath, c.OpenAPIPath, c.SchemasPath = "", "", ""
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	c.Security = []map[string][]string{{"session": {}}}
	c.Formats = maps.Clone(c.Formats)
	for name, format := range c.Formats {
		format.Unmarshal = wholeText(format.Unmarshal)
		c.Formats[name] = format
	}
	return c
}

// wholeText refuses a body that is not UTF-8, whose letters the decoder would
// replace without a word, and empties texts of which nothing is seen.
func wholeText(unmarshal func([]byte, any) error) func([]byte, any) error {
	return func(data []byte, into any) error {
		if !utf8.Valid(data) {
			return errors.New("the body is not UTF-8")
		}
		if err := unmarshal(data, into); err != nil {
			return err
		}
		emptyWhatShowsNothing(into)
		return nil
	}
}

// OpenAPI returns the description of the API, derived from the route table.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

func (s *Server) describe(c *gin.Context) {
	raw, err := s.OpenAPI()
	if err != nil {
		writeProblem(c.Writer, problemOf(c.Request.Context(), err))
		return
	}
	c.Data(http.StatusOK, "application/json", raw)
}

func tagOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
