package search

import (
	"regexp"
	"strings"
)

var signs = regexp.MustCompile(`(?s)<!--.*?-->|\*\*|__|(?m:^#{1,6}[ \t]+)|(?m:^[ \t]*[-*>][ \t]+)|\]\([^)]*\)|!?\[|` + "`")

// readable leaves Markdown's signs out of a text that is shown as a snippet.
func readable(markdown string) string {
	return strings.TrimSpace(signs.ReplaceAllString(markdown, ""))
}
