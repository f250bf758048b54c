package database

import "strings"

// LikeLiteral makes a user's text match itself in a LIKE pattern.
func LikeLiteral(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.TrimSpace(s))
}
