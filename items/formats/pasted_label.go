package formats

import (
	"regexp"
	"strings"
)

// pastedField is what a label such as 答案： is about.
type pastedField int

// The fields.
const (
	fieldAnswer pastedField = iota
	fieldExplanation
	fieldDifficulty
	fieldTags
	fieldPoints
	fieldCategory
	fieldKind
	fieldOther // of the paper, not of the question: left out and said so
)

// pastedLabel is a label at the beginning of a line, with what follows it.
type pastedLabel struct {
	field pastedField
	value string
}

var labelWords = map[string]pastedField{
	"难度": fieldDifficulty, "難度": fieldDifficulty, "难度等级": fieldDifficulty, "難度等級": fieldDifficulty,
	"知识点": fieldTags, "知識點": fieldTags, "考点": fieldTags, "考點": fieldTags, "标签": fieldTags, "標籤": fieldTags,
	"分值": fieldPoints, "分数": fieldPoints, "分數": fieldPoints,
	"分类": fieldCategory, "分類": fieldCategory,
	"题型": fieldKind, "題型": fieldKind, "题目类型": fieldKind, "題目類型": fieldKind, "试题类型": fieldKind,
}

const (
	answerWords = `(?:本题|本題|此题)?(?:的)?(?:正确|正確|参考|參考|标准|標準)?答案(?:是|为|為)?|正确选项|正確選項|标答|答|(?:Correct )?[Aa]nswers?|ANSWERS?`
	tellWords   = `答案解析|试题解析|試題解析|试题分析|解题思路|思路|点拨|题目解析|題目解析|解析|解释|解釋|解答|详解|詳解|分析|点评|说明|說明|Explanation`
	// the words of these stay in the text, since they say more than that it explains
	keptWords  = `答案依据|答案依據|政策依据|命题依据|依据|依據|出处|出處|来源|來源|理由|备注|備註`
	paperWords = `(?:我的|你的|您的|学生|學生|考生|用户|作答|提交)答案|得分|本题得分|难度系数|難度係數|难易程度|所属章节|章节|章節|所属知识点|题目来源|试题来源|认知层次|能力层次|出题人|命题人|审题人|编制人|题号|编号|专业|模块|正确率|错误率|作答时间`
	otherWords = `难度等级|難度等級|难度|難度|知识点|知識點|考点|考點|标签|標籤|分值|分数|分數|分类|分類|题型|題型|题目类型|題目類型|试题类型`
	labelWord  = `(?:` + paperWords + `|` + keptWords + `|` + tellWords + `|` + answerWords + `|` + otherWords + `)`
)

var (
	labelMark    = regexp.MustCompile(`^(?:[【\[〔（(]\s*(` + labelWord + `)\s*[】\]〕）)]\s*[:：]?|(` + labelWord + `)\s*[:：])\s*(.*)$`)
	labelWrapped = regexp.MustCompile(`^[（(【\[]\s*(` + labelWord + `)\s*[:：]\s*(.*?)\s*[)）】\]]\s*[。.]?$`)
	labelBare    = regexp.MustCompile(`^(` + keptWords + `|` + tellWords + `|` + answerWords + `|` + otherWords + `)$`)
	labelSpaced  = regexp.MustCompile(`^((?:本题|此题)?(?:的)?(?:正确|参考|标准|正確|參考|標準)?答案(?:是|为|為)?|(?:本题|此题|故|因此|所以)?(?:应选|應選|选择|選擇|选|選))\s*[:：]?\s*([` + upperLetters + `]{1,8}|` + truthMarks + `)(?:[项項])?[。.]?$`)
	chosen       = regexp.MustCompile(`[选選择擇]$`)
	tellSpaced   = regexp.MustCompile(`^(答案解析|试题解析|解析)[ \t　]+(.+)$`)
	answerWord   = regexp.MustCompile(`^(?:` + answerWords + `)$`)
	keptWord     = regexp.MustCompile(`^(?:` + keptWords + `)$`)
	paperWord    = regexp.MustCompile(`^(?:` + paperWords + `)$`)
)

// labelOf reads a label, nil for a line without one.
func labelOf(text string) *pastedLabel {
	word, value := "", ""
	if m := labelWrapped.FindStringSubmatch(text); m != nil {
		word, value = m[1], m[2]
	} else if m := labelMark.FindStringSubmatch(text); m != nil {
		word, value = m[1]+m[2], m[3]
	} else if m := labelSpaced.FindStringSubmatch(text); m != nil {
		word, value = m[1], m[2]
	} else if m := tellSpaced.FindStringSubmatch(text); m != nil {
		word, value = m[1], m[2]
	} else if m := labelBare.FindStringSubmatch(text); m != nil {
		word = m[1]
	} else {
		return nil
	}
	l := &pastedLabel{field: fieldExplanation, value: strings.TrimSpace(value)}
	if field, ok := labelWords[word]; ok {
		l.field = field
	} else if paperWord.MatchString(word) {
		l.field, l.value = fieldOther, text
	} else if answerWord.MatchString(word) || chosen.MatchString(word) {
		l.field = fieldAnswer
	} else if keptWord.MatchString(word) {
		l.value = text
	}
	return l
}
