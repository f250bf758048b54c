package items

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Attachment is a picture that came with an item, by the name that its texts use.
type Attachment struct {
	Name  string
	Bytes []byte
}

// pictureScheme stands before the SHA-256 of a picture in the texts of items that
// are stored: an item version holds what it shows.
const pictureScheme = "picture:"

var (
	// pictureRef finds the address of a picture, in Markdown and in HTML.
	pictureRef = regexp.MustCompile(`(!\[[^\]\n]*\]\(\s*<?|<img\b[^>]*?\ssrc\s*=\s*["'])([^\s"'<>)]+)`)
	boundRef   = regexp.MustCompile(`^picture:([0-9a-f]{64})$`)
)

// BoundPicture is the SHA-256 of a picture that a text names by it; not ok for any
// other name.
func BoundPicture(name string) (sha string, ok bool) {
	m := boundRef.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// PictureAt is where the picture is served.
func PictureAt(sha string) string { return "/api/v1/pictures/" + sha }

// PictureNames are what the texts of the item show, each once: names of files
// until they are bound, picture:SHA-256 then.
func (it Item) PictureNames() []string {
	var names []string
	for _, texts := range it.texts() {
		for _, text := range texts {
			if text.Format == Plain {
				continue // shows no pictures
			}
			for _, m := range pictureRef.FindAllStringSubmatch(text.Source, -1) {
				if !slices.Contains(names, m[2]) {
					names = append(names, m[2])
				}
			}
		}
	}
	slices.Sort(names)
	return names
}

// RenamePictures gives the pictures of the item's texts other names.
func (it Item) RenamePictures(rename func(name string) string) {
	for _, texts := range it.texts() {
		for l, text := range texts {
			if text.Format == Plain {
				continue
			}
			text.Source = pictureRef.ReplaceAllStringFunc(text.Source, func(ref string) string {
				m := pictureRef.FindStringSubmatch(ref)
				return m[1] + rename(m[2])
			})
			texts[l] = text
		}
	}
}

// PictureFile is the plain name of what a text shows: images/a.png, ../images/a.png and
// @@PLUGINFILE@@/a.png all mean a.png.
func PictureFile(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return path.Base(strings.ReplaceAll(name, "@@PLUGINFILE@@", ""))
}

// BindPictures puts what the pictures hold in the place of their names: of find,
// and of the item's attachments, which come first. It returns the names that are
// known nowhere. Addresses of the outside stay, and are not shown.
func (it Item) BindPictures(find func(file string) (sha string, ok bool)) (unknown []string) {
	attached := map[string]string{}
	for _, a := range it.Attached {
		sum := sha256.Sum256(a.Bytes)
		attached[PictureFile(a.Name)] = hex.EncodeToString(sum[:])
	}
	it.RenamePictures(func(name string) string {
		if boundRef.MatchString(name) || strings.Contains(name, "://") || strings.HasPrefix(name, "data:") {
			return name
		}
		sha, ok := attached[PictureFile(name)]
		if !ok {
			sha, ok = find(PictureFile(name))
		}
		if !ok {
			unknown = append(unknown, name)
			return name
		}
		return pictureScheme + sha
	})
	return unknown
}
