// Package picture reads what an image file is, and refuses what a browser should
// not be asked to draw.
package picture

import (
	"bytes"
	"image"
	_ "image/gif"  // the formats that are shown
	_ "image/jpeg" //
	_ "image/png"  //

	_ "golang.org/x/image/webp" // likewise

	"anwen/internal/errs"
)

// The largest picture.
const (
	MaxSide   = 8000 // pixels
	MaxPixels = 40_000_000
)

// Format is png, jpeg, gif or webp, told by the content. Invalid for anything else
// and for what is too large.
func Format(data []byte) (string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return "", errs.New(errs.Invalid, "courses.image_unreadable", nil)
	case config.Width > MaxSide || config.Height > MaxSide || config.Width*config.Height > MaxPixels:
		return "", errs.New(errs.Invalid, "courses.image_too_large", errs.Args{"limit": MaxSide})
	}
	return format, nil
}
