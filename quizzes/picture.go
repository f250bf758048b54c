package quizzes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/picture"
	"anwen/items"
	"anwen/people"
)

// MaxPictureName is the most characters of a picture's name in a bank.
const MaxPictureName = 100

var pictureName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*\.(png|jpe?g|gif|webp)$`)

// Picture returns a picture of an item. NotFound when there is none.
func (s *Service) Picture(ctx context.Context, sha string) (mediaType string, data []byte, err error) {
	sum, err := hex.DecodeString(sha)
	if err != nil || len(sum) != sha256.Size {
		return "", nil, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	row, found, err := loadPicture(ctx, s.db, sum)
	if err != nil {
		return "", nil, fmt.Errorf("picture %s: %w", sha, err)
	}
	if !found {
		return "", nil, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	return row.MediaType, row.Bytes, nil
}

// AddPicture adds a picture to a bank, by the name that texts use; another one with
// the name is shown by items that are imported afterwards. Forbidden without the
// Author or Compliance role; NotFound for a bank that does not exist; Conflict for the
// bank of a course; Invalid for a malformed name and for bytes that are not a picture.
func (s *Service) AddPicture(ctx context.Context, actor people.Actor, code, name string, data []byte) (sha string, err error) {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return "", err
	}
	if !pictureName.MatchString(name) || len([]rune(name)) > MaxPictureName {
		return "", errs.New(errs.Invalid, "quizzes.bad_picture_name", nil)
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockOwnBankTx(ctx, tx, bank.ID); err != nil {
			return err
		}
		sum, err := keepPictureTx(ctx, tx, data)
		if err != nil {
			return err
		}
		sha = hex.EncodeToString(sum[:])
		if err := namePictureTx(ctx, tx, bankPictureRow{BankID: bank.ID, Name: name, SHA256: sum[:]}); err != nil {
			return fmt.Errorf("name a picture of bank %s: %w", code, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.add_picture", Subject: "bank:" + code,
			Data: map[string]any{"name": name, "sha256": sha}})
	})
	return sha, err
}

// attachments are the pictures of a stored item, named picture:SHA-256 as its texts
// name them.
func (s *Service) attachments(ctx context.Context, it items.Item) ([]items.Attachment, error) {
	var list []items.Attachment
	for _, name := range it.PictureNames() {
		sha, bound := items.BoundPicture(name)
		if !bound {
			continue
		}
		_, data, err := s.Picture(ctx, sha)
		if err != nil {
			return nil, err
		}
		list = append(list, items.Attachment{Name: name, Bytes: data})
	}
	return list, nil
}

// keepPictureTx stores a picture. Invalid for bytes that are not a picture.
func keepPictureTx(ctx context.Context, tx database.Tx, data []byte) (sha [32]byte, err error) {
	format, err := picture.Format(data)
	if err != nil {
		return sha, err
	}
	sha = sha256.Sum256(data)
	if err := insertPictureTx(ctx, tx, pictureRow{SHA256: sha[:], MediaType: "image/" + format, Bytes: data}); err != nil {
		return sha, fmt.Errorf("keep a picture: %w", err)
	}
	return sha, nil
}

// bindTx binds the pictures of an item and stores those that came with it.
// Invalid, with a fault for each picture that is stored nowhere.
func bindTx(ctx context.Context, tx database.Tx, it items.Item, find func(file string) (sha string, ok bool)) error {
	for _, a := range it.Attached {
		if _, err := keepPictureTx(ctx, tx, a.Bytes); errs.KindOf(err) == errs.Invalid {
			return pictureFaults(it, []string{a.Name})
		} else if err != nil {
			return err
		}
	}
	unknown := it.BindPictures(find)
	for _, name := range it.PictureNames() {
		sha, bound := items.BoundPicture(name)
		if !bound {
			continue
		}
		there, err := hasPictureTx(ctx, tx, sha)
		if err != nil {
			return fmt.Errorf("look for picture %s: %w", sha, err)
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

func pictureFaults(it items.Item, names []string) error {
	var faults []errs.Fault
	for _, name := range names {
		faults = append(faults, errs.Fault{Code: "quizzes.unknown_picture", Args: errs.Args{"item": it.Name, "name": name}})
	}
	return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
}
