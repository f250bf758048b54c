package courses

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

const goodHeader = `---
slug: complaint-handling
category: complaints
minutes: 45
titles:
  zh-Hans: 投诉处理基础
  en: Handling complaints
summaries:
  zh-Hans: 四十八小时内首次回复
  en: First reply within 48 hours
quiz: {pass_mark: 70, attempts: 3}
certificate:
  valid_months: 12
---
`

// folder is a right course folder; changes replace its files, "" removes one.
func folder(changes map[string]string) archive.Files {
	files := archive.Files{
		"course.md":                     []byte(goodHeader),
		"lessons/01-receive.zh-Hans.md": []byte("# 受理\n\n**注意：**先登记。\n\n![流程](../images/flow.png)\n"),
		"lessons/01-receive.en.md":      []byte("# Receive\n\nRegister first.\n"),
		"lessons/02-reply.zh-Hans.md":   []byte("# 回复\n\n四十八小时内。\n"),
		"lessons/02-reply.en.md":        []byte("# Reply\n\nWithin 48 hours.\n"),
		"images/flow.png":               drawn(4, 3),
		"quiz.zh-Hans.gift":             []byte("::一:: 首次回复的时限？ {=48小时 ~72小时}\n"),
		"quiz.en.gift":                  []byte("::one:: First reply within? {=48 hours ~72 hours}\n"),
	}
	for name, text := range changes {
		if text == "" {
			delete(files, name)
			continue
		}
		files[name] = []byte(text)
	}
	return files
}

func drawn(w, h int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func places(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	list := []string{}
	for _, f := range e.Faults {
		list = append(list, strings.TrimSpace(f.Place.String()+" "+f.Code))
	}
	return list
}

func TestACourseFolderIsRead(t *testing.T) {
	d, err := ReadFolder(folder(nil))
	if err != nil {
		t.Fatal(err)
	}
	if d.Slug != "complaint-handling" || d.Minutes != 45 || *d.ValidMonths != 12 || d.Titles[i18n.Hans] != "投诉处理基础" {
		t.Errorf("%+v", d)
	}
	if d.Quiz == nil || d.Quiz.PassMark != 70 || *d.Quiz.Attempts != 3 || d.Quiz.Minutes != nil || len(d.Quiz.GIFT) != 2 {
		t.Errorf("quiz %+v", d.Quiz)
	}
	if len(d.Lessons) != 2 || d.Lessons[1].Name != "reply" || d.Lessons[1].Texts[i18n.English].Title != "Reply" {
		t.Errorf("lessons %+v", d.Lessons)
	}
	html := d.Lessons[0].Texts[i18n.Hans].HTML
	if !strings.Contains(html, "<strong>注意：</strong>先登记") || !strings.Contains(html, `src="/api/v1/courses/complaint-handling/images/`) || strings.Contains(html, "<h1") {
		t.Error(html)
	}
	if want := []i18n.Locale{i18n.Hans, i18n.English}; !slices.Equal(d.Languages, want) {
		t.Errorf("languages %v", d.Languages)
	}
}

func TestTextsInOtherEncodingsAreReadWithAWarning(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("# 受理\n\n先登记。\n")
	if err != nil {
		t.Fatal(err)
	}
	d, err := ReadFolder(folder(map[string]string{"lessons/01-receive.zh-Hans.md": gb, "course.md": "\ufeff" + strings.ReplaceAll(goodHeader, "\n", "\r\n")}))
	if err != nil || d.Lessons[0].Texts[i18n.Hans].Title != "受理" || len(d.Warnings) != 1 || d.Warnings[0].Code != "courses.other_encoding" {
		t.Errorf("%+v %v", d.Warnings, err)
	}
}

func TestWhatIsWrongInAFolderIsRefusedWithFileAndLine(t *testing.T) {
	header := func(old, new string) map[string]string {
		return map[string]string{"course.md": strings.Replace(goodHeader, old, new, 1)}
	}
	for name, c := range map[string]struct {
		changes map[string]string
		want    []string
	}{
		"no course.md":            {map[string]string{"course.md": ""}, []string{"course.md courses.file_missing"}},
		"no front matter":         {map[string]string{"course.md": "hello"}, []string{"course.md:1 frontmatter.missing"}},
		"front matter not closed": {map[string]string{"course.md": "---\nslug: a\n"}, []string{"course.md:1 frontmatter.missing"}},
		"a body":                  {map[string]string{"course.md": goodHeader + "\n\nText\n"}, []string{"course.md:17 courses.body_refused"}},
		"bad YAML":                {header("minutes: 45", "minutes: 45: 46"), []string{"course.md:4 frontmatter.yaml_unreadable"}},
		"unknown key":             {header("minutes: 45", "minutes: 45\npassmark: 3"), []string{"course.md:5 frontmatter.unknown_key"}},
		"unknown inner key":       {header("  valid_months: 12", "  valid_month: 12"), []string{"course.md:13 frontmatter.unknown_key"}},
		"key twice":               {header("minutes: 45", "minutes: 45\nminutes: 46"), []string{"course.md:5 frontmatter.key_twice"}},
		"alias":                   {header("  en: Handling complaints\nsummaries:\n  zh-Hans: 四十八小时内首次回复", "  en: &a Handling\nsummaries:\n  zh-Hans: *a"), []string{"course.md:9 frontmatter.yaml_alias"}},
		"slug with spaces":        {header("complaint-handling", "Complaint Handling"), []string{"course.md:2 courses.slug_refused"}},
		"slug that leaves":        {header("complaint-handling", "../x"), []string{"course.md:2 courses.slug_refused"}},
		"minutes as a word":       {header("45", "forty"), []string{"course.md:4 frontmatter.number_expected"}},
		"minutes out of range":    {header("45", "0"), []string{"course.md:4 frontmatter.number_expected"}},
		"no minutes":              {header("minutes: 45\n", ""), []string{"course.md:1 frontmatter.key_missing"}},
		"pass mark over 100":      {header("pass_mark: 70", "pass_mark: 101"), []string{"course.md:11 frontmatter.number_expected"}},
		"unknown locale":          {header("  en: Handling", "  fr: Handling"), []string{"course.md:7 frontmatter.unknown_key"}},
		"titles in Traditional only": {header("  zh-Hans: 投诉处理基础\n  en: Handling complaints", "  zh-Hant: 投訴處理"),
			[]string{"course.md:6 frontmatter.language_missing"}},
		"titles not a mapping":  {header("titles:\n  zh-Hans: 投诉处理基础\n  en: Handling complaints", "titles: a"), []string{"course.md:5 frontmatter.mapping_expected"}},
		"title over two lines":  {header("  en: Handling complaints", "  en: |\n    a\n    b"), []string{"course.md:7 frontmatter.text_too_long"}},
		"unknown file":          {map[string]string{"notes.txt": "x"}, []string{"notes.txt courses.unknown_file"}},
		"svg":                   {map[string]string{"images/a.svg": "<svg/>"}, []string{"images/a.svg courses.image_name_refused"}},
		"picture that is none":  {map[string]string{"images/a.png": "<svg onload=alert(1)>"}, []string{"images/a.png courses.image_unreadable"}},
		"picture of other kind": {map[string]string{"images/a.gif": string(drawn(1, 1))}, []string{"images/a.gif courses.image_other_format"}},
		"picture too large":     {map[string]string{"images/a.png": string(drawn(9000, 1))}, []string{"images/a.png courses.image_too_large"}},
		"lesson without number": {map[string]string{"lessons/intro.en.md": "# A\n\nb"}, []string{"lessons/intro.en.md courses.lesson_name_refused"}},
		"lesson in a folder":    {map[string]string{"lessons/a/03-b.en.md": "# A\n\nb"}, []string{"lessons/a/03-b.en.md courses.lesson_name_refused"}},
		"gap in the numbers": {map[string]string{"lessons/04-d.zh-Hans.md": "# 四\n\n四", "lessons/04-d.en.md": "# D\n\nd"},
			[]string{"lessons/04-d.en.md courses.lesson_number_gap"}},
		"number twice": {map[string]string{"lessons/02-close.en.md": "# C\n\nc"}, []string{
			"lessons/02-reply.en.md courses.lesson_number_twice", "lessons/02-reply.zh-Hans.md courses.lesson_number_twice", "lessons courses.lesson_language_missing"}[:2]},
		"name twice":    {map[string]string{"lessons/03-reply.en.md": "# C\n\nc"}, []string{"lessons/03-reply.en.md courses.lesson_name_twice"}},
		"no title":      {map[string]string{"lessons/02-reply.en.md": "Reply\n"}, []string{"lessons/02-reply.en.md:1 courses.lesson_title_missing"}},
		"only a title":  {map[string]string{"lessons/02-reply.en.md": "# Reply\n"}, []string{"lessons/02-reply.en.md courses.lesson_empty"}},
		"binary lesson": {map[string]string{"lessons/02-reply.en.md": "# A\x00"}, []string{"lessons/02-reply.en.md courses.not_text"}},
		"no common language": {map[string]string{"lessons/01-receive.en.md": "", "lessons/02-reply.zh-Hans.md": ""},
			[]string{"lessons courses.lesson_language_missing"}},
		"no lessons": {map[string]string{"lessons/01-receive.en.md": "", "lessons/02-reply.zh-Hans.md": "", "lessons/01-receive.zh-Hans.md": "", "lessons/02-reply.en.md": ""},
			[]string{"lessons courses.lessons_missing"}},
		"unknown picture":            {map[string]string{"images/flow.png": ""}, []string{"lessons/01-receive.zh-Hans.md:5 markdown.image_unknown"}},
		"script link":                {map[string]string{"lessons/02-reply.en.md": "# A\n\n[x](javascript:alert(1))\n"}, []string{"lessons/02-reply.en.md:3 markdown.link_refused"}},
		"quiz announced, none there": {map[string]string{"quiz.en.gift": "", "quiz.zh-Hans.gift": ""}, []string{"course.md:11 courses.quiz_file_missing"}},
		"quiz in Traditional only":   {map[string]string{"quiz.en.gift": "", "quiz.zh-Hans.gift": "", "quiz.zh-Hant.gift": "x"}, []string{"quiz.zh-Hant.gift courses.quiz_language_missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadFolder(folder(c.changes))
			if errs.KindOf(err) != errs.Invalid {
				t.Fatalf("%v", err)
			}
			got := places(err)
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestAYAMLBombIsRefused(t *testing.T) {
	bomb := "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n---\n"
	if _, err := ReadFolder(folder(map[string]string{"course.md": bomb})); errs.KindOf(err) != errs.Invalid {
		t.Error(err)
	}
}

func TestEveryFaultHasItsWordsInThreeLanguages(t *testing.T) {
	for _, l := range i18n.Locales {
		if text := i18n.Text(l, "frontmatter.unknown_key", errs.Args{"key": "passmark", "keys": "slug"}); !strings.Contains(text, "passmark") || strings.Contains(text, "{") {
			t.Error(text)
		}
	}
}

func FuzzReadFolderNeverPanics(f *testing.F) {
	f.Add(goodHeader, "# A\n\nb")
	f.Fuzz(func(t *testing.T, header, lesson string) {
		d, err := ReadFolder(folder(map[string]string{"course.md": header, "lessons/01-receive.en.md": lesson}))
		if err == nil && (d.Slug == "" || d.Minutes == 0 || len(d.Titles) == 0 || len(d.Lessons) == 0) {
			t.Errorf("let in %+v", d)
		}
	})
}
