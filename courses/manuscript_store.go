package courses

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// insertManuscriptTx opens a manuscript unless one is open.
func insertManuscriptTx(ctx context.Context, tx database.Tx, slug string, base int, by int64, now time.Time) (id int64, made bool, err error) {
	var ids []int64
	err = tx.Raw(`INSERT INTO manuscripts (slug, base, opened_by, opened_at) VALUES (?, ?, nullif(?, 0), ?)
		ON CONFLICT (slug) WHERE state = 'open' DO NOTHING RETURNING id`, slug, base, by, now).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return 0, false, err
	}
	return ids[0], true, nil
}

// insertEditionTx stores an edition of a file; nil bytes take it away.
func insertEditionTx(ctx context.Context, tx database.Tx, id int64, name string, edition int, data []byte, by int64, now time.Time) (sum []byte, err error) {
	if data != nil {
		if sum, err = keepBlobTx(ctx, tx, name, data); err != nil {
			return nil, err
		}
	}
	err = tx.Exec(`INSERT INTO manuscript_files (manuscript_id, name, edition, sha256, editor_id, saved_at) VALUES (?, ?, ?, ?, nullif(?, 0), ?)`,
		id, name, edition, sum, by, now).Error
	return sum, err
}

func manuscriptNotFound(slug string) error {
	return errs.New(errs.NotFound, "courses.manuscript_not_found", errs.Args{"slug": errs.Clip(slug)})
}

// lockManuscriptTx keeps other writers of the course waiting.
func lockManuscriptTx(ctx context.Context, tx database.Tx, slug string) (id int64, err error) {
	var ids []int64
	if err := tx.Raw(`SELECT id FROM manuscripts WHERE slug = ? AND state = 'open' FOR UPDATE`, slug).Scan(&ids).Error; err != nil {
		return 0, fmt.Errorf("lock the manuscript of %s: %w", slug, err)
	}
	if len(ids) == 0 {
		return 0, manuscriptNotFound(slug)
	}
	return ids[0], nil
}

type editionRow struct {
	Edition int
	Editor  string
}

func newestEditionTx(ctx context.Context, tx database.Tx, id int64, name string) (row editionRow, err error) {
	err = tx.Raw(`SELECT f.edition, coalesce(p.name, '') AS editor FROM manuscript_files f LEFT JOIN people p ON p.id = f.editor_id
		WHERE f.manuscript_id = ? AND f.name = ? ORDER BY f.edition DESC LIMIT 1`, id, name).Scan(&row).Error
	return row, err
}

// Manuscripts lists the open ones, the last opened first, without their files.
// Forbidden without the role Author or Compliance.
func (s *Service) Manuscripts(ctx context.Context, actor people.Actor) ([]Manuscript, error) {
	if err := authorOnly(actor); err != nil {
		return nil, err
	}
	return s.openManuscripts(ctx, "")
}

func (s *Service) openManuscripts(ctx context.Context, slug string) ([]Manuscript, error) {
	var rows []struct {
		ID             int64
		Slug, OpenedBy string
		Base           int
		OpenedAt       time.Time
	}
	err := s.db.WithContext(ctx).Raw(`SELECT m.id, m.slug, m.base, m.opened_at, coalesce(p.name, '') AS opened_by
		FROM manuscripts m LEFT JOIN people p ON p.id = m.opened_by
		WHERE m.state = 'open' AND ? IN ('', m.slug) ORDER BY m.opened_at DESC`, slug).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("manuscripts: %w", err)
	}
	list := make([]Manuscript, len(rows))
	for i, r := range rows {
		list[i] = Manuscript{ID: r.ID, Slug: r.Slug, Base: r.Base, OpenedBy: r.OpenedBy, OpenedAt: r.OpenedAt}
	}
	return list, nil
}

// Manuscript returns the open manuscript of a course with its files in name
// order. Forbidden without the role Author or Compliance; NotFound when none is
// open.
func (s *Service) Manuscript(ctx context.Context, actor people.Actor, slug string) (Manuscript, error) {
	if err := authorOnly(actor); err != nil {
		return Manuscript{}, err
	}
	open, err := s.openManuscripts(ctx, slug)
	if err != nil {
		return Manuscript{}, err
	}
	if slug == "" || len(open) == 0 {
		return Manuscript{}, manuscriptNotFound(slug)
	}
	m := open[0]
	var rows []struct {
		Name, Editor string
		Edition      int
		Size         int64
		SavedAt      time.Time
		Sum          []byte
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT f.name, f.edition, length(b.bytes) AS size, coalesce(p.name, '') AS editor, f.saved_at, f.sha256 AS sum
		FROM (SELECT DISTINCT ON (name) * FROM manuscript_files WHERE manuscript_id = ? ORDER BY name, edition DESC) f
		JOIN blobs b ON b.sha256 = f.sha256 LEFT JOIN people p ON p.id = f.editor_id
		ORDER BY f.name COLLATE "C"`, m.ID).Scan(&rows).Error
	if err != nil {
		return Manuscript{}, fmt.Errorf("files of the manuscript of %s: %w", slug, err)
	}
	for _, r := range rows {
		m.Files = append(m.Files, ManuscriptFile{Name: r.Name, Edition: r.Edition, Size: r.Size, Text: isText(r.Name), Editor: r.Editor, SavedAt: r.SavedAt, sum: r.Sum})
	}
	return m, nil
}

func (s *Service) manuscriptFile(ctx context.Context, slug, name string) (ManuscriptFile, []byte, error) {
	var rows []struct {
		Edition int
		Editor  string
		SavedAt time.Time
		Bytes   []byte
		Gone    bool
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT f.edition, coalesce(p.name, '') AS editor, f.saved_at, b.bytes, f.sha256 IS NULL AS gone
		FROM manuscripts m JOIN manuscript_files f ON f.manuscript_id = m.id
		LEFT JOIN blobs b ON b.sha256 = f.sha256 LEFT JOIN people p ON p.id = f.editor_id
		WHERE m.slug = ? AND m.state = 'open' AND f.name = ? ORDER BY f.edition DESC LIMIT 1`, slug, name).Scan(&rows).Error
	if err != nil {
		return ManuscriptFile{}, nil, fmt.Errorf("file %s of the manuscript of %s: %w", name, slug, err)
	}
	if len(rows) == 0 || rows[0].Gone {
		return ManuscriptFile{}, nil, errs.New(errs.NotFound, "courses.file_not_found", nil)
	}
	r := rows[0]
	return ManuscriptFile{Name: name, Edition: r.Edition, Size: int64(len(r.Bytes)), Text: isText(name), Editor: r.Editor, SavedAt: r.SavedAt}, r.Bytes, nil
}

// ManuscriptImage returns a picture of an open manuscript by its hash, for the
// preview. Forbidden without the role Author or Compliance; NotFound when it has
// no such picture.
func (s *Service) ManuscriptImage(ctx context.Context, actor people.Actor, slug, sha string) (Image, error) {
	if err := authorOnly(actor); err != nil {
		return Image{}, err
	}
	sum, err := hex.DecodeString(sha)
	var rows []struct {
		Name  string
		Bytes []byte
	}
	if err == nil {
		if err := s.db.WithContext(ctx).Raw(`SELECT f.name, b.bytes FROM manuscripts m JOIN manuscript_files f ON f.manuscript_id = m.id JOIN blobs b ON b.sha256 = f.sha256
			WHERE m.slug = ? AND m.state = 'open' AND f.sha256 = ? AND starts_with(f.name, 'images/') LIMIT 1`, slug, sum).Scan(&rows).Error; err != nil {
			return Image{}, fmt.Errorf("picture of the manuscript of %s: %w", slug, err)
		}
	}
	if len(rows) == 0 {
		return Image{}, errs.New(errs.NotFound, "courses.image_not_found", nil)
	}
	return Image{Name: rows[0].Name, MediaType: mediaType(rows[0].Name), Bytes: rows[0].Bytes}, nil
}

// manuscriptFiles are the newest editions of all files.
func (s *Service) manuscriptFiles(ctx context.Context, slug string) (archive.Files, error) {
	var rows []struct {
		Name  string
		Bytes []byte
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT f.name, b.bytes FROM (SELECT DISTINCT ON (g.name) g.name, g.sha256 FROM manuscripts m JOIN manuscript_files g ON g.manuscript_id = m.id
			WHERE m.slug = ? AND m.state = 'open' ORDER BY g.name, g.edition DESC) f
		JOIN blobs b ON b.sha256 = f.sha256`, slug).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("files of the manuscript of %s: %w", slug, err)
	}
	if len(rows) == 0 {
		return nil, manuscriptNotFound(slug)
	}
	files := archive.Files{}
	for _, r := range rows {
		files[r.Name] = r.Bytes
	}
	return files, nil
}

func (s *Service) closeManuscript(ctx context.Context, actor people.Actor, slug, state string, sum [32]byte) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := lockManuscriptTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		err = tx.Exec(`UPDATE manuscripts SET state = ?, closed_at = ? WHERE id = ?`, state, s.now(), id).Error
		if err != nil {
			return fmt.Errorf("close the manuscript of %s: %w", slug, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "courses.close_manuscript",
			Subject: "course:" + slug, Data: map[string]any{"state": state, "sha256": fmt.Sprintf("%x", sum)}})
	})
}
