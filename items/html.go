package items

import (
	"html"
	"strings"

	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// HTML renders the text for a page, safely whatever its source: item files come
// from anywhere.
func (t Text) HTML() string {
	switch t.Format {
	case Markdown:
		document, _ := markdownx.Render([]byte(t.Source), markdownx.Options{Citations: true, Image: pictureAddress}) // safe even with faults
		return document.HTML
	case HTML, Moodle:
		source := pictureRef.ReplaceAllStringFunc(t.Source, func(ref string) string {
			m := pictureRef.FindStringSubmatch(ref)
			at, _ := pictureAddress(m[2])
			return m[1] + at
		})
		return markdownx.Sanitise(strings.ReplaceAll(source, "\n", "<br>"))
	}
	return "<p>" + strings.ReplaceAll(html.EscapeString(t.Source), "\n", "<br>") + "</p>"
}

// pictureAddress is where a picture of an item is served; what is not bound to one
// is not shown.
func pictureAddress(name string) (at string, ok bool) {
	if sha, bound := BoundPicture(name); bound {
		return PictureAt(sha), true
	}
	return "", false
}

// InlineHTML is HTML without the paragraph around a text of one paragraph, for
// options and feedback.
func (t Text) InlineHTML() string {
	if t.Empty() {
		return ""
	}
	whole := strings.TrimSpace(t.HTML())
	inner, opened := strings.CutPrefix(whole, "<p>")
	inner, closed := strings.CutSuffix(inner, "</p>")
	if opened && closed && !strings.Contains(inner, "<p>") {
		return inner
	}
	return whole
}

// FeedbackHTML joins what the author wrote for the options that were chosen and
// for the item as a whole. It shows parts of the key: only after submission.
func (it Item) FeedbackHTML(r Response, want i18n.Locale) string {
	var parts []string
	chosen, err := it.FeedbackFor(r)
	if err != nil {
		chosen = nil // the response was accepted once; an item cannot have changed
	}
	for _, texts := range append(chosen, it.Feedback) {
		if text, _ := texts.Pick(want); !text.Empty() {
			parts = append(parts, text.InlineHTML())
		}
	}
	return strings.Join(parts, "<br>")
}
