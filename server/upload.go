package server

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"anwen/internal/errs"
)

// UploadInput is one file as multipart form data. It is exported because huma does not
// fill unexported embedded inputs.
type UploadInput struct {
	RawBody huma.MultipartFormFiles[struct {
		File      huma.FormFile `form:"file" required:"false"`
		DryRun    bool          `form:"dry_run" required:"false" doc:"Check everything and write nothing"`
		Confirmed int           `form:"confirmed_warnings" required:"false" minimum:"0" maximum:"100000" doc:"Courses: how many warnings were shown and confirmed: all of them"`
		Standing  string        `form:"standing" required:"false" maxLength:"64" doc:"Questions: of the dry run that was shown"`
		Profile   string        `form:"profile" required:"false" maxLength:"50" doc:"Complaints: how the file is read"`
	}]
}

// file returns the uploaded file. Invalid when there is none.
func (in *UploadInput) file() (huma.FormFile, error) {
	f := in.RawBody.Data().File
	if !f.IsSet {
		return f, errs.New(errs.Invalid, "api.file_missing", nil)
	}
	return f, nil
}

// bytes reads the whole uploaded file, whose size limitBody has bounded.
func (in *UploadInput) bytes() (name string, raw []byte, err error) {
	f, err := in.file()
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	if raw, err = io.ReadAll(f); err != nil {
		return "", nil, fmt.Errorf("read the upload: %w", err)
	}
	return f.Filename, raw, nil
}

// uploadInMemory is how many bytes of a file stay in memory, so that sheets and policies
// never come to a disk; only course folders are larger.
const uploadInMemory = 32 << 20

func keepUploadsInMemory() { humagin.MultipartMaxMemory = uploadInMemory }

// removeUploads removes what an upload left in the temporary folder.
func removeUploads(r *http.Request) {
	if r.MultipartForm == nil {
		return
	}
	if err := r.MultipartForm.RemoveAll(); err != nil {
		slog.ErrorContext(r.Context(), "an upload was not removed", "error", err)
	}
}
