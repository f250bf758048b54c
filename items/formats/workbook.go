package formats

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"anwen/internal/errs"
	"anwen/internal/sheet"
	"anwen/items"
)

// columns are the headings of a sheet of questions with what they are also called.
var columns = sheet.Fields{
	"kind": {"题型", "題型", "类型", "類型", "试题类型", "試題類型", "题目类型", "題目類型", "题目类别", "type", "kind"}, "stem": {"题干", "題幹", "题目", "題目", "试题", "試題", "试题内容", "试题题干", "题目内容", "題目內容", "题目名称", "问题", "問題", "question", "stem"},
	"answer": {"答案", "正确答案", "正確答案", "参考答案", "參考答案", "标准答案", "標準答案", "正确选项", "正確選項", "answer", "correctanswer"}, "explanation": {"解析", "答案解析", "试题解析", "题目解析", "试题分析", "答案说明", "explanation"},
	"difficulty": {"难度", "難度", "difficulty"}, "tags": {"知识点", "知識點", "标签", "標籤", "tags"}, "points": {"分值", "分数", "分數", "points"},
	"category": {"分类", "分類", "题库", "題庫", "category"}, "name": {"编号", "編號", "题号", "題號", "名称", "名稱", "name", "id"},
	"options": {"选项", "選項", "选项内容", "备选项", "备选答案", "options", "choices"}, "set": {"题组", "題組", "案例", "set"},
}

// maxOptions is how many options a question of a sheet has, from A to J.
const maxOptions = 10

// knownColumn is the field of a heading: one of columns, or the letter of an option.
func knownColumn() sheet.Known {
	fixed := columns.Known()
	return func(heading string) (string, bool) {
		folded := sheet.FoldHeading(heading)
		if len(folded) == 1 && folded[0] >= 'a' && folded[0] < 'a'+maxOptions {
			return folded, true
		}
		for _, prefix := range []string{"选项", "選項", "option"} {
			letter, ok := strings.CutPrefix(folded, prefix)
			if !ok || len(letter) != 1 {
				continue
			}
			if letter[0] >= '1' && letter[0] <= '9' {
				letter = string(rune('a' + letter[0] - '1'))
			}
			if letter[0] >= 'a' && letter[0] < 'a'+maxOptions {
				return letter, true
			}
		}
		return fixed(heading)
	}
}

// ReadWorkbook reads questions from XLSX or CSV in the form that training
// departments use: 题型, 题干, 选项A…选项J, 答案, 解析, 难度, 知识点, and if they are
// there 分值, 分类, 编号, 题组. What other columns say of a question is Dropped of it,
// what stands above the headings and on other sheets, of the first.
func ReadWorkbook(file string, source []byte) ([]Question, []errs.Fault) {
	known := knownColumn()
	table, err := sheet.Read(file, source, sheet.Limits{Bytes: MaxBytes, Rows: MaxQuestions}, known)
	if err != nil {
		return nil, faultsOf(file, err)
	}
	faults, at := &table.Faults, table.Columns()
	missing := false
	for _, key := range []string{"stem", "answer"} {
		if _, ok := at[key]; !ok {
			faults.Add(errs.Place{File: file, Line: table.HeadingLine}, "quizzes.no_column", errs.Args{"column": columns[key][0]})
			missing = true
		}
	}
	if missing {
		return nil, faults.List()
	}
	var questions []Question
	category := ""
	dropped := slices.Concat(table.LeftOut.RowsAbove, table.LeftOut.Pages)
	for _, picture := range table.LeftOut.Pictures {
		dropped = append(dropped, "file: "+picture)
	}
	for _, row := range table.Rows {
		if unread(table, row) {
			continue // the fault of its cell is told
		}
		cell := func(key string) string {
			if i, ok := at[key]; ok && i < len(row.Cells) {
				return row.Cells[i]
			}
			return ""
		}
		p := plainQuestion{
			at: errs.Place{File: file, Line: row.Line}, name: cell("name"), kind: strings.TrimSpace(cell("kind")), stem: cell("stem"), answer: strings.TrimSpace(cell("answer")),
			explanation: cell("explanation"), difficulty: cell("difficulty"), points: cell("points"), tags: tagsOf(cell("tags")), set: cell("set"),
		}
		for letter := range maxOptions {
			if i, ok := at[string(rune('a'+letter))]; ok {
				for len(p.options) <= letter {
					p.options = append(p.options, "")
				}
				p.options[letter] = row.Cells[i]
			}
		}
		if list := cell("options"); len(p.offered()) == 0 && list != "" {
			_, p.options, _ = splitOptions(strings.ReplaceAll(list, "|", "\n"))
		}
		p.unletter()
		if next := strings.TrimSpace(cell("category")); next != category {
			category = next
			questions = append(questions, Question{At: p.at, Kind: Category, Text: items.Text{Format: items.Plain, Source: category}})
		}
		if q, ok := p.question(faults); ok {
			q.Dropped = append(q.Dropped, dropped...)
			for i, heading := range table.Headings {
				if field, _ := known(heading); field == "" && strings.TrimSpace(row.Cells[i]) != "" {
					q.Dropped = append(q.Dropped, heading+": "+cut(row.Cells[i], 60))
				}
			}
			dropped = nil
			questions = append(questions, q)
		}
	}
	if len(questions) == 0 && faults.Len() == 0 {
		faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
	}
	return questions, faults.List()
}

// unletter takes the letters off options that repeat them: A.甲 in the column A would
// stand under another letter once the options are mixed.
func (p *plainQuestion) unletter() {
	bare := make([]string, len(p.options))
	for _, i := range p.offered() {
		m := strongOption.FindStringSubmatchIndex(strings.TrimSpace(p.options[i]))
		if m == nil || m[0] != 0 || letterNumber(strings.TrimSpace(p.options[i])[m[2]:m[3]]) != i+1 {
			return
		}
		bare[i] = strings.TrimSpace(strings.TrimSpace(p.options[i])[m[1]:])
	}
	p.options = bare
}

// unread reports whether a cell of the row has a fault.
func unread(table *sheet.Table, row sheet.Row) bool {
	for i := range row.Cells {
		if table.Unread(row, i) {
			return true
		}
	}
	return false
}

// faultsOf are the faults of an error, or the error itself as one.
func faultsOf(file string, err error) []errs.Fault {
	var e *errs.Error
	if !errors.As(err, &e) {
		return []errs.Fault{{Place: errs.Place{File: file}, Code: "quizzes.unreadable_file"}}
	}
	if len(e.Faults) > 0 {
		return e.Faults
	}
	return []errs.Fault{{Place: errs.Place{File: file}, Code: e.Code, Args: e.Args}}
}

var sheetHeadings = []string{"题型", "题干", "选项A", "选项B", "选项C", "选项D", "选项E", "选项F", "选项G", "选项H", "选项I", "选项J", "答案", "解析", "难度", "知识点", "分值", "分类", "编号", "题组"}

// WriteWorkbook writes questions as XLSX in the form that ReadWorkbook reads. What
// the sheet cannot say is a fault, and then nothing is written.
func WriteWorkbook(questions []Question) ([]byte, []errs.Fault) {
	var faults errs.Faults
	var rows [][]string
	category := ""
	for _, q := range questions {
		if q.Kind == Category {
			category = q.Text.Source
			continue
		}
		row, ok := sheetRow(q, category)
		if !ok {
			faults.Add(q.At, "quizzes.not_for_format", errs.Args{"name": q.Name, "format": "Excel"})
			continue
		}
		rows = append(rows, row)
	}
	if faults.Len() > 0 {
		return nil, faults.List()
	}
	raw, err := sheet.Write(sheetHeadings, rows)
	if err != nil {
		return nil, faultsOf("", err)
	}
	return raw, nil
}

// sheetRow writes the question, and reports false unless reading gives it back.
func sheetRow(q Question, category string) ([]string, bool) {
	options := make([]string, maxOptions)
	kind, answer := "", ""
	if len(q.Choices) > len(options) || len(q.Pairs) > len(options) {
		return nil, false
	}
	letters := func() {
		for i, c := range q.Choices {
			options[i] = c.Text.Source
			if c.Worth() > 0 || q.Kind == items.Ordering {
				answer += string(rune('A' + i))
			}
		}
	}
	switch q.Kind {
	case items.SingleChoice:
		kind = "单选题"
		letters()
	case items.MultipleChoice:
		kind = "多选题"
		letters()
	case items.Ordering:
		kind = "排序题"
		letters()
	case items.TrueFalse:
		kind, answer = "判断题", map[bool]string{true: "正确", false: "错误"}[q.True]
	case items.ShortAnswer:
		var variants []string
		for _, c := range q.Choices {
			variants = append(variants, c.Text.Source)
		}
		kind, answer = "填空题", strings.Join(variants, "/")
	case items.Numerical:
		if len(q.Numbers) != 1 {
			return nil, false
		}
		kind, answer = "数值题", q.Numbers[0].write()
	case items.Matching:
		kind = "配对题"
		for i, p := range q.Pairs {
			options[i] = p.Text.Source + "=" + p.Answer.Source
		}
	case items.Essay:
		kind, answer = "简答题", q.Guide.Source
	case items.Description:
		kind = "材料"
	default:
		return nil, false
	}
	points, difficulty := "", ""
	if q.Points != nil && q.Kind != items.Description {
		points = q.Points.String()
	}
	if q.Difficulty > 0 {
		difficulty = fmt.Sprint(q.Difficulty)
	}
	row := append([]string{kind, q.Text.Source}, options...)
	row = append(row, answer, q.Feedback.Source, difficulty, strings.Join(q.Tags, "、"), points, category, q.Name, q.Set)
	var faults errs.Faults
	p := plainQuestion{kind: kind, name: q.Name, stem: q.Text.Source, options: options, answer: answer, explanation: q.Feedback.Source, difficulty: difficulty, points: points, tags: tagsOf(strings.Join(q.Tags, "、")), set: q.Set}
	back, ok := p.question(&faults)
	return row, ok && sameQuestion(q, back)
}
