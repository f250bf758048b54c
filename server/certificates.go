package server

import (
	"context"
	"fmt"
	"strings"

	"anwen/certificates"
	"anwen/internal/errs"
)

type certificate struct {
	Serial     string  `json:"serial"`
	Title      string  `json:"title"`
	CourseSlug string  `json:"course_slug"`
	Cycle      int     `json:"cycle"`
	IssuedOn   string  `json:"issued_on" format:"date"`
	ValidUntil *string `json:"valid_until" format:"date" doc:"The last valid day; null: no end"`
	State      string  `json:"state" enum:"valid,expiring,expired,revoked"`
	PDFURL     string  `json:"pdf_url"`
	VerifyURL  string  `json:"verify_url"`
}

func (s *Server) myCertificates(ctx context.Context, _ *struct{}) (*body[list[certificate]], error) {
	actor := actorOf(ctx)
	rows, err := s.certificates.Mine(ctx, actor)
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(c certificates.Certificate) certificate {
		title := c.Frozen.Titles.In(actor.Locale)
		return certificate{
			Serial: c.Serial, Title: title, CourseSlug: c.CourseSlug, Cycle: c.Cycle, IssuedOn: *day(&c.IssuedOn),
			ValidUntil: day(c.ValidUntil), State: string(c.State),
			PDFURL: Prefix + "/certificates/" + c.Serial + ".pdf", VerifyURL: c.Frozen.VerifyURL,
		}
	}), nil
}

func (s *Server) certificatePDF(ctx context.Context, in *struct {
	File string `path:"file" doc:"The serial with .pdf behind it"`
}) (*file, error) {
	serial, ok := strings.CutSuffix(in.File, ".pdf")
	if !ok {
		return nil, errs.New(errs.NotFound, "certificates.not_found", nil)
	}
	d, err := s.certificates.Document(ctx, actorOf(ctx), serial)
	if err != nil {
		return nil, err
	}
	return &file{
		ContentType: "application/pdf", ContentDisposition: disposition("inline", d.Serial+".pdf"),
		CacheControl: "no-store", ETag: fmt.Sprintf(`"%x"`, d.SHA256), Body: d.PDF,
	}, nil
}
