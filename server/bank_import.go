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

		Standing string `json:"standing,omitempty" maxLength:"64" doc:"Of the dry run that was shown; needed when questions of the bank are changed"`
		Item     int64  `json:"item,omitempty" minimum:"0" doc:"Question that was opened to be changed"`
		Version  int    `json:"item_version,omitempty" minimum:"0" maximum:"1000000" doc:"Of it that was opened"`
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
	Standing   string         `json:"standing" doc:"Tells what the bank holds of these questions; to be sent with the import"`
	Text       *string        `json:"text" doc:"Of an uploaded text, to be corrected on the screen"`
}

type readQuestion struct {
	Line     int      `json:"line"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical,matching,ordering,cloze,drag,essay,description"`
	HTML     string   `json:"html"`
	Called   string   `json:"called" doc:"What the text calls its kind; empty where it does not say"`
	Version  int      `json:"version" doc:"Of the question that the bank holds by this name and that would be changed; 0: none"`
	Older    int      `json:"older" doc:"Version before that one whose text this is; 0: none"`
	Shown    *shownAs `json:"shown,omitempty" doc:"As it will be asked, with its key; left out where it cannot be, or in a long list"`
	Dropped  []string `json:"dropped" nullable:"false" doc:"What the text says and no question can hold"`
	Warnings []string `json:"warnings" nullable:"false" doc:"What was settled without the author's word, to be looked at"`
}

// shownAs is a question as it will be asked, with what only its authors see.
type shownAs struct {
	Question question  `json:"question"`
	Key      AnswerDTO `json:"key" doc:"A response that is wholly right; empty for an essay"`
	Accepted []string  `json:"accepted" nullable:"false" doc:"Every accepted answer of a short or numerical question, with what it is worth where that is not all"`
	Feedback *string   `json:"feedback_html" doc:"The explanation"`
	Guide    *string   `json:"guide_html" doc:"For the markers of an essay"`
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
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Body.Locale), questionFile{"", []byte(in.Body.Text), formats.Format(in.Body.Format)}, in.Body.DryRun,
		quizzes.Based{Standing: in.Body.Standing, Item: in.Body.Item, Version: in.Body.Version})
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
	v, err := s.importQuestions(ctx, in.Code, i18n.Locale(in.Locale), questionFile{name, raw, ""}, in.RawBody.Data().DryRun, quizzes.Based{Standing: in.RawBody.Data().Standing})
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

func (s *Server) importQuestions(ctx context.Context, code string, l i18n.Locale, f questionFile, dry bool, based quizzes.Based) (bankImported, error) {
	actor := actorOf(ctx)
	file := formats.ReadItems(f.name, f.raw, f.format, l)
	v := bankImported{Questions: []readQuestion{}, Duplicates: []duplicate{}, Faults: []textFault{}}
	for _, q := range file.Questions {
		if q.Kind != formats.Category {
			warnings := views(q.Warnings, func(w errs.Fault) string { return i18n.Text(actor.Locale, w.Code, w.Args) })
			read := readQuestion{Line: q.At.Line, Name: q.Name, Kind: string(q.Kind), HTML: q.Text.HTML(), Called: q.Called, Dropped: append([]string{}, q.Dropped...), Warnings: warnings}
			if len(v.Questions) < maxShown {
				read.Shown = showRead(q, l)
			}
			v.Questions = append(v.Questions, read)
		}
	}
	v.DryRun = dry || len(file.Faults) > 0
	report, err := s.quizzes.ImportItems(ctx, actor, code, file.Items, v.DryRun, based)
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
	v.Created, v.Changed, v.Unchanged, v.Standing = report.Created, report.Changed, report.Unchanged, report.Standing
	v.noteChanges(report.Changes)
	v.Duplicates = views(report.Duplicates, func(d quizzes.Duplicate) duplicate { return duplicate(d) })
	return v, err
}

// maxShown is how many questions of an import are shown as they will be asked.
const maxShown = 200

// showRead presents one question that was read; nil when it is not whole.
func showRead(q formats.Question, l i18n.Locale) *shownAs {
	list, faults := formats.JoinLanguages(map[i18n.Locale][]formats.Question{l: {q}})
	if len(faults) > 0 || len(list) != 1 {
		return nil
	}
	it := list[0]
	paper := items.Paper{Positions: []items.Position{{Points: it.Points}}}
	asked, err := paper.Ask(1, it, l)
	if err != nil {
		return nil
	}
	key := it.Key()
	return &shownAs{Question: viewQuestion(asked.Question(it.Render(l))), Key: viewResponse(paper.ToShown(1, it, key)), Accepted: acceptedOf(q),
		Feedback: optional(it.FeedbackHTML(key, l)), Guide: optional(it.GuideHTML(l))}
}

// acceptedOf lists what a short or a numerical question accepts.
func acceptedOf(q formats.Question) []string {
	list := []string{}
	add := func(text string, worth items.Weight) {
		switch {
		case worth >= items.Whole:
			list = append(list, text)
		case worth > 0:
			list = append(list, fmt.Sprintf("%s (%d%%)", text, worth*100/items.Whole))
		}
	}
	if q.Kind == items.ShortAnswer {
		for _, c := range q.Choices {
			add(c.Text.Source, c.Worth())
		}
	}
	for _, n := range q.Numbers {
		value, tolerance := n.Answer()
		if tolerance != "" && tolerance != "0" {
			value += " ± " + tolerance
		}
		add(value, n.Worth())
	}
	return list
}

// noteChanges says of each question which version it would follow.
func (v *bankImported) noteChanges(changes []quizzes.ItemChange) {
	known := make(map[string]quizzes.ItemChange, len(changes))
	for _, c := range changes {
		known[c.Name] = c
	}
	for i, q := range v.Questions {
		v.Questions[i].Version, v.Questions[i].Older = known[q.Name].Version, known[q.Name].Older
	}
}
