package server

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items/formats"
)

type bankExport struct {
	Code   string `path:"code" maxLength:"80"`
	Format string `query:"format" enum:"gift,moodle,qti,aiken,sheet" default:"gift"`
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" default:"zh-Hans"`
}

// exportBank answers with a bank in one file format. Items that the format cannot
// express are listed in the refusal.
func (s *Server) exportBank(ctx context.Context, in *bankExport) (*huma.StreamResponse, error) {
	items, err := s.quizzes.BankContents(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	file, extension, faults := formats.Write(items, i18n.Locale(in.Locale), formats.Format(in.Format))
	if len(faults) > 0 {
		return nil, &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	return s.download(ctx, in.Code+"."+in.Locale+extension, "application/octet-stream", func(w io.Writer) error {
		_, err := w.Write(file)
		return err
	}), nil
}
