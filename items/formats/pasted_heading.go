package formats

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// pastedHeading is a line that says what follows.
type pastedHeading struct {
	kind    string // the word for the kind of the questions below, "" for none
	points  string // of each
	answers bool   // answers follow
	chapter bool   // a part of a book, if the lines around it allow
}

const (
	kindWord    = `(?:不定项选择|不定項選擇|单项选择|單項選擇|多项选择|多項選擇|不定项|不定項|单选|單選|多选|多選|复选|複選|单项|單項|多项|多項|选择|選擇|是非判断|判断改错|判断对错|判断正误|判斷對錯|判斷正誤|判断|判斷|是非|对错|對錯|填空|数值|數值|计算|計算|排序|配对|配對|匹配|连线|連線|简答|簡答|问答|問答|论述|論述|案例分析|材料分析|案例|综合|綜合|主观|主觀|名词解释|名詞解釋)`
	kindPhrase  = kindWord + `(?:分析)?(?:型|试|試)?[题題]?`
	hanNumber   = `[一二三四五六七八九十]{1,3}`
	headOrdinal = `(?:[（(]?` + hanNumber + `[)）]?|第\s*(?:` + hanNumber + `|\d{1,3})\s*(?:部分|大[题題]|[题題]型|章|节|節|篇|单元|單元)|[（(]?\d{1,2}[)）]?|[IVX]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧ]|[★■●◆▲※])\s*[、.．:：]?\s*`
)

var (
	kindHeading    = regexp.MustCompile(`^(?:` + headOrdinal + `)?[【\[（(]?\s*(` + kindPhrase + `)\s*[】\])）]?\s*(.*)$`)
	chapterHeading = regexp.MustCompile(`^(?:第\s*(?:` + hanNumber + `|\d{1,3})\s*(?:章|节|節|篇|编|編|单元|單元|部分)(?:[\s:：].{0,40})?|(?:[（(]` + hanNumber + `[)）]|` + hanNumber + `\s*[、.．])\s*[^。？?！!（(]{2,30})$`)
	answersHeading = regexp.MustCompile(`^(?:` + headOrdinal + `)?[【\[（(]?(?:附[:：]?)?[^。？?！!：:，,\s]{0,24}?(?:参考|參考|标准|標準|正确|正確)?答案(?:(?:及|与|與|和)?(?:其)?(?:解析|详解|評分標準|评分标准|说明|說明))?(?:部分|表)?[】\])）]?\s*[:：]?$`)
	headingPoints  = regexp.MustCompile(`(?:每[小]?[题題空]|各)\s*(\d+(?:\.\d+)?)\s*分|(\d+(?:\.\d+)?)\s*分\s*/\s*[题題]`)
	headingRemark  = regexp.MustCompile(`^(?:[（(【\[].*|[共每各本请請计計合满滿\d].*|.*(?:每[小]?[题題]|[小大][题題]|\d\s*分|打\s*[“"]?\s*√).*|部分|汇总|匯總|大全|答案|参考答案|答案及解析)$`)
)

// headingOf reads a heading, nil for a line that is none.
func headingOf(text string) *pastedHeading {
	if utf8.RuneCountInString(text) > 200 {
		return nil
	}
	if m := kindHeading.FindStringSubmatch(text); m != nil {
		if rest := strings.TrimSpace(strings.TrimLeft(m[2], "：:，,。.、；; 　")); isHeadingRemark(text, rest) {
			h := &pastedHeading{kind: m[1], answers: strings.HasPrefix(rest, "答案") || strings.HasPrefix(rest, "参考答案")}
			if p := headingPoints.FindStringSubmatch(rest); p != nil {
				h.points = p[1] + p[2]
			}
			return h
		}
		return nil
	}
	if answersHeading.MatchString(text) {
		return &pastedHeading{answers: true}
	}
	if chapterHeading.MatchString(text) && !strings.Contains(text, "条") {
		return &pastedHeading{chapter: true}
	}
	return nil
}

// isHeadingRemark reports whether what follows the kind in a heading speaks of the
// questions, and is not one of them.
func isHeadingRemark(text, rest string) bool {
	if rest == "" {
		return true
	}
	if !headingRemark.MatchString(rest) || strings.ContainsAny(rest, "？?") || hintsOf(rest)&(hintTruth|hintKey) != 0 {
		return false
	}
	if m := markOf(rest); m != nil && !m.weak {
		return false
	}
	return markOf(text) == nil || strings.ContainsAny(rest[:1], "([") || strings.HasPrefix(rest, "（") || strings.HasPrefix(rest, "【")
}

var (
	kindMark      = regexp.MustCompile(`^[【\[（(]\s*(` + kindPhrase + `)\s*(?:[,，、;；/]?\s*(?:共)?\d+(?:\.\d+)?\s*分)?\s*[】\]）)]\s*`)
	kindPrefix    = regexp.MustCompile(`^(` + kindWord + `[题題]|单选|多选|判断|單選|多選|判斷)(?:\s*[:：]\s*|[ \t　]+)`)
	kindAtEnd     = regexp.MustCompile(`\s*[【\[（(]\s*(` + kindPhrase + `)\s*[】\]）)]\s*$`)
	pointsAtStart = regexp.MustCompile(`^[【\[（(]\s*(?:本[题題])?\s*(\d+(?:\.\d+)?)\s*分\s*[】\]）)]\s*`)
	pointsAtEnd   = regexp.MustCompile(`\s*[【\[（(]\s*(?:本[题題]|分值\s*[:：])?\s*(\d+(?:\.\d+)?)\s*分\s*[】\]）)]\s*$`)
)

// cutKindMark takes 【单选题】 or 单选题： off the front.
func cutKindMark(text string) (kind, rest string) {
	for _, mark := range []*regexp.Regexp{kindMark, kindPrefix} {
		if m := mark.FindStringSubmatch(text); m != nil {
			return m[1], text[len(m[0]):]
		}
	}
	return "", text
}
