package courses

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/frontmatter"
	"anwen/internal/i18n"
	"anwen/policies"
)

// Folder is a course folder that was read and has no fault, not yet published.
type Folder struct {
	Slug        string
	Category    string
	Tags        []string
	Requires    []string // slugs of courses to complete before
	Equivalents []string // slugs of courses whose completion counts for this one
	Minutes     int
	Titles      i18n.Texts
	Summaries   i18n.Texts
	ValidMonths *int // nil: the certificate does not expire
	Lessons     []Lesson
	Images      []Image
	Files       archive.Files // as they were handed in
	Quiz        *QuizFiles    // nil: the course has no quiz
	// Languages are those that every lesson has.
	Languages []i18n.Locale
	Citations []policies.Citation // of lessons and items
	SHA256    [32]byte
	Warnings  []errs.Fault

	checks map[checkKey][]byte // questions inside the lessons, once they are read
}

const (
	courseFile      = "course.md"
	defaultPassMark = 80
)

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ReadFolder checks a course folder in every detail. Invalid with a fault per place.
func ReadFolder(files archive.Files) (Folder, error) {
	r := &reading{files: files, folder: Folder{SHA256: files.SHA256(), Files: files}}
	r.readHeader()
	r.sortFiles()
	r.readImages()
	r.readLessons()
	r.readQuiz()
	r.folder.Warnings = r.warnings.List()
	return r.folder, r.faults.Err("courses.folder_refused")
}

type reading struct {
	files    archive.Files
	folder   Folder
	faults   errs.Faults
	warnings errs.Faults
	lessons  []lessonFile
	images   []string
	quiz     quizHeader
	gift     i18n.Texts // name of the file
	imagesAt string     // where pictures are served; empty: with the course
}

// quizHeader is what course.md says of the quiz.
type quizHeader struct {
	line              int // 0: not there
	passMark          int
	attempts, minutes *int
	plan              QuizPlan
}

func (r *reading) readHeader() {
	text, ok := r.text(courseFile)
	if !ok {
		return
	}
	h := header{frontmatter.Header{File: courseFile, Faults: &r.faults}}
	front, body, bodyLine, ok := h.Split(text)
	if !ok {
		return
	}
	if rest := bytes.TrimSpace(body); len(rest) > 0 {
		h.Fault(bodyLine+bytes.Count(body[:bytes.Index(body, rest)], []byte{'\n'}), "courses.body_refused", nil)
	}
	f, ok := h.Fields(front, "slug", "category", "tags", "requires", "equivalents", "minutes", "titles", "summaries", "quiz", "certificate")
	if !ok {
		return
	}
	r.folder.Slug = h.Text(f["slug"], "slug", 80)
	if r.folder.Slug != "" && !slugPattern.MatchString(r.folder.Slug) {
		h.Fault(f["slug"].Line+1, "courses.slug_refused", errs.Args{"slug": errs.Clip(r.folder.Slug)})
	}
	r.folder.Category = h.Text(f["category"], "category", 80)
	r.folder.Tags = h.List(f["tags"], "tags", 40)
	r.folder.Requires = h.slugs(f["requires"], "requires", r.folder.Slug)
	r.folder.Equivalents = h.slugs(f["equivalents"], "equivalents", r.folder.Slug)
	r.folder.Minutes = h.Number(f["minutes"], "minutes", 1, 6000)
	r.folder.Titles = h.Texts(f["titles"], "titles", 200)
	r.folder.Summaries = h.Texts(f["summaries"], "summaries", 1000)
	r.quiz = quizHeader{passMark: defaultPassMark, plan: QuizPlan{Keep: keeps[0], Review: reviews[0]}}
	if n := f["quiz"]; n != nil {
		r.quiz.line = n.Line + 1
		if q, ok := h.Mapping(n, quizKeys...); ok {
			r.quiz.plan = h.quizPlan(q)
			if q["pass_mark"] != nil {
				r.quiz.passMark = h.Number(q["pass_mark"], "quiz.pass_mark", 1, 100)
			}
			r.quiz.attempts = h.Optional(q["attempts"], "quiz.attempts", 1, 100)
			r.quiz.minutes = h.Optional(q["minutes"], "quiz.minutes", 1, 600)
		}
	}
	if n := f["certificate"]; n != nil {
		if c, ok := h.Mapping(n, "valid_months"); ok {
			r.folder.ValidMonths = h.Optional(c["valid_months"], "certificate.valid_months", 1, 120)
		}
	}
}

var (
	lessonName = regexp.MustCompile(`^lessons/([0-9]{2})-([\p{L}\p{N}][\p{L}\p{N}_-]{0,80})\.(zh-Hans|zh-Hant|en)\.md$`)
	fileName   = regexp.MustCompile(`^files/[\p{L}\p{N}][\p{L}\p{N}._-]{0,100}\.(pdf|docx|xlsx|pptx|txt|csv|zip)$`)
	videoName  = regexp.MustCompile(`^media/[\p{L}\p{N}][\p{L}\p{N}_-]{0,100}\.(mp4|webm)$`)
	captions   = regexp.MustCompile(`^(media/[\p{L}\p{N}][\p{L}\p{N}_-]{0,100})\.(zh-Hans|zh-Hant|en)\.vtt$`)
	imageName  = regexp.MustCompile(`^images/[\p{L}\p{N}][\p{L}\p{N}._-]{0,100}\.(png|jpe?g|gif|webp)$`)
	quizName   = regexp.MustCompile(`^quiz\.(zh-Hans|zh-Hant|en)\.gift$`)
)

// allNames are the patterns of the names that files of a course may have, beside
// course.md.
var allNames = []*regexp.Regexp{lessonName, imageName, quizName, fileName, videoName, captions}

// sortFiles tells by its name what each file is for, and refuses other names.
func (r *reading) sortFiles() {
	r.gift = i18n.Texts{}
	for _, name := range r.files.Names() {
		if m := lessonName.FindStringSubmatch(name); m != nil {
			r.lessons = append(r.lessons, lessonFile{path: name, n: int(m[1][0]-'0')*10 + int(m[1][1]-'0'), name: m[2], locale: i18n.Locale(m[3])})
		} else if m := quizName.FindStringSubmatch(name); m != nil {
			r.gift[i18n.Locale(m[1])] = name
		} else if imageName.MatchString(name) {
			r.images = append(r.images, name)
		} else if fileName.MatchString(name) || videoName.MatchString(name) || captions.MatchString(name) {
			r.checkAttachment(name)
		} else if name != courseFile {
			r.faults.Add(errs.Place{File: name}, refusalOf(name), nil)
		}
	}
}

func refusalOf(name string) string {
	switch {
	case strings.HasPrefix(name, "lessons/"):
		return "courses.lesson_name_refused"
	case strings.HasPrefix(name, "images/"):
		return "courses.image_name_refused"
	case strings.HasPrefix(name, "files/"):
		return "courses.file_name_refused"
	case strings.HasPrefix(name, "media/"):
		return "courses.media_name_refused"
	}
	return "courses.unknown_file"
}

func (r *reading) readQuiz() {
	if len(r.gift) == 0 {
		if r.quiz.line > 0 {
			r.faults.Add(errs.Place{File: courseFile, Line: r.quiz.line}, "courses.quiz_file_missing", nil)
		}
		return
	}
	quiz := &QuizFiles{Slug: r.folder.Slug, Titles: r.folder.Titles, PassMark: r.quiz.passMark, Attempts: r.quiz.attempts,
		Minutes: r.quiz.minutes, Plan: r.quiz.plan, GIFT: map[i18n.Locale][]byte{}, Images: r.folder.Images}
	for locale, name := range r.gift {
		if text, ok := r.text(name); ok {
			quiz.GIFT[locale] = text
		}
	}
	if r.gift[i18n.Hans] == "" && r.gift[i18n.English] == "" {
		r.faults.Add(errs.Place{File: r.gift[i18n.Hant]}, "courses.quiz_language_missing", nil)
	}
	r.folder.Quiz = quiz
}

// text is the content of a text file in UTF-8, whatever its encoding was.
func (r *reading) text(name string) ([]byte, bool) {
	raw, there := r.files[name]
	if !there {
		r.faults.Add(errs.Place{File: name}, "courses.file_missing", nil)
		return nil, false
	}
	text, encoding, ok := archive.Text(raw)
	if !ok {
		r.faults.Add(errs.Place{File: name}, "courses.not_text", nil)
		return nil, false
	}
	if encoding != "UTF-8" {
		r.warnings.Add(errs.Place{File: name}, "courses.other_encoding", errs.Args{"encoding": encoding})
	}
	return text, true
}

// languages lists the locales that every lesson has, in the order of i18n.Locales.
func languages(lessons []Lesson) []i18n.Locale {
	var common []i18n.Locale
	for _, l := range i18n.Locales {
		if !slices.ContainsFunc(lessons, func(d Lesson) bool { _, has := d.Texts[l]; return !has }) {
			common = append(common, l)
		}
	}
	return common
}

func lessonNumber(n int) string { return fmt.Sprintf("%02d", n) }

// NotFound says that there is no course of the slug.
func NotFound(slug string) error {
	return errs.New(errs.NotFound, "courses.course_not_found", errs.Args{"course": errs.Clip(slug)})
}
