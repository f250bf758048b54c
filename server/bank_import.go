package server

import (
	"context"
	"errors"
	"fmt"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
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
	Faults     []textFault    `json:"faults" doc:"While there are any nothing is written" nullable:"false"`
	DryRun     bool           `json:"dry_run"`
	Text       *string        `json:"text" doc:"Of an uploaded text, to be corrected on the screen"`
}

type readQuestion struct {
	Line    int      `json:"line"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical,matching,ordering,cloze,drag,essay,description"`
	HTML    string   `json:"html"`
	Dropped []string `json:"dropped" nullable:"false" doc:"What the text says and no question can hold"`
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
	questions, faults := formats.Read("", []byte(in.Body.Text), formats.Format(in.Body.Format))
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Body.Locale), questions, faults, in.Body.DryRun)
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
	questions, faults := formats.Read(name, raw, "")
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Locale), questions, faults, in.RawBody.Data().DryRun)
	if text, _, ok := archive.Text(raw); err == nil && ok && len(text) <= maxReturnedText {
		shown := string(text)
		v.Text = &shown
	}
	return &body[bankImported]{Body: v}, err
}

// maxReturnedText is how many bytes of an uploaded text are returned for correction.
const maxReturnedText = 1 << 20

func (s *Server) importQuestions(ctx context.Context, code string, l i18n.Locale, questions []formats.Question, faults []errs.Fault, dry bool) (bankImported, error) {
	actor := actorOf(ctx)
	v := bankImported{Questions: []readQuestion{}, Duplicates: []duplicate{}, Faults: []textFault{}}
	for _, q := range questions {
		if q.Kind != formats.Category {
			v.Questions = append(v.Questions, readQuestion{q.At.Line, q.Name, string(q.Kind), q.Text.HTML(), append([]string{}, q.Dropped...)})
		}
	}
	var items []items.Item
	if len(faults) == 0 {
		items, faults = formats.JoinLanguages(map[i18n.Locale][]formats.Question{l: questions})
	}
	for _, f := range faults {
		v.Faults = append(v.Faults, textFault{f.Line, i18n.Text(actor.Locale, f.Code, f.Args)})
	}
	v.DryRun = dry || len(faults) > 0
	report, err := s.quizzes.ImportItems(ctx, actor, code, items, v.DryRun)
	var wrong *errs.Error
	if errors.As(err, &wrong) && len(wrong.Faults) > 0 { // faults of single questions, such as a missing picture
		for _, f := range wrong.Faults {
			v.Faults = append(v.Faults, textFault{lineOf(questions, fmt.Sprint(f.Args["item"])), i18n.Text(actor.Locale, f.Code, f.Args)})
		}
		v.DryRun, err = true, nil
	}
	v.Created, v.Changed, v.Unchanged = report.Created, report.Changed, report.Unchanged
	v.Duplicates = views(report.Duplicates, func(d quizzes.Duplicate) duplicate { return duplicate(d) })
	return v, err
}

// lineOf returns the line on which the named question begins, or 0.
func lineOf(questions []formats.Question, name string) int {
	for _, q := range questions {
		if q.Name == name && q.Kind != formats.Category {
			return q.At.Line
		}
	}
	return 0
}
