package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"syscall"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// statusOf is the only place where a kind of error becomes a status code.
var statusOf = map[errs.Kind]int{
	errs.Invalid:         http.StatusUnprocessableEntity,
	errs.NotFound:        http.StatusNotFound,
	errs.Conflict:        http.StatusConflict,
	errs.Forbidden:       http.StatusForbidden,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.TooLarge:        http.StatusRequestEntityTooLarge,
	errs.TooMany:         http.StatusTooManyRequests,
	errs.Unavailable:     http.StatusServiceUnavailable,
}

// Problem is the body of every error response: RFC 9457 with a stable code.
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail" doc:"What is wrong and what to do, in the caller's language"`
	Code      string         `json:"code" doc:"Stable name of the failure"`
	RequestID string         `json:"request_id"`
	Errors    []ProblemFault `json:"errors,omitempty" nullable:"false" doc:"Every fault of the input at once. A long list is cut; its last entry then says how many there are"`
	Count     int            `json:"error_count,omitempty" doc:"All faults, those included that the list was cut by"`
}

// ProblemFault is one fault of the input, at its place.
type ProblemFault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Field   string `json:"field,omitempty"`
}

// Error lets huma treat a Problem as an error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus tells huma the status code.
func (p *Problem) GetStatus() int { return p.Status }

// retryAfter is how many seconds to wait before trying again.
var retryAfter = map[int]string{http.StatusServiceUnavailable: "5", http.StatusTooManyRequests: "60"}

// GetHeaders tells when to try again what could not be done for the moment.
func (p *Problem) GetHeaders() http.Header {
	if seconds := retryAfter[p.Status]; seconds != "" {
		return http.Header{"Retry-After": {seconds}}
	}
	return nil
}

// ContentType is the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problemOf turns the error of a verb into a response. The text of an internal error
// is logged here, once, and never sent.
func problemOf(ctx context.Context, err error) *Problem {
	locale, id := localeOf(ctx), audit.RequestID(ctx)
	var e *errs.Error
	if !errors.As(err, &e) {
		code := "api.internal"
		if database.MayHaveChanged(ctx) {
			code = "api.internal_unsure"
		}
		e = &errs.Error{Code: code, Args: errs.Args{"id": id}}
		switch {
		case errors.Is(err, context.Canceled):
			slog.InfoContext(ctx, "the client disconnected", "request_id", id)
		case database.Away(err), errors.Is(err, syscall.ENOSPC):
			slog.WarnContext(ctx, "the database or the disk is away", "request_id", id, "error", err)
			e = &errs.Error{Kind: errs.Unavailable, Code: "api.unavailable"}
			if database.MayHaveChanged(ctx) {
				e.Code = "api.unavailable_unsure"
			}
		default:
			slog.ErrorContext(ctx, "internal error", "request_id", id, "error", err)
		}
	}
	code, known := statusOf[e.Kind]
	if !known {
		code = http.StatusInternalServerError
	}
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(code), Status: code,
		Detail: i18n.Text(locale, e.Code, e.Args), Code: e.Code, RequestID: id, Count: errs.Count(e.Faults),
	}
	for _, f := range e.Faults {
		p.Errors = append(p.Errors, ProblemFault{
			Code: f.Code, Message: i18n.Text(locale, f.Code, f.Args),
			File: f.File, Line: f.Line, Column: f.Column, Field: f.Field,
		})
	}
	return p
}

// useProblems makes huma report its own validation errors (unknown fields, wrong
// types, values out of range) as Problems.
func useProblems() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, causes ...error) huma.StatusError {
		std := context.Background()
		if ctx != nil {
			std = ctx.Context()
		}
		return problemOfHuma(std, status, message, causes)
	}
	huma.NewError = func(status int, message string, causes ...error) huma.StatusError {
		return problemOfHuma(context.Background(), status, message, causes)
	}
}

func problemOfHuma(ctx context.Context, status int, message string, causes []error) huma.StatusError {
	var args errs.Args
	for _, err := range causes {
		var p *Problem
		if errors.As(err, &p) {
			return p
		}
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			status, args = http.StatusRequestEntityTooLarge, errs.Args{"megabytes": tooLarge.Limit >> 20}
		}
	}
	locale := localeOf(ctx)
	code := codeOfStatus(status)
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: i18n.Text(locale, code, args), Code: code, RequestID: audit.RequestID(ctx),
	}
	for _, err := range causes {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			continue
		}
		fault, args := faultOfHuma(d.Message)
		p.Errors = append(p.Errors, ProblemFault{Code: fault, Message: i18n.Text(locale, fault, args), Field: d.Location})
	}
	p.Count = len(p.Errors)
	if status >= http.StatusInternalServerError {
		slog.ErrorContext(ctx, "internal error", "request_id", p.RequestID, "error", message, "causes", causes)
	}
	return p
}

func codeOfStatus(status int) string {
	switch status {
	case http.StatusUnprocessableEntity:
		return "api.invalid_request"
	case http.StatusBadRequest:
		return "api.unreadable_request"
	case http.StatusRequestEntityTooLarge:
		return "api.too_large"
	case http.StatusUnsupportedMediaType:
		return "api.unsupported_media_type"
	case http.StatusNotAcceptable:
		return "api.not_acceptable"
	case http.StatusRequestTimeout:
		return "api.timeout"
	case http.StatusNotFound:
		return "api.not_found"
	}
	return "api.internal"
}
