package server

import (
	"strings"

	"anwen/internal/i18n"
)

// The first answer of a learner's address brings what its page would ask for next: who
// is signed in, the text to read, and the names of the scripts, so that nothing waits for
// a second round trip. The answers are those of the API itself, asked within the program.

// firstPage is an address of the client whose first answer brings what its page asks for.
type firstPage struct {
	path   string                                             // with :names, as the client writes it
	module string                                             // of the page among the client's sources
	asks   []string                                           // of the API, with the same :names; the first is of what is read
	read   func([]firstAnswer, i18n.Locale) (firstText, bool) // the answers to asks
}

// firstPages are the addresses of learners, and the door.
var firstPages = []firstPage{
	{"/", "src/training/TrainingPage.tsx", []string{"/me/assignments", "/briefings", "/policies?limit=200"}, nil},
	{"/courses", "src/courses/CataloguePage.tsx", []string{"/courses"}, nil},
	{"/courses/:slug", "src/courses/CoursePage.tsx", []string{"/courses/:slug"}, nil},
	{"/courses/:slug/lessons/:n", "src/courses/LessonPage.tsx", []string{"/courses/:slug/lessons/:n", "/courses/:slug"}, lessonText},
	{"/briefings", "src/briefings/BriefingsPage.tsx", []string{"/briefings"}, nil},
	{"/briefings/:month", "src/briefings/BriefingPage.tsx", []string{"/briefings/:month", "/briefings/:month/actions", "/briefings/:month/meeting"}, briefingPageText},
	{"/policies", "src/policies/PoliciesPage.tsx", []string{"/policies?limit=200"}, nil},
	{"/policies/:code", "src/policies/PolicyPage.tsx", []string{"/policies/:code"}, nil},
	{"/policies/:code/versions/:n", "src/policies/PolicyVersionPage.tsx", []string{"/policies/:code/versions/:n"}, policyVersionText},
	{"/policies/:code/versions/:n/changes", "src/policies/VersionChangesPage.tsx", []string{"/policies/:code/versions/:n/difference", "/policies/:code/versions/:n"}, nil},
	{"/certificates", "src/certificates/CertificatesPage.tsx", []string{"/me/certificates"}, nil},
	{"/sign-in", "src/people/SignInPage.tsx", nil, nil},
}

// ofEveryPage is how many answers the frame of every page has: who is signed in, and
// what the institution is called.
const ofEveryPage = 2

// match returns the parts of the path that stand for the names, as they are written
// there; not ok when the path is another's.
func (p firstPage) match(escaped string) (parts map[string]string, ok bool) {
	want, have := strings.Split(p.path, "/"), strings.Split(escaped, "/")
	if len(want) != len(have) {
		return nil, false
	}
	parts = map[string]string{}
	for i, w := range want {
		switch {
		case strings.HasPrefix(w, ":") && have[i] != "":
			parts[w] = have[i]
		case w != have[i]:
			return nil, false
		}
	}
	return parts, true
}

// fill puts the parts in the place of the names.
func fill(ask string, parts map[string]string) string {
	segments := strings.Split(ask, "/")
	for i, s := range segments {
		if part, named := parts[s]; named {
			segments[i] = part
		}
	}
	return strings.Join(segments, "/")
}
