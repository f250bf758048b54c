package formats

import (
	"regexp"
	"strings"
)

// pastedHints are what speaks for a line being, or belonging to, a question.
type pastedHints uint8

// The hints.
const (
	hintTruth   pastedHints = 1 << iota // （√） at its end
	hintKey                             // （B）, ____B____ or 。B
	hintGap                             // （　） or ____
	hintAsks                            // it ends, or begins, as a question does
	hintOptions                         // A. and B. follow
	hintAnswer                          // 答案： follows
	hintKind                            // 【单选题】
)

// strong are the hints that no list inside an explanation gives.
const strongHints = hintTruth | hintOptions | hintAnswer | hintKind

var (
	endsAsking   = regexp.MustCompile(`(?:[？?]|(?:的是|的有|包括|属于|屬於|哪些|哪项|哪項|什么|什麼|正确|正確|错误|錯誤)\s*[:：]?)[。.]?$`)
	startsAsking = regexp.MustCompile(`^(?:简述|簡述|试述|試述|论述|論述|什么是|什麼是|何谓|何謂|如何|怎样|怎樣|为什么|為什麼|谈谈|談談|列举|列舉|请|請)`)
	optionsAhead = regexp.MustCompile(`(?:[AＡ]\s*[.．、:：)）]|^[AＡ](?:[ \t　]|\p{Han}))[^\n]*[BＢ]\s*[.．、:：)）]`)
)

// longestTail is how many bytes at the end of a line its key, or the reason of one,
// is looked for in.
const longestTail = 400

func hintsOf(text string) pastedHints {
	var h pastedHints
	tail := text[max(0, len(text)-longestTail):]
	if endsAsking.MatchString(tail) || startsAsking.MatchString(text) {
		h |= hintAsks
	}
	if truthAtEnd.MatchString(tail) || truthAtStart.MatchString(text) {
		h |= hintTruth
	}
	if strings.ContainsAny(text, "（([【_＿-—－") && (keyInBrackets.MatchString(text) || keyOnLine.MatchString(text)) || keyAtEnd.MatchString(tail) {
		h |= hintKey
	}
	if strings.ContainsAny(text, "（([【_＿") && blankMark.MatchString(text) {
		h |= hintGap
	}
	if optionsAhead.MatchString(text) {
		h |= hintOptions
	}
	return h
}
