package server

import (
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"anwen/certificates"
	"anwen/internal/i18n"
)

type verification struct {
	Serial      string  `json:"serial"`
	State       string  `json:"state" enum:"valid,expired,revoked,unknown"`
	HolderName  *string `json:"holder_name"`
	Title       *string `json:"title"`
	Institution *string `json:"institution"`
	IssuedOn    *string `json:"issued_on" format:"date"`
	ValidUntil  *string `json:"valid_until" format:"date"`
}

func (s *Server) verify(ctx context.Context, in *struct {
	Serial string `path:"serial" maxLength:"64"`
}) (*body[verification], error) {
	v, err := s.certificates.Verify(ctx, in.Serial)
	if err != nil {
		return nil, err
	}
	return &body[verification]{Body: viewVerification(in.Serial, v, localeOf(ctx))}, nil
}

func viewVerification(typed string, v certificates.Verification, locale i18n.Locale) verification {
	if !v.Known {
		return verification{Serial: typed, State: "unknown"}
	}
	c := v.Certificate
	title := c.Frozen.Titles.In(locale)
	state := c.State
	if state == certificates.Expiring {
		state = certificates.Valid
	}
	return verification{
		Serial: c.Serial, State: string(state), HolderName: &c.Frozen.Holder, Title: &title,
		Institution: &c.Frozen.Institution, IssuedOn: day(&c.IssuedOn), ValidUntil: day(c.ValidUntil),
	}
}

//go:embed verification.html
var pages embed.FS

var verificationTemplate = template.Must(template.ParseFS(pages, "verification.html"))

// verificationPage is plain HTML without scripts, so that any browser can open the
// address in the QR code.
func (s *Server) verificationPage(c *gin.Context) {
	ctx := c.Request.Context()
	locale := localeOf(ctx)
	if asked := c.Query("lang"); i18n.Valid(asked) {
		locale = i18n.Locale(asked)
	}
	serial := c.Param("serial")
	if serial == "" {
		serial = c.Query("serial")
	}
	if err := checkStorable(&struct {
		Serial string `path:"serial"`
	}{serial}); err != nil {
		writeProblem(c.Writer, problemOf(ctx, err))
		return
	}
	status := http.StatusOK
	page := struct {
		Locale  i18n.Locale
		Locales []i18n.Locale
		Asked   bool
		Serial  string
		V       verification
		Text    func(string) string
		Name    func(i18n.Locale) string
	}{
		Locale: locale, Locales: i18n.Locales, Asked: serial != "", Serial: clip(serial, 64),
		Text: func(key string) string { return i18n.Text(locale, "api."+key, nil) },
		Name: func(l i18n.Locale) string {
			return i18n.Texts{i18n.Hans: "简体中文", i18n.Hant: "繁體中文", i18n.English: "English"}[l]
		},
	}
	if page.Asked {
		v, err := s.certificates.Verify(ctx, serial)
		if err != nil {
			writeProblem(c.Writer, problemOf(ctx, err))
			return
		}
		page.V = viewVerification(page.Serial, v, locale)
		if !v.Known {
			status = http.StatusNotFound
		}
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Status(status)
	if err := verificationTemplate.Execute(c.Writer, page); err != nil {
		slog.WarnContext(ctx, "the verification page was not sent completely", "error", err)
	}
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
