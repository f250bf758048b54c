package courses

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// beginnings are what files of a kind start with; a name alone is not believed.
var beginnings = map[string][]byte{
	".pdf": []byte("%PDF-"), ".zip": []byte("PK\x03\x04"), ".docx": []byte("PK\x03\x04"), ".xlsx": []byte("PK\x03\x04"),
	".pptx": []byte("PK\x03\x04"), ".webm": {0x1a, 0x45, 0xdf, 0xa3}, ".vtt": []byte("WEBVTT"),
}

// checkAttachment refuses a file that is not what its name says.
func (r *reading) checkAttachment(name string) {
	data := r.files[name]
	ok := true
	switch ext := path.Ext(name); ext {
	case ".mp4":
		ok = len(data) > 12 && string(data[4:8]) == "ftyp"
	case ".txt", ".csv":
		_, _, ok = archive.Text(data)
	default:
		ok = bytes.HasPrefix(bytes.TrimPrefix(data, []byte("\ufeff")), beginnings[ext])
	}
	if !ok {
		r.faults.Add(errs.Place{File: name}, "courses.file_other_format", errs.Args{"format": strings.TrimPrefix(path.Ext(name), ".")})
	}
}

// attachmentURL resolves what a lesson writes, ../files/form.xlsx.
func (r *reading) attachmentURL(name string) (string, bool) {
	inner, ok := strings.CutPrefix(name, "../")
	if !ok || r.files[inner] == nil || !fileName.MatchString(inner) {
		return "", false
	}
	return r.fileURL(inner), true
}

// fileURL is where a file of the course is served.
func (r *reading) fileURL(name string) string {
	sum := sha256.Sum256(r.files[name])
	return fmt.Sprintf("/api/v1/courses/%s/files/%s", r.folder.Slug, hex.EncodeToString(sum[:]))
}

// video resolves ../media/intro.mp4 with the captions that lie beside it.
func (r *reading) video(name string) (markdownx.Video, bool) {
	inner, ok := strings.CutPrefix(name, "../")
	if !ok || r.files[inner] == nil || !videoName.MatchString(inner) {
		return markdownx.Video{}, false
	}
	v := markdownx.Video{URL: r.fileURL(inner)}
	for _, l := range i18n.Locales {
		file := strings.TrimSuffix(inner, path.Ext(inner)) + "." + string(l) + ".vtt"
		if r.files[file] != nil {
			v.Captions = append(v.Captions, markdownx.Caption{Locale: string(l), Label: i18n.Text(l, "courses.language_name", nil), URL: r.fileURL(file)})
		}
	}
	if len(v.Captions) == 0 {
		r.warnings.Add(errs.Place{File: inner}, "courses.captions_missing", nil)
	}
	return v, true
}

// Attachment is a file of a course that readers get: a document to keep, or a
// video and its captions. Its bytes are read piece by piece.
type Attachment struct {
	Name      string // form.xlsx
	MediaType string
	Inline    bool // shown in the page, not saved
	Size      int64
	Bytes     io.ReadSeeker
}

// AttachmentOf returns a file of any revision of the course. NotFound when there
// is none of that hash among its attachments and media.
func (s *Service) AttachmentOf(ctx context.Context, slug, sha string) (Attachment, error) {
	missing := errs.New(errs.NotFound, "courses.file_not_found", nil)
	sum, err := hex.DecodeString(sha)
	if err != nil || len(sum) != sha256.Size {
		return Attachment{}, missing
	}
	var rows []struct {
		Name string
		Size int64
	}
	err = s.db.WithContext(ctx).Raw(`SELECT f.name, length(b.bytes) AS size
		FROM course_files f JOIN blobs b ON b.sha256 = f.sha256
		JOIN course_revisions r ON r.id = f.revision_id JOIN courses c ON c.id = r.course_id
		WHERE f.sha256 = ? AND c.slug = ? AND (starts_with(f.name, 'files/') OR starts_with(f.name, 'media/')) LIMIT 1`, sum, slug).Scan(&rows).Error
	if err != nil {
		return Attachment{}, fmt.Errorf("file %s of course %s: %w", sha, slug, err)
	}
	if len(rows) == 0 {
		return Attachment{}, missing
	}
	return Attachment{Name: path.Base(rows[0].Name), MediaType: mediaType(rows[0].Name), Inline: strings.HasPrefix(rows[0].Name, "media/"),
		Size: rows[0].Size, Bytes: io.NewSectionReader(blob{ctx, s.db, sum}, 0, rows[0].Size)}, nil
}

// blob reads stored bytes from anywhere in them.
type blob struct {
	ctx context.Context
	db  *database.Pool
	sum []byte
}

// ReadAt fills p from the bytes at off.
func (b blob) ReadAt(p []byte, off int64) (int, error) {
	var piece []byte
	err := b.db.WithContext(b.ctx).Raw(`SELECT substring(bytes FROM ? FOR ?) FROM blobs WHERE sha256 = ?`, off+1, len(p), b.sum).Row().Scan(&piece)
	if err != nil {
		return 0, fmt.Errorf("read a file: %w", err)
	}
	n := copy(p, piece)
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
