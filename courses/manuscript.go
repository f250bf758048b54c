package courses

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"time"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Manuscript is a course folder that is being written, by several people
// perhaps. A course has one that is open; every save of a file stays on record.
type Manuscript struct {
	ID       int64
	Slug     string
	Base     int // revision that it began from; 0: a new course
	OpenedBy string
	OpenedAt time.Time
	Files    []ManuscriptFile `gorm:"-"`
}

// ManuscriptFile is the newest edition of a file.
type ManuscriptFile struct {
	Name    string
	Edition int // rises with every save
	Size    int64
	Text    bool
	Editor  string
	SavedAt time.Time
}

// SavedFile is what saving a file did.
type SavedFile struct {
	Edition int
	SavedAt time.Time
}

// authorOnly is Forbidden without the role Author or Compliance.
func authorOnly(actor people.Actor) error {
	return actor.Over(people.Author, people.Compliance).Require()
}

// OpenManuscript begins to write the next revision of a course from the files of
// its newest one, or a new course from files. A manuscript that is open already is
// returned as it is. Forbidden without the role Author or Compliance; Invalid for a
// malformed slug; Conflict when the files of the newest revision were not kept.
func (s *Service) OpenManuscript(ctx context.Context, actor people.Actor, slug string, files archive.Files) (Manuscript, error) {
	if err := authorOnly(actor); err != nil {
		return Manuscript{}, err
	}
	if !slugPattern.MatchString(slug) || len(slug) > 80 {
		return Manuscript{}, errs.New(errs.Invalid, "courses.slug_refused", errs.Args{"slug": errs.Clip(slug)})
	}
	current, err := currentRevision(ctx, s.db, slug)
	if err != nil {
		return Manuscript{}, err
	}
	if current.Number > 0 {
		if files, err = s.Export(ctx, actor, slug, 0); err != nil {
			return Manuscript{}, err
		}
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		id, made, err := insertManuscriptTx(ctx, tx, slug, current.Number, actor, s.now())
		if err != nil || !made {
			return err
		}
		for _, name := range files.Names() {
			if err := insertEditionTx(ctx, tx, id, name, 1, files[name], actor, s.now()); err != nil {
				return err
			}
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "courses.open_manuscript",
			Subject: "course:" + slug, Data: map[string]any{"base": current.Number}})
	})
	if err != nil {
		return Manuscript{}, err
	}
	return s.Manuscript(ctx, actor, slug)
}

// SaveFile stores the next edition of a file; edition is the one that the writer
// began from, 0 for a new file. nil bytes remove the file. Forbidden without the role
// Author or Compliance; NotFound without an open manuscript; Invalid for a name that
// no file of a course may have or a file that is too large; Conflict when somebody
// saved in the meantime: nothing is overwritten.
func (s *Service) SaveFile(ctx context.Context, actor people.Actor, slug, name string, edition int, data []byte) (SavedFile, error) {
	if err := authorOnly(actor); err != nil {
		return SavedFile{}, err
	}
	if code := nameRefused(name); code != "" {
		return SavedFile{}, errs.New(errs.Invalid, code, nil)
	}
	if len(data) > archive.MaxFile || isText(name) && len(data) > maxManuscriptText {
		return SavedFile{}, errs.New(errs.Invalid, "courses.file_too_large", nil)
	}
	saved := SavedFile{Edition: edition + 1, SavedAt: s.now()}
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := lockManuscriptTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		newest, err := newestEditionTx(ctx, tx, id, name)
		if err != nil {
			return err
		}
		if newest.Edition != edition {
			return errs.New(errs.Conflict, "courses.file_changed", errs.Args{"name": newest.Editor, "edition": newest.Edition})
		}
		err = insertEditionTx(ctx, tx, id, name, edition+1, data, actor, s.now())
		if database.Violated(err, "manuscript_files_key") {
			return errs.New(errs.Conflict, "courses.file_changed", errs.Args{"name": "", "edition": edition + 1}).Because(err)
		}
		return err
	})
	return saved, err
}

// maxManuscriptText bounds a text that is edited in a browser.
const maxManuscriptText = 2 << 20

// nameRefused is the code of what is wrong with a file's name, or "".
func nameRefused(name string) string {
	for _, pattern := range allNames {
		if pattern.MatchString(name) {
			return ""
		}
	}
	if name == courseFile {
		return ""
	}
	return refusalOf(path.Clean(name))
}

// File returns the newest edition of a file of an open manuscript. Forbidden
// without the role Author or Compliance; NotFound when it does not exist or was
// removed.
func (s *Service) File(ctx context.Context, actor people.Actor, slug, name string) (ManuscriptFile, []byte, error) {
	if err := authorOnly(actor); err != nil {
		return ManuscriptFile{}, nil, err
	}
	f, data, err := newestFile(ctx, s.db, slug, name)
	if err != nil {
		return ManuscriptFile{}, nil, fmt.Errorf("file %s of the manuscript of %s: %w", name, slug, err)
	}
	if f.Name == "" {
		return ManuscriptFile{}, nil, errs.New(errs.NotFound, "courses.file_not_found", nil)
	}
	return f, data, nil
}

// PublishManuscript publishes the files as they stand as the next revision and
// closes the manuscript; what Publish refuses stays open. In a dry run everything
// is checked and nothing changed. Forbidden without the role Author or Compliance;
// NotFound when none is open; Invalid with a fault per place.
func (s *Service) PublishManuscript(ctx context.Context, actor people.Actor, slug string, dryRun bool) (PublishReport, error) {
	if err := authorOnly(actor); err != nil {
		return PublishReport{}, err
	}
	files, err := s.manuscriptFiles(ctx, slug)
	if err != nil {
		return PublishReport{}, err
	}
	report, err := s.Publish(ctx, actor, files, dryRun)
	if err != nil || dryRun {
		return report, err
	}
	return report, s.closeManuscript(ctx, actor, slug, "published", report.SHA256)
}

// DiscardManuscript abandons an open manuscript; its editions stay on record.
// Forbidden without the role Author or Compliance; NotFound when none is open.
func (s *Service) DiscardManuscript(ctx context.Context, actor people.Actor, slug string) error {
	if err := authorOnly(actor); err != nil {
		return err
	}
	return s.closeManuscript(ctx, actor, slug, "discarded", [32]byte{})
}

// PreviewFile renders a text of a manuscript as it is in the editor, saved or
// not, with what is wrong with it. Forbidden without the role Author or Compliance;
// NotFound when no manuscript is open.
func (s *Service) PreviewFile(ctx context.Context, actor people.Actor, slug, name, text string) (LessonText, []errs.Fault, error) {
	if err := authorOnly(actor); err != nil {
		return LessonText{}, nil, err
	}
	files, err := s.manuscriptFiles(ctx, slug)
	if err != nil {
		return LessonText{}, nil, err
	}
	files[name] = []byte(text)
	r := &reading{files: files, folder: Folder{Slug: slug, Files: files}, imagesAt: "/api/v1/manuscripts/" + slug + "/images/"}
	r.sortFiles()
	r.readImages()
	r.faults = errs.Faults{} // of this text alone
	m := lessonName.FindStringSubmatch(name)
	if m == nil {
		return LessonText{}, nil, nil
	}
	lesson := r.readLesson(lessonFile{path: name, name: m[2], locale: i18n.Locale(m[3])})
	return lesson, append(r.faults.List(), r.warnings.List()...), nil
}

// NewCourse are the files that a new course begins with: its header and one
// lesson to write.
func NewCourse(slug, title string, l i18n.Locale) archive.Files {
	if l == i18n.Hant {
		l = i18n.Hans // a course has Simplified Chinese or English, and the others beside it
	}
	if title == "" {
		title = slug
	}
	quoted := strconv.Quote(title)
	word := func(key string) string { return i18n.Text(l, "courses."+key, nil) }
	return archive.Files{
		courseFile: fmt.Appendf(nil, "---\nslug: %s\ncategory: compliance\ntags: []\nminutes: 20\ntitles:\n  %s: %s\nsummaries:\n  %s: %s\ncertificate:\n  valid_months: 12\n---\n",
			slug, l, quoted, l, quoted),
		"lessons/01-first." + string(l) + ".md": fmt.Appendf(nil, "# %s\n\n%s\n", word("first_lesson"), word("first_lesson_text")),
	}
}
