package server

import (
	"context"
	"errors"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items/formats"
	"anwen/quizzes"
)

type bankText struct {
	Code string `path:"code" maxLength:"80"`
	Body struct {
		Text   string `json:"text" maxLength:"2000000"`
		Format string `json:"format,omitempty" enum:"gift,moodle,qti,aiken,text" doc:"Detected from the text when absent"`
		Locale string `json:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the text"`
		DryRun bool   `json:"dry_run" doc:"Only show what would be read"`
	}
}

type bankImported struct {
	Questions  []readQuestion `json:"questions" nullable:"false"`
	Created    int            `json:"created"`
	Changed    int            `json:"changed"`
	Unchanged  int            `json:"unchanged"`
	Duplicates []duplicate    `json:"duplicates" nullable:"false"`
	Faults     []textFault    `json:"faults" doc:"While there are any nothing is written. A long list is cut; its last entry then says how many there are" nullable:"false"`
	FaultCount int            `json:"fault_count" doc:"All of them, those included that the list was cut by"`
	DryRun     bool           `json:"dry_run"`
	Text       *string        `json:"text" doc:"Of an uploaded text, to be corrected on the screen"`
}

type readQuestion struct {
	Line     int      `json:"line"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical,matching,ordering,cloze,drag,essay,description"`
	HTML     string   `json:"html"`
	Dropped  []string `json:"dropped" nullable:"false" doc:"What the text says and no question can hold"`
	Warnings []string `json:"warnings" nullable:"false" doc:"What was settled without the author's word, to be looked at"`
}

type duplicate struct {
	Name  string `json:"name"`
	Other string `json:"other"`
	Bank  string `json:"bank"`
}

type textFault struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// importText parses questions from pasted text. While the text has faults it only
// reports them, so that they can be corrected on the screen.
func (s *Server) importText(ctx context.Context, in *bankText) (*body[bankImported], error) {
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Body.Locale), questionFile{"", []byte(in.Body.Text), formats.Format(in.Body.Format)}, in.Body.DryRun)
	return &body[bankImported]{Body: v}, err
}

type bankFile struct {
	Code   string `path:"code" maxLength:"80"`
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" required:"true" doc:"Of the file"`
	UploadInput
}

// importFile parses questions from a file of any format. A text file is returned
// with the report, so that it can be corrected on the screen.
func (s *Server) importFile(ctx context.Context, in *bankFile) (*body[bankImported], error) {
	name, raw, err := in.bytes()
	if err != nil {
		return nil, err
	}
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Locale), questionFile{name, raw, ""}, in.RawBody.Data().DryRun)
	if text, _, ok := archive.Text(raw); err == nil && ok && len(text) <= maxReturnedText {
		shown := string(text)
		v.Text = &shown
	}
	return &body[bankImported]{Body: v}, err
}

// maxReturnedText is how many bytes of an uploaded text are returned for correction.
const maxReturnedText = 1 << 20

// questionFile is a file of questions, in a format or in the one that it tells.
type questionFile struct {
	name   string
	raw    []byte
	format formats.Format
}

func (s *Server) importQuestions(ctx context.Context, code string, l i18n.Locale, f questionFile, dry bool) (bankImported, error) {
	actor := actorOf(ctx)
	file := formats.ReadItems(f.name, f.raw, f.format, l)
	v := bankImported{Questions: []readQuestion{}, Duplicates: []duplicate{}, Faults: []textFault{}}
	for _, q := range file.Questions {
		if q.Kind != formats.Category {
			warnings := views(q.Warnings, func(w errs.Fault) string { return i18n.Text(actor.Locale, w.Code, w.Args) })
			v.Questions = append(v.Questions, readQuestion{q.At.Line, q.Name, string(q.Kind), q.Text.HTML(), append([]string{}, q.Dropped...), warnings})
		}
	}
	v.DryRun = dry || len(file.Faults) > 0
	report, err := s.quizzes.ImportItems(ctx, actor, code, file.Items, v.DryRun)
	faults, wrong := file.Faults, (*errs.Error)(nil)
	if errors.As(err, &wrong) && len(wrong.Faults) > 0 { // faults of single questions, such as a missing picture
		faults, err = file.WithStored(wrong.Faults), nil
	}
	v.Faults = append(v.Faults, views(faults, func(f errs.Fault) textFault {
		return textFault{f.Line, i18n.Text(actor.Locale, f.Code, f.Args)}
	})...)
	if v.FaultCount = errs.Count(faults); v.FaultCount > 0 {
		v.DryRun = true
		return v, err
	}
	v.Created, v.Changed, v.Unchanged = report.Created, report.Changed, report.Unchanged
	v.Duplicates = views(report.Duplicates, func(d quizzes.Duplicate) duplicate { return duplicate(d) })
	return v, err
}
