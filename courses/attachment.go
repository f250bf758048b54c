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
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// signatures are the first bytes of the kinds of files; a name alone proves nothing.
var signatures = map[string][]byte{
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
		ok = bytes.HasPrefix(bytes.TrimPrefix(data, []byte("\ufeff")), signatures[ext])
	}
	if !ok {
		r.faults.Add(errs.Place{File: name}, "courses.file_other_format", errs.Args{"format": strings.TrimPrefix(path.Ext(name), ".")})
	}
}

// attachmentURL resolves a path as lessons write it, ../files/form.xlsx.
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

// video resolves ../media/intro.mp4 with the captions in the same folder.
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

// Attachment is a file of a course that readers get: a document to keep, a video or
// its captions. Its bytes are read piece by piece.
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
	found, err := findAttachment(ctx, s.db, slug, sum)
	if err != nil {
		return Attachment{}, fmt.Errorf("file %s of course %s: %w", sha, slug, err)
	}
	if found.Name == "" {
		return Attachment{}, missing
	}
	return Attachment{Name: path.Base(found.Name), MediaType: mediaType(found.Name), Inline: strings.HasPrefix(found.Name, "media/"),
		Size: found.Size, Bytes: io.NewSectionReader(blob{ctx, s.db, sum}, 0, found.Size)}, nil
}
