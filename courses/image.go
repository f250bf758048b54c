package courses

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"anwen/internal/errs"
	"anwen/internal/picture"
)

// Image is a picture of a course.
type Image struct {
	Name      string // images/branch.png
	MediaType string
	SHA256    [32]byte
	Bytes     []byte
}

// readImages checks each picture by its content; its name must agree.
func (r *reading) readImages() {
	for _, name := range r.images {
		data := r.files[name]
		format, err := picture.Format(data)
		switch want := formatOf(name); {
		case err != nil:
			r.faults.Add(errs.Place{File: name}, errs.CodeOf(err), errs.Args{"limit": picture.MaxSide})
		case format != want:
			r.faults.Add(errs.Place{File: name}, "courses.image_other_format", errs.Args{"format": format})
		default:
			r.folder.Images = append(r.folder.Images, Image{Name: name, MediaType: "image/" + format, SHA256: sha256.Sum256(data), Bytes: data})
		}
	}
}

func formatOf(name string) string {
	format := strings.TrimPrefix(path.Ext(name), ".")
	if format == "jpg" {
		return "jpeg"
	}
	return format
}

// imageURL resolves a path as lessons write it, ../images/branch.png.
func (r *reading) imageURL(name string) (string, bool) {
	inner, ok := strings.CutPrefix(name, "../")
	if !ok {
		return "", false
	}
	for _, i := range r.folder.Images {
		if i.Name == inner {
			at := r.imagesAt
			if at == "" {
				at = "/api/v1/courses/" + r.folder.Slug + "/images/"
			}
			return at + hex.EncodeToString(i.SHA256[:]), true
		}
	}
	return "", false
}

// Image returns a picture of any revision of the course by its hash. NotFound when
// there is none.
func (s *Service) Image(ctx context.Context, slug, sha string) (Image, error) {
	sum, err := hex.DecodeString(sha)
	if err != nil || len(sum) != sha256.Size {
		return Image{}, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	found, err := findImage(ctx, s.db, slug, sum)
	if err != nil {
		return Image{}, fmt.Errorf("image %s of course %s: %w", sha, slug, err)
	}
	if found.Name == "" {
		return Image{}, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	return Image{Name: found.Name, MediaType: mediaType(found.Name), SHA256: [32]byte(sum), Bytes: found.Bytes}, nil
}
