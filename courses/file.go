package courses

import (
	"context"
	"fmt"
	"maps"
	"path"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// mediaTypes are of the files that a course may hold, by the end of their names.
var mediaTypes = map[string]string{
	".md": "text/markdown; charset=utf-8", ".gift": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".mp4": "video/mp4", ".webm": "video/webm",
	".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".zip": "application/zip",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

func mediaType(name string) string {
	if t, known := mediaTypes[strings.ToLower(path.Ext(name))]; known {
		return t
	}
	return "application/octet-stream"
}

// isText reports whether people can read the file as it is.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".gift", ".vtt", ".txt", ".csv":
		return true
	}
	return false
}

// readerOnly is Forbidden without the role Author, Compliance or Auditor: what a
// course is made of is not for learners.
func readerOnly(actor people.Actor) error {
	return actor.Over(people.Author, people.Compliance, people.Auditor).Require()
}

// Export returns the files of a revision as they were handed in; 0 is the newest. Those of
// the quiz tell the key, and are there only for those who may publish the course and need
// not sit its quiz; an export is recorded. Forbidden without the role Author, Compliance
// or Auditor; NotFound when there is none; Conflict when it was published before files
// were kept.
func (s *Service) Export(ctx context.Context, actor people.Actor, slug string, revision int) (archive.Files, error) {
	files, err := s.readableFiles(ctx, actor, slug, revision)
	if err != nil {
		return nil, err
	}
	return files, audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "courses.export", Subject: "course:" + slug,
		Data: map[string]any{"revision": revision, "files": len(files)}})
}

// readableFiles are the files of a revision that the actor may read. Forbidden,
// NotFound and Conflict as Export.
func (s *Service) readableFiles(ctx context.Context, actor people.Actor, slug string, revision int) (archive.Files, error) {
	if err := readerOnly(actor); err != nil {
		return nil, err
	}
	files, err := s.publishedFiles(ctx, slug, revision)
	if err != nil {
		return nil, err
	}
	keyed, err := authors(actor).MayChange(ctx, s.db, "")
	if err == nil && keyed {
		err = s.refuseWhoMustSit(ctx, s.db, actor, slug)
		if keyed = err == nil; errs.KindOf(err) == errs.Forbidden {
			err = nil
		}
	}
	if !keyed {
		maps.DeleteFunc(files, func(name string, _ []byte) bool { return quizName.MatchString(name) })
	}
	return files, err
}

// publishedFiles are the files of a revision, those of the quiz included. NotFound and
// Conflict as Export.
func (s *Service) publishedFiles(ctx context.Context, slug string, revision int) (archive.Files, error) {
	files, err := revisionFiles(ctx, s.db, slug, revision)
	if err != nil {
		return nil, fmt.Errorf("files of course %s: %w", slug, err)
	}
	switch {
	case len(files) == 0:
		return nil, NotFound(slug)
	case files[courseFile] == nil:
		return nil, errs.New(errs.Conflict, "courses.files_not_kept", nil)
	}
	return files, nil
}

// refuseWhoMustSit is Forbidden for whoever must still sit the quiz of the course, or
// another one that may ask what its files hold: they
// see neither its questions nor its key, and decide neither, until they have passed.
func (s *Service) refuseWhoMustSit(ctx context.Context, conn database.Conn, actor people.Actor, slug string) error {
	if s.quizzes == nil {
		return nil
	}
	must, err := s.quizzes.MustSit(ctx, conn, actor.PersonID, slug)
	if err == nil && must {
		err = errs.New(errs.Forbidden, "courses.must_sit", nil)
	}
	return err
}
