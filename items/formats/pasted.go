package formats

import (
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// ReadPasted reads questions as they are pasted out of documents:
//
//	一、多项选择题（每题 2 分）
//	1. 以下哪些属于销售人员的义务？
//	A. 揭示风险  B. 了解客户
//	C. 承诺收益
//	答案：AB
//	解析：……
//
// The kind follows from the heading, from 【单选】 beside the stem, or from the
// answer. Answers may also stand in the stem, as （AB） or ____B____ or at its end,
// behind an option as （正确答案）, or in a list or table of their own. A number, a
// heading or an option counts only where the lines around it bear it out: 3.5% and
// 9:30 begin no question, nor does a list inside an explanation.
func ReadPasted(file string, source []byte) ([]Question, []errs.Fault) {
	r := &pastedReader{file: file, faults: errs.ByLine()}
	text, ok := decode(file, source, &r.faults)
	if !ok {
		return nil, r.faults.List()
	}
	r.lines = r.pastedLines(text)
	r.divide()
	questions := r.questions()
	if len(questions) == 0 && r.faults.Len() == 0 {
		r.faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
	}
	return questions, r.faults.List()
}

// questions makes the question of each block, after the category that it names.
func (r *pastedReader) questions() []Question {
	var all []Question
	for _, b := range r.blocks {
		at := r.place(b.line)
		if category := b.fields[fieldCategory]; category != "" {
			all = append(all, Question{At: at, Kind: Category, Text: items.Text{Format: items.Plain, Source: category}})
		}
		if q, ok := b.question(at, &r.faults); ok {
			all = append(all, q)
		}
	}
	if n := len(all); n > 0 {
		all[n-1].Dropped = append(all[n-1].Dropped, r.pending...)
	}
	return all
}

func tagsOf(s string) []string {
	var tags []string
	for _, tag := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；|", r) }) {
		if tag = oneSpace(strings.TrimSpace(tag)); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}
