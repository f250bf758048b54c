package courses

import (
	"bytes"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/policies"
)

// Lesson is a lesson in every language that it has.
type Lesson struct {
	N     int
	Name  string // of the file without number and language: progress is kept under it
	Texts map[i18n.Locale]LessonText
}

// LessonText is a lesson in one language, rendered.
type LessonText struct {
	Title    string
	Markdown string
	HTML     string
	Plain    string
	Checks   []markdownx.Check
}

// lessonFile is a file of the lessons folder by the parts of its name.
type lessonFile struct {
	path   string
	n      int
	name   string
	locale i18n.Locale
}

// readLessons renders the files, which come in the order of their numbers.
func (r *reading) readLessons() {
	if len(r.lessons) == 0 {
		r.faults.Add(errs.Place{File: "lessons"}, "courses.lessons_missing", nil)
		return
	}
	byName := map[string]int{}
	for _, f := range r.lessons {
		if n, known := byName[f.name]; known && n != f.n {
			r.faults.Add(errs.Place{File: f.path}, "courses.lesson_name_twice", errs.Args{"name": f.name, "other": lessonNumber(n)})
			continue
		}
		last := len(r.folder.Lessons)
		switch {
		case last > 0 && r.folder.Lessons[last-1].N == f.n && r.folder.Lessons[last-1].Name != f.name:
			r.faults.Add(errs.Place{File: f.path}, "courses.lesson_number_twice", errs.Args{"number": lessonNumber(f.n), "other": r.folder.Lessons[last-1].Name})
			continue
		case last == 0 || r.folder.Lessons[last-1].N != f.n:
			if want := r.nextNumber(); f.n != want {
				r.faults.Add(errs.Place{File: f.path}, "courses.lesson_number_gap", errs.Args{"want": lessonNumber(want)})
			}
			r.folder.Lessons = append(r.folder.Lessons, Lesson{N: f.n, Name: f.name, Texts: map[i18n.Locale]LessonText{}})
			byName[f.name] = f.n
		}
		r.folder.Lessons[len(r.folder.Lessons)-1].Texts[f.locale] = r.readLesson(f)
	}
	r.checkLanguages()
}

func (r *reading) nextNumber() int {
	if n := len(r.folder.Lessons); n > 0 {
		return r.folder.Lessons[n-1].N + 1
	}
	return 1
}

func (r *reading) readLesson(f lessonFile) LessonText {
	source, ok := r.text(f.path)
	if !ok {
		return LessonText{}
	}
	first, _, _ := bytes.Cut(source, []byte{'\n'})
	if !bytes.HasPrefix(first, []byte("# ")) {
		r.faults.Add(errs.Place{File: f.path, Line: 1}, "courses.lesson_title_missing", nil)
	}
	doc, faults := markdownx.Render(source, markdownx.Options{File: f.path, TakeTitle: true, Citations: true, Checks: true,
		Image: r.imageURL, Attachment: r.attachmentURL, Video: r.video})
	for _, fault := range faults {
		r.faults.Add(fault.Place, fault.Code, fault.Args)
	}
	for _, c := range doc.Citations {
		r.folder.Citations = append(r.folder.Citations, policies.Citation{Part: "lesson/" + f.name, Locale: f.locale, Code: c.Policy, Clause: c.Clause,
			Place: errs.Place{File: f.path, Line: c.Line}})
	}
	for _, w := range doc.Warnings {
		r.warnings.Add(w.Place, w.Code, w.Args)
	}
	switch {
	case len(faults) > 0:
	case doc.Title == "" && bytes.HasPrefix(first, []byte("# ")):
		r.faults.Add(errs.Place{File: f.path, Line: 1}, "courses.lesson_title_missing", nil)
	case len([]rune(doc.Title)) > 200:
		r.faults.Add(errs.Place{File: f.path, Line: 1}, "frontmatter.text_too_long", errs.Args{"key": "#", "limit": 200})
	case doc.Plain == "":
		r.faults.Add(errs.Place{File: f.path}, "courses.lesson_empty", nil)
	}
	return LessonText{Title: doc.Title, Markdown: string(source), HTML: doc.HTML, Plain: doc.Plain, Checks: doc.Checks}
}

// checkLanguages requires that all lessons have Simplified Chinese or English, and
// warns of each lesson that lacks a language which others have.
func (r *reading) checkLanguages() {
	r.folder.Languages = languages(r.folder.Lessons)
	has := map[i18n.Locale]bool{}
	for _, l := range r.folder.Languages {
		has[l] = true
	}
	if !has[i18n.Hans] && !has[i18n.English] {
		r.faults.Add(errs.Place{File: "lessons"}, "courses.lesson_language_missing", nil)
		return
	}
	for _, lesson := range r.folder.Lessons {
		for _, l := range i18n.Locales {
			if _, there := lesson.Texts[l]; !there && r.anyLesson(l) {
				r.warnings.Add(errs.Place{File: "lessons/" + lessonNumber(lesson.N) + "-" + lesson.Name},
					"courses.language_incomplete", errs.Args{"language": l})
			}
		}
	}
}

func (r *reading) anyLesson(l i18n.Locale) bool {
	for _, lesson := range r.folder.Lessons {
		if _, there := lesson.Texts[l]; there {
			return true
		}
	}
	return false
}
