package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
	"anwen/quizzes"
)

type importQuestions struct {
	File   string         `arg:"" type:"existingfile"`
	Bank   string         `help:"Bank to put them into; without it the file is only looked at."`
	Locale i18n.Locale    `help:"Language of the file." enum:"zh-Hans,zh-Hant,en" default:"zh-Hans"`
	Format formats.Format `help:"gift, moodle, qti, aiken, sheet or text; told from the file without it." enum:",gift,moodle,qti,aiken,sheet,text" default:""`
	importFlags
}

// Run shows what a file of questions holds, and puts them into a bank if one is
// named and the file has no fault. What is wrong with the file is told together with
// what does not go with the bank.
func (c importQuestions) Run(ctx context.Context, t terminal) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	file := formats.ReadItems(filepath.Base(c.File), raw, c.Format, c.Locale)
	if c.Bank != "" && len(file.Faults) == 0 {
		return c.into(ctx, t, file)
	}
	faults := file.Faults
	if c.Bank != "" {
		if faults, err = c.withStored(ctx, t, file); err != nil {
			return err
		}
	}
	report := reportOf(file.Questions, faults, t.locale)
	if c.JSON {
		if err := printJSON(t, report); err != nil {
			return err
		}
	} else {
		report.print(t)
	}
	if len(faults) > 0 {
		return errPrinted
	}
	return nil
}

// withStored are the faults of the file and those that its other questions have beside
// what the bank holds.
func (c importQuestions) withStored(ctx context.Context, t terminal, file formats.ItemFile) ([]errs.Fault, error) {
	h, err := importFlags{DryRun: true}.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer h.close()
	_, err = h.quizzes.ImportItems(ctx, people.System(), c.Bank, file.Items, true, quizzes.Based{})
	if wrong := (*errs.Error)(nil); errors.As(err, &wrong) && len(wrong.Faults) > 0 {
		return file.WithStored(wrong.Faults), nil
	}
	return file.Faults, err
}

func (c importQuestions) into(ctx context.Context, t terminal, file formats.ItemFile) error {
	return c.with(ctx, t, func(h *house) (any, error) {
		r, err := h.quizzes.ImportItems(ctx, people.System(), c.Bank, file.Items, c.DryRun, quizzes.Based{})
		if wrong := (*errs.Error)(nil); errors.As(err, &wrong) {
			wrong.Faults = file.WithStored(wrong.Faults)
		}
		read := reportOf(file.Questions, nil, t.locale)
		duplicates := []map[string]string{}
		for _, d := range r.Duplicates {
			duplicates = append(duplicates, map[string]string{"name": d.Name, "other": d.Other, "bank": d.Bank})
		}
		dropped, warnings := []map[string]any{}, []map[string]any{}
		for _, q := range read.Questions {
			if len(q.Dropped) > 0 {
				dropped = append(dropped, map[string]any{"line": q.Line, "name": q.Name, "dropped": q.Dropped})
			}
			if len(q.Warnings) > 0 {
				warnings = append(warnings, map[string]any{"line": q.Line, "name": q.Name, "warnings": q.Warnings})
			}
		}
		return map[string]any{"bank": c.Bank, "created": r.Created, "changed": r.Changed, "unchanged": r.Unchanged, "duplicates": duplicates,
			"dropped": dropped, "warnings": warnings, "dry_run": c.DryRun}, err
	})
}

// questionReport is what a file of questions holds and what is wrong with it.
type questionReport struct {
	Questions []reportedQuestion `json:"questions"`
	Faults    []reportedFault    `json:"faults"`
	Count     int                `json:"fault_count"`
}

type reportedQuestion struct {
	Name     string           `json:"name"`
	Type     items.Kind       `json:"type"`
	Text     string           `json:"text"`
	Answers  []reportedAnswer `json:"answers"`
	Line     int              `json:"line"`
	Dropped  []string         `json:"dropped,omitempty"`
	Warnings []string         `json:"warnings,omitempty"`
}

// reportedAnswer has a fraction in percent. A number has its tolerance beside it,
// a prompt the answer that belongs to it.
type reportedAnswer struct {
	Text      string      `json:"text"`
	Fraction  json.Number `json:"fraction"`
	Feedback  string      `json:"feedback"`
	Tolerance string      `json:"tolerance,omitempty"`
	Match     string      `json:"match,omitempty"`
}

type reportedFault struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

func reportOf(questions []formats.Question, faults []errs.Fault, l i18n.Locale) questionReport {
	r := questionReport{Questions: []reportedQuestion{}, Faults: []reportedFault{}, Count: errs.Count(faults)}
	for _, q := range questions {
		if q.Kind == formats.Category {
			continue
		}
		var warnings []string
		for _, w := range q.Warnings {
			warnings = append(warnings, i18n.Text(l, w.Code, w.Args))
		}
		r.Questions = append(r.Questions, reportedQuestion{Name: q.Name, Type: q.Kind, Text: q.Text.Source, Answers: answersOf(q), Line: q.At.Line, Dropped: q.Dropped, Warnings: warnings})
	}
	for _, f := range faults {
		r.Faults = append(r.Faults, reportedFault{f.File, f.Line, i18n.Text(l, f.Code, f.Args)})
	}
	return r
}

func answersOf(q formats.Question) []reportedAnswer {
	list := []reportedAnswer{}
	add := func(text string, weight items.Weight, feedback items.Text) *reportedAnswer {
		list = append(list, reportedAnswer{Text: text, Fraction: json.Number(weight.String()), Feedback: feedback.Source})
		return &list[len(list)-1]
	}
	switch q.Kind {
	case items.TrueFalse:
		for _, truth := range []bool{true, false} {
			if truth == q.True {
				add(fmt.Sprint(truth), items.Whole, q.WhenRight)
			} else {
				add(fmt.Sprint(truth), 0, q.WhenWrong)
			}
		}
	case items.Cloze:
		for _, g := range q.Gaps {
			list = append(list, answersOf(g)...)
		}
	}
	for _, c := range q.Choices {
		add(c.Text.Source, c.Worth(), c.Feedback)
	}
	for _, n := range q.Numbers {
		value, tolerance := n.Answer()
		add(value, n.Worth(), n.Feedback).Tolerance = tolerance
	}
	for _, p := range q.Pairs {
		add(p.Text.Source, items.Whole, p.Feedback).Match = p.Answer.Source
	}
	return list
}

func (r questionReport) print(t terminal) {
	for _, q := range r.Questions {
		fmt.Fprintf(t.out, "%5d  %-16s %s  %s\n", q.Line, q.Type, q.Name, firstLine(q.Text, 60))
		q.printNotes(t)
	}
	for _, f := range r.Faults {
		if f.Line == 0 && f.File == "" {
			fmt.Fprintln(t.err, f.Message)
			continue
		}
		fmt.Fprintf(t.err, "%s:%d: %s\n", f.File, f.Line, f.Message)
	}
}

func (q reportedQuestion) printNotes(t terminal) {
	for _, d := range q.Dropped {
		fmt.Fprintf(t.out, "%24s %s\n", i18n.Text(t.locale, "quizzes.dropped", nil), d)
	}
	for _, w := range q.Warnings {
		fmt.Fprintf(t.out, "%24s %s\n", i18n.Text(t.locale, "quizzes.warning", nil), w)
	}
}
