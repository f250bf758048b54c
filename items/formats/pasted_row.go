package formats

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"anwen/internal/errs"
)

const (
	rowSpace = " \t　,，;；、|。."
	rowMarks = "题題 \t　.．、:：)）|-—－"
)

var (
	rowNumber = regexp.MustCompile(`^(?:第\s*|[（(]\s*)?(` + digitClass + `)`)
	rowRange  = regexp.MustCompile(`^\s*[-—－–~～至到]{1,2}\s*(` + digitClass + `)`)
	rowKey    = regexp.MustCompile(`^[（(【\[]?\s*(` + upperLetters2 + `|` + truthMarks + `)\s*[)）】\]]?`)
	rowTruth  = regexp.MustCompile(`^` + truthMarks)
)

const upperLetters2 = `[` + upperLetters + `](?:[、,，]?[` + upperLetters + `])*`

// answerRow reads a line that holds nothing but numbers and their answers, nil for
// any other. A range of numbers with another number of answers is wrong.
func answerRow(text string) (rows []pastedAnswer, wrong string) {
	if len(text) > 4000 {
		return nil, ""
	}
	rest := text
	for {
		if rest = strings.TrimLeft(rest, rowSpace); rest == "" {
			return rows, ""
		}
		m := rowNumber.FindStringSubmatch(rest)
		if m == nil {
			return nil, ""
		}
		from, err := strconv.Atoi(width.Fold.String(m[1]))
		if err != nil || from == 0 {
			return nil, ""
		}
		rest = rest[len(m[0]):]
		if m := rowRange.FindStringSubmatch(rest); m != nil {
			to, _ := strconv.Atoi(width.Fold.String(m[1])) // four digits at most
			keys, after := rowKeys(strings.TrimLeft(rest[len(m[0]):], rowMarks))
			if keys == nil {
				return nil, ""
			}
			if keys = fitting(keys, to-from+1); keys == nil {
				return nil, text
			}
			for i, key := range keys {
				rows = append(rows, pastedAnswer{number: from + i, value: key})
			}
			rest = after
			continue
		}
		marked := strings.TrimLeft(rest, rowMarks)
		key := rowKey.FindStringSubmatch(marked)
		if key == nil || marked == rest {
			return nil, ""
		}
		rows, rest = append(rows, pastedAnswer{number: from, value: key[1]}), marked[len(key[0]):]
	}
}

// rowKeys reads the answers after a range up to the next number: words of letters
// or marks.
func rowKeys(s string) (keys []string, rest string) {
	for {
		s = strings.TrimLeft(s, rowSpace)
		m := rowKey.FindStringSubmatch(s)
		if m == nil {
			if s != "" && rowNumber.FindString(s) == "" {
				return nil, s
			}
			return keys, s
		}
		keys, s = append(keys, m[1]), s[len(m[0]):]
	}
}

// fitting makes as many answers of the words as there are numbers: the words
// themselves, or each of their letters.
func fitting(words []string, count int) []string {
	if len(words) == count {
		return words
	}
	var single []string
	for _, w := range words {
		if truth := rowTruth.FindString(w); truth == w && lettersOf(w) == "" {
			single = append(single, w)
			continue
		}
		single = append(single, lettersEach(w)...)
	}
	if len(single) == count {
		return single
	}
	return nil
}

func lettersEach(word string) []string {
	var all []string
	for _, r := range width.Fold.String(word) {
		if r >= 'A' && r <= 'J' {
			all = append(all, string(r))
		}
	}
	return all
}

var (
	tableNumbers = regexp.MustCompile(`^\|?\s*(?:题号|題號|序号|序號)\s*[|:：]?(?:\s+|$|\|)(.*)$`)
	tableKeys    = regexp.MustCompile(`^\|?\s*(?:参考|參考|正确|正確)?答案\s*[|:：]?(?:\s*|$)(.*)$`)
)

func tableCells(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t　|", r) })
}

// answerTable takes a table of answers, 题号 above 答案, whatever of it stands on one
// line; i is moved to its last line.
func (r *pastedReader) answerTable(i *int) bool {
	m := tableNumbers.FindStringSubmatch(r.lines[*i].text)
	if m == nil {
		return false
	}
	if strings.Contains(m[1], "答案") { // the heading of rows that follow
		r.lines[*i].role = pastedInHeading
		r.answers.open, r.current = true, nil
		return true
	}
	isNumber := func(s string) bool { m := rowNumber.FindStringSubmatch(s); return m != nil && m[1] == s }
	isKey := func(s string) bool { m := rowKey.FindString(s); return m != "" && m == s }
	numbers, at := r.cells(*i, m[1], isNumber, MaxQuestions)
	for at++; at < len(r.lines) && r.lines[at].page; at++ {
	}
	if at >= len(r.lines) {
		return false
	}
	k := tableKeys.FindStringSubmatch(r.lines[at].text)
	if k == nil || len(numbers) == 0 {
		return false
	}
	keys, end := r.cells(at, k[1], isKey, len(numbers))
	first := *i
	for j := first; j <= end; j++ {
		r.lines[j].role = pastedInAnswers
	}
	*i = end
	if len(keys) != len(numbers) {
		r.faults.Add(r.place(r.lines[first].number), "quizzes.answers_unlike_range", errs.Args{"text": cut(r.lines[first].text, 40)})
		return true
	}
	var rows []pastedAnswer
	for n, number := range numbers {
		value, _ := strconv.Atoi(width.Fold.String(number)) // digits alone
		rows = append(rows, pastedAnswer{number: value, value: keys[n]})
	}
	r.addAnswers(first, rows)
	return true
}

// cells are those of a row of a table that begins on the line, which may go on over
// the next ones.
func (r *pastedReader) cells(i int, first string, belongs func(string) bool, most int) (cells []string, end int) {
	cells = tableCells(first)
	for end = i; end+1 < len(r.lines) && len(cells) < most; end++ {
		next := tableCells(r.lines[end+1].text)
		for _, c := range next {
			if !belongs(c) {
				return cells, end
			}
		}
		cells = append(cells, next...)
	}
	return cells, end
}
