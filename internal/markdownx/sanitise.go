package markdownx

// Sanitise makes HTML from outside safe to show: it keeps what Markdown itself
// could have made and drops the rest.
func Sanitise(html string) string { return sanitiser.Sanitize(html) }
