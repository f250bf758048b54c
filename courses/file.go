package courses

import (
	"context"
	"fmt"
	"path"
	"strings"

	"anwen/internal/archive"
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

// Export returns the files of a revision as they came; revision 0 is the newest.
// Forbidden without the role Author, Compliance or Auditor; NotFound when there is
// none; Conflict when it was published before files were kept.
func (s *Service) Export(ctx context.Context, actor people.Actor, slug string, revision int) (archive.Files, error) {
	if !actor.Has(people.Author, people.Compliance, people.Auditor) {
		return nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var rows []struct {
		Name  string
		Bytes []byte
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT f.name, b.bytes FROM courses c
		JOIN LATERAL (SELECT id FROM course_revisions WHERE course_id = c.id AND ? IN (0, number) ORDER BY number DESC LIMIT 1) r ON true
		JOIN course_files f ON f.revision_id = r.id JOIN blobs b ON b.sha256 = f.sha256
		WHERE c.slug = ?`, revision, slug).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("files of course %s: %w", slug, err)
	}
	files := archive.Files{}
	for _, r := range rows {
		files[r.Name] = r.Bytes
	}
	switch {
	case len(files) == 0:
		return nil, NotFound(slug)
	case files[courseFile] == nil:
		return nil, errs.New(errs.Conflict, "courses.files_not_kept", nil)
	}
	return files, nil
}
