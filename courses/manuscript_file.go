package courses

import (
	"context"
	"encoding/hex"
	"fmt"
	"path"
	"time"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

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

// SaveFile stores the next edition of a file; edition is the one that the writer began
// from, 0 for a new file and for one that was removed. nil bytes remove the file.
// Forbidden without the role Author or Compliance, for the manuscript of another unit,
// and, a file of the quiz, for whoever must still sit it; NotFound without an open
// manuscript; Invalid for a name that no file of a course may have or a file that is too
// large; Conflict when somebody saved in the meantime, or opened the manuscript anew:
// nothing is overwritten.
func (s *Service) SaveFile(ctx context.Context, actor people.Actor, slug, name string, edition int, data []byte) (SavedFile, error) {
	if err := authors(actor).Require(); err != nil {
		return SavedFile{}, err
	}
	if code := nameRefused(name); code != "" {
		return SavedFile{}, errs.New(errs.Invalid, code, nil)
	}
	if len(data) > archive.MaxFile || isText(name) && len(data) > maxManuscriptText {
		return SavedFile{}, errs.New(errs.Invalid, "courses.file_too_large", nil)
	}
	var saved SavedFile
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := lockManuscriptTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		if err := s.writableFile(ctx, tx, actor, slug, name); err != nil {
			return err
		}
		newest, err := newestEditionTx(ctx, tx, id, name)
		if err != nil {
			return err
		}
		if !newest.begins(edition) {
			return errs.New(errs.Conflict, "courses.file_changed", errs.Args{"name": newest.Editor, "edition": newest.Edition})
		}
		if newest.holds(data) {
			saved = SavedFile{Edition: newest.Edition, SavedAt: newest.SavedAt}
			return nil
		}
		last, err := lastEditionsTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		saved = SavedFile{Edition: last[name] + 1, SavedAt: s.now()}
		err = insertEditionTx(ctx, tx, id, name, saved.Edition, data, actor, saved.SavedAt)
		if database.Violated(err, "manuscript_files_key") {
			return errs.New(errs.Conflict, "courses.file_changed", errs.Args{"name": "", "edition": saved.Edition}).Because(err)
		}
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: saved.SavedAt, ActorID: actor.PersonID, Action: "courses.save_file", Subject: "course:" + slug,
			Data: map[string]any{"file": name, "edition": saved.Edition, "removed": data == nil}})
	})
	return saved, err
}

// writableFile is writable, and Forbidden for a file of the quiz to whoever must still
// sit it.
func (s *Service) writableFile(ctx context.Context, conn database.Conn, actor people.Actor, slug, name string) error {
	err := s.writable(ctx, conn, actor, slug)
	if err == nil && quizName.MatchString(name) {
		err = s.refuseWhoMustSit(ctx, conn, actor, slug)
	}
	return err
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
// as SaveFile; NotFound when it does not exist or was removed.
func (s *Service) File(ctx context.Context, actor people.Actor, slug, name string) (ManuscriptFile, []byte, error) {
	if err := s.writableFile(ctx, s.db, actor, slug, name); err != nil {
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

// PreviewFile renders a text of a manuscript as it is in the editor, saved or
// not, with what is wrong with it. Forbidden as SaveFile; NotFound when no manuscript
// is open.
func (s *Service) PreviewFile(ctx context.Context, actor people.Actor, slug, name, text string) (LessonText, []errs.Fault, error) {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return LessonText{}, nil, err
	}
	files, err := manuscriptFiles(ctx, s.db, slug)
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

// ManuscriptImage returns a picture of an open manuscript by its hash, for the
// preview. Forbidden as SaveFile; NotFound when it has no such picture.
func (s *Service) ManuscriptImage(ctx context.Context, actor people.Actor, slug, sha string) (Image, error) {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return Image{}, err
	}
	missing := errs.New(errs.NotFound, "courses.image_not_found", nil)
	sum, err := hex.DecodeString(sha)
	if err != nil {
		return Image{}, missing
	}
	found, err := findManuscriptImage(ctx, s.db, slug, sum)
	if err != nil {
		return Image{}, fmt.Errorf("picture of the manuscript of %s: %w", slug, err)
	}
	if found.Name == "" {
		return Image{}, missing
	}
	return Image{Name: found.Name, MediaType: mediaType(found.Name), Bytes: found.Bytes}, nil
}
