package server

import (
	"reflect"
	"testing"

	"anwen/internal/i18n"
)

func TestALessonTellsInItsFirstAnswerWhichPoliciesChangedSince(t *testing.T) {
	stale := func(part, locale, clause string) staleCitation {
		return staleCitation{Part: part, Locale: locale, Policy: "POL-1", PolicyTitle: "Rules", Changed: 3, Clause: clause}
	}
	course := coursePage{Lessons: []lessonLine{{N: 1, Name: "first"}, {N: 2, Name: "limits"}}, Stale: []staleCitation{
		stale("lesson/limits", "zh-Hans", "第七条"), stale("lesson/limits", "en", "7"), stale("lesson/limits", "en", "8"), stale("item/limits", "en", "9")}}
	link := firstLink{"/policies/POL-1/versions/3/changes", "Rules"}
	for name, c := range map[string]struct {
		n    int
		l    i18n.Locale
		want []firstCited
	}{
		"a lesson that cites nothing of it":           {1, i18n.English, nil},
		"the clauses as the text of the reader names": {2, i18n.English, []firstCited{{link, "7、8"}}},
		"another language has its own":                {2, i18n.Hans, []firstCited{{link, "第七条"}}},
		"a language without a text reads another's":   {2, i18n.Hant, []firstCited{{link, "第七条、7、8"}}},
	} {
		var got []firstCited
		for _, note := range staleNotes(course, c.n, c.l) {
			got = append(got, note.Cited...)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
