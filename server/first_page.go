package server

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"html"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"anwen/internal/i18n"
)

//go:embed first.html
var firstHTML string

var firstTemplate = template.Must(template.New("first").Parse(firstHTML))

var (
	pageTitle = regexp.MustCompile(`<title>[^<]*</title>`)
	pageLang  = regexp.MustCompile(`<html lang="[^"]*">`)
)

// firstView is what the template shows.
type firstView struct {
	Name, Institution string
	Scripts           []string
	Styles            []string
	Answers           template.JS // JSON in which no < is left
	Text              *firstText
	Door              *firstDoor
}

// title is that of the page; "" leaves that of the client.
func (v firstView) title() string {
	switch {
	case v.Text != nil:
		return v.Text.Title
	case v.Door != nil:
		return v.Door.SignIn
	}
	return ""
}

// writeFirst answers an address of firstPages; not ok when it is none, or there is no
// client to answer with.
func (s *Server) writeFirst(c *gin.Context) (ok bool) {
	if s.first == nil {
		return false
	}
	path := c.Request.URL.EscapedPath()
	for _, p := range firstPages {
		if parts, ok := p.match(path); ok {
			s.writeFirstPage(c, p, parts)
			return true
		}
	}
	return false
}

func (s *Server) writeFirstPage(c *gin.Context, p firstPage, parts map[string]string) {
	answers, l, signedIn := s.answersTo(c, p, parts)
	module := p.module
	if !signedIn {
		module = "src/people/SignInPage.tsx"
	}
	scripts, styles := s.first.parts(module, "src/i18n/locales/"+string(l)+"/index.ts")
	institution, _ := read[about](answers[1])
	v := firstView{Name: i18n.Text(l, "api.first_name", nil), Institution: institution.Name, Scripts: scripts, Styles: styles}
	if signedIn && p.read != nil {
		if t, ok := p.read(answers[ofEveryPage:], l); ok {
			v.Text = &t
		}
	}
	if answers[0].Status == http.StatusUnauthorized {
		v.Door = doorOf(institution, l)
	}
	page, err := s.first.write(v, answers, l)
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.Header("Vary", "Accept-Encoding, Accept-Language, Cookie")
	sendPage(c, page)
}

// write puts what the address needs into the page of the client. Style sheets stand in
// it, and the text is readable without another round trip.
func (f *firstClient) write(v firstView, answers []firstAnswer, l i18n.Locale) ([]byte, error) {
	raw, err := json.Marshal(struct {
		Locale  i18n.Locale   `json:"locale"`
		Answers []firstAnswer `json:"answers"`
	}{l, answers}) // which writes < as \u003c
	if err != nil {
		return nil, err
	}
	v.Answers = template.JS(raw) //nolint:gosec // see above
	var head, body bytes.Buffer
	if err := firstTemplate.ExecuteTemplate(&head, "head", v); err != nil {
		return nil, err
	}
	if err := firstTemplate.ExecuteTemplate(&body, "body", v); err != nil {
		return nil, err
	}
	head.WriteString("    <style>")
	for _, css := range append(f.styles[:len(f.styles):len(f.styles)], v.Styles...) {
		head.WriteString(f.read(css))
	}
	head.WriteString("</style>\n  </head>")
	page := pageLang.ReplaceAllLiteralString(f.page, `<html lang="`+string(l)+`">`)
	if title := v.title(); title != "" {
		page = pageTitle.ReplaceAllLiteralString(page, "<title>"+html.EscapeString(title+" · "+v.Name)+"</title>")
	}
	page = strings.Replace(page, "</head>", head.String(), 1)
	return []byte(strings.Replace(page, `<div id="root"></div>`, body.String(), 1)), nil
}

// sendPage sends a page that was made for this request, compressed if the browser can
// read that.
func sendPage(c *gin.Context, page []byte) {
	c.Header("Content-Type", "text/html; charset=utf-8")
	if accepts(c.Request.Header, "gzip") {
		var small bytes.Buffer
		z := gzip.NewWriter(&small)
		_, err := z.Write(page)
		if closed := z.Close(); err == nil && closed == nil {
			c.Header("Content-Encoding", "gzip")
			page = small.Bytes()
		}
	}
	c.Header("Content-Length", strconv.Itoa(len(page)))
	c.Status(http.StatusOK)
	if c.Request.Method == http.MethodHead {
		return
	}
	_, _ = c.Writer.Write(page) // fails only when the client has disconnected
}
