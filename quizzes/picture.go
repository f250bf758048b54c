package quizzes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/picture"
	"anwen/people"
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

// fileOf is the plain name of what a text shows: images/a.png, ../images/a.png and
// @@PLUGINFILE@@/a.png all mean a.png.
func fileOf(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return path.Base(strings.ReplaceAll(name, "@@PLUGINFILE@@", ""))
}

// bindPictures puts what the pictures hold in the place of their names: of find,
// and of the item's attachments, which come first. It returns the names that are
// known nowhere. Addresses of the outside stay, and are not shown.
func (it Item) bindPictures(find func(file string) (sha string, ok bool)) (unknown []string) {
	attached := map[string]string{}
	for _, a := range it.Attached {
		sum := sha256.Sum256(a.Bytes)
		attached[fileOf(a.Name)] = hex.EncodeToString(sum[:])
	}
	it.RenamePictures(func(name string) string {
		if boundRef.MatchString(name) || strings.Contains(name, "://") || strings.HasPrefix(name, "data:") {
			return name
		}
		sha, ok := attached[fileOf(name)]
		if !ok {
			sha, ok = find(fileOf(name))
		}
		if !ok {
			unknown = append(unknown, name)
			return name
		}
		return pictureScheme + sha
	})
	return unknown
}

// keepPictureTx stores a picture. Invalid for what is none.
func keepPictureTx(tx *gorm.DB, data []byte) (sha [32]byte, err error) {
	format, err := picture.Format(data)
	if err != nil {
		return sha, err
	}
	sha = sha256.Sum256(data)
	err = tx.Exec(`INSERT INTO pictures (media_type, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, "image/"+format, sha[:], data).Error
	if err != nil {
		return sha, fmt.Errorf("keep a picture: %w", err)
	}
	return sha, nil
}

// Picture returns a picture of an item. NotFound when there is none.
func (s *Service) Picture(ctx context.Context, sha string) (mediaType string, data []byte, err error) {
	sum, err := hex.DecodeString(sha)
	if err != nil || len(sum) != sha256.Size {
		return "", nil, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	var row struct {
		MediaType string
		Bytes     []byte
	}
	if err := s.db.WithContext(ctx).Raw(`SELECT media_type, bytes FROM pictures WHERE sha256 = ?`, sum).Scan(&row).Error; err != nil {
		return "", nil, fmt.Errorf("picture %s: %w", sha, err)
	}
	if row.MediaType == "" {
		return "", nil, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	return row.MediaType, row.Bytes, nil
}

// attachments are the pictures of a stored item, named picture:SHA-256 as its texts
// name them.
func (s *Service) attachments(ctx context.Context, it Item) ([]Attachment, error) {
	var list []Attachment
	for _, name := range it.PictureNames() {
		m := boundRef.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		_, data, err := s.Picture(ctx, m[1])
		if err != nil {
			return nil, err
		}
		list = append(list, Attachment{Name: name, Bytes: data})
	}
	return list, nil
}

// MaxPictureName is the most characters of a picture's name in a bank.
const MaxPictureName = 100

var pictureName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*\.(png|jpe?g|gif|webp)$`)

// AddPicture gives a bank a picture, by the name that texts use; a second one of
// the name is shown by what is imported from then on. Forbidden, NotFound and
// Conflict as ImportItems; Invalid for a name or a file that is none.
func (s *Service) AddPicture(ctx context.Context, actor people.Actor, code, name string, data []byte) (sha string, err error) {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return "", err
	}
	if !pictureName.MatchString(name) || len([]rune(name)) > MaxPictureName {
		return "", errs.New(errs.Invalid, "quizzes.bad_picture_name", nil)
	}
	err = s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := lockOwnBankTx(tx, bank); err != nil {
			return err
		}
		sum, err := keepPictureTx(tx, data)
		if err != nil {
			return err
		}
		sha = hex.EncodeToString(sum[:])
		return tx.Exec(`INSERT INTO bank_pictures (bank_id, name, sha256) VALUES (?, ?, ?)
			ON CONFLICT ON CONSTRAINT bank_pictures_key DO UPDATE SET sha256 = excluded.sha256`, bank, name, sum[:]).Error
	})
	return sha, err
}

// picturesOf are the pictures of a bank by their names.
func picturesOf(tx *gorm.DB, bank int64) (map[string]string, error) {
	var rows []struct{ Name, Sha string }
	if err := tx.Raw(`SELECT name, encode(sha256, 'hex') AS sha FROM bank_pictures WHERE bank_id = ?`, bank).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("pictures of bank %d: %w", bank, err)
	}
	found := make(map[string]string, len(rows))
	for _, r := range rows {
		found[r.Name] = r.Sha
	}
	return found, nil
}

// bindTx binds the pictures of an item and stores those that came with it.
// Invalid, with a fault for each, when the item shows what nobody has.
func bindTx(tx *gorm.DB, it Item, find func(file string) (sha string, ok bool)) error {
	for _, a := range it.Attached {
		if _, err := keepPictureTx(tx, a.Bytes); errs.KindOf(err) == errs.Invalid {
			return pictureFaults(it, []string{a.Name})
		} else if err != nil {
			return err
		}
	}
	unknown := it.bindPictures(find)
	for _, name := range it.PictureNames() {
		m := boundRef.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		var there bool
		if err := tx.Raw(`SELECT EXISTS (SELECT FROM pictures WHERE sha256 = decode(?, 'hex'))`, m[1]).Scan(&there).Error; err != nil {
			return fmt.Errorf("look for picture %s: %w", m[1], err)
		}
		if !there {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		return pictureFaults(it, unknown)
	}
	return nil
}

func pictureFaults(it Item, names []string) error {
	var faults []errs.Fault
	for _, name := range names {
		faults = append(faults, errs.Fault{Code: "quizzes.unknown_picture", Args: errs.Args{"item": it.Name, "name": name}})
	}
	return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
}
