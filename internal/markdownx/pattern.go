package markdownx

import (
	"regexp"
	"strings"
)

var (
	idPattern    = regexp.MustCompile(`^[\p{L}\p{N}:_-]{1,200}$`)
	callout      = oneOf("callout callout-note", "callout callout-tip", "callout callout-important", "callout callout-warning", "callout callout-caution")
	checkID      = regexp.MustCompile(`^check-[0-9]{1,3}$`)
	codeLanguage = regexp.MustCompile(`^language-[A-Za-z0-9+#._-]{1,40}$`)
)

func oneOf(words ...string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + strings.Join(words, "|") + `)$`)
}
