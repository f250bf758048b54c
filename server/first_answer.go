package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"anwen/internal/i18n"
)

// firstAnswer is one answer of the API, as the client would have received it.
type firstAnswer struct {
	Path   string          `json:"path"`
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// answersTo asks the API for what the page asks for, in the language that was chosen in
// this browser, else in that of the person, else in that of the browser: first for what
// the frame of every page asks for, each of which has an answer. What may pass, a busy
// database for one, is left for the client to ask again: its status is 0.
func (s *Server) answersTo(c *gin.Context, p firstPage, parts map[string]string) (answers []firstAnswer, l i18n.Locale, signedIn bool) {
	chosen, _ := c.Cookie(languageCookie)
	if i18n.Valid(chosen) {
		l = i18n.Locale(chosen)
	}
	who := s.within(c, "/me", l)
	var me struct {
		Language i18n.Locale `json:"language"`
	}
	switch signedIn = who.Status == http.StatusOK && json.Unmarshal(who.Body, &me) == nil; {
	case signedIn:
		l = me.Language
	case l == "":
		l = localeOf(c.Request.Context())
		who = s.within(c, "/me", l)
	}
	asks := []string{"/about"}
	if signedIn {
		asks = append(asks, p.asks...)
	}
	answers = []firstAnswer{who}
	for _, ask := range asks {
		answers = append(answers, s.within(c, fill(ask, parts), l))
	}
	return answers, l, signedIn
}

// languageCookie is where the client keeps the language that was chosen in this browser.
const languageCookie = "anwen_language"

// within asks the API on behalf of the request, in that language, or in the person's own
// when it is "", and passes the cookies on that it sets.
// An answer that may be another in a moment has the status 0.
func (s *Server) within(c *gin.Context, path string, l i18n.Locale) firstAnswer {
	address, err := url.Parse(Prefix + path)
	if err != nil {
		return firstAnswer{Path: path}
	}
	r := c.Request.Clone(c.Request.Context())
	r.Method, r.URL, r.RequestURI, r.Body = http.MethodGet, address, "", http.NoBody
	r.Header.Del("Accept-Language")
	if l != "" {
		r.Header.Set("Accept-Language", string(l))
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Del("If-None-Match")
	kept := &keptAnswer{header: http.Header{}}
	s.engine.ServeHTTP(kept, r)
	for _, cookie := range kept.header.Values("Set-Cookie") {
		c.Writer.Header().Add("Set-Cookie", cookie)
	}
	body := bytes.TrimSpace(kept.body.Bytes())
	if kept.status >= http.StatusInternalServerError || kept.status == http.StatusTooManyRequests || !json.Valid(body) {
		return firstAnswer{Path: path}
	}
	return firstAnswer{path, kept.status, body}
}

// keptAnswer is an answer that goes to nobody yet.
type keptAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *keptAnswer) Header() http.Header { return k.header }

func (k *keptAnswer) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *keptAnswer) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}
