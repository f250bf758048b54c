package courses

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"anwen/internal/archive"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// manuscriptRow is what closing a manuscript writes of a row of manuscripts.
type manuscriptRow struct {
	ID       int64
	State    string
	ClosedAt time.Time
}

func (manuscriptRow) TableName() string { return "manuscripts" }

// editionRow is a row of manuscript_files: one saved edition of a file.
type editionRow struct {
	ManuscriptID int64
	Name         string
	Edition      int
	SHA256       []byte `gorm:"column:sha256"` // nil: the file was removed
	EditorID     *int64
	SavedAt      time.Time
}

func (editionRow) TableName() string { return "manuscript_files" }

// insertManuscriptTx opens a manuscript unless one is open.
func insertManuscriptTx(ctx context.Context, tx database.Tx, slug string, base int, actor people.Actor, now time.Time) (id int64, made bool, err error) {
	err = tx.WithContext(ctx).Raw(`INSERT INTO manuscripts (slug, base, opened_by, opened_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (slug) WHERE state = 'open' DO NOTHING RETURNING id`, slug, base, actor.By(), now).Scan(&id).Error
	return id, id != 0, err
}

// insertEditionTx stores an edition of a file; nil bytes remove it.
func insertEditionTx(ctx context.Context, tx database.Tx, id int64, name string, edition int, data []byte, actor people.Actor, now time.Time) (err error) {
	row := editionRow{ManuscriptID: id, Name: name, Edition: edition, EditorID: actor.By(), SavedAt: now}
	if data != nil {
		if row.SHA256, err = keepBlobTx(ctx, tx, name, data); err != nil {
			return err
		}
	}
	return insertEditionRowTx(ctx, tx, row)
}

func insertEditionRowTx(ctx context.Context, tx database.Tx, row editionRow) error {
	return database.Table[editionRow](tx).Create(ctx, &row)
}

func manuscriptNotFound(slug string) error {
	return errs.New(errs.NotFound, "courses.manuscript_not_found", errs.Args{"slug": errs.Clip(slug)})
}

// lockManuscriptTx keeps other writers of the course waiting. NotFound when no
// manuscript of it is open.
func lockManuscriptTx(ctx context.Context, tx database.Tx, slug string) (id int64, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT id FROM manuscripts WHERE slug = ? AND state = 'open' FOR UPDATE`, slug).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("lock the manuscript of %s: %w", slug, err)
	}
	if id == 0 {
		return 0, manuscriptNotFound(slug)
	}
	return id, nil
}

// newestEdition is the last save of a file; zero when there is none.
type newestEdition struct {
	Edition int
	Editor  string
	Gone    bool // it removed the file
	SHA256  []byte
	SavedAt time.Time
}

// holds reports whether the edition is those bytes already.
func (n newestEdition) holds(data []byte) bool {
	sum := sha256.Sum256(data)
	return data != nil && bytes.Equal(n.SHA256, sum[:])
}

// begins reports whether a writer who began from the edition has seen this one. Of a
// file that was removed there is nothing to see: it can be made again as a new one.
func (n newestEdition) begins(edition int) bool {
	return edition == n.Edition || n.Gone && edition == 0
}

func newestEditionTx(ctx context.Context, tx database.Tx, id int64, name string) (newest newestEdition, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT f.edition, coalesce(p.name, '') AS editor, f.sha256 IS NULL AS gone, f.sha256, f.saved_at FROM manuscript_files f LEFT JOIN staff p ON p.id = f.editor_id
		WHERE f.manuscript_id = ? AND f.name = ? ORDER BY f.edition DESC LIMIT 1`, id, name).Scan(&newest).Error
	return newest, err
}

// lastEditionsTx are the last editions of the files in every manuscript of the course.
// A later manuscript counts on from them, so that no edition of an earlier one is taken
// for one of its own.
func lastEditionsTx(ctx context.Context, tx database.Tx, slug string) (map[string]int, error) {
	var rows []struct {
		Name    string
		Edition int
	}
	err := tx.WithContext(ctx).Raw(`SELECT f.name, max(f.edition) AS edition FROM manuscripts m JOIN manuscript_files f ON f.manuscript_id = m.id
		WHERE m.slug = ? GROUP BY f.name`, slug).Scan(&rows).Error
	last := make(map[string]int, len(rows))
	for _, r := range rows {
		last[r.Name] = r.Edition
	}
	return last, err
}

// openManuscripts lists the open manuscripts, or the one of the course, the last
// opened first.
func openManuscripts(ctx context.Context, conn database.Conn, slug string) (list []Manuscript, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT m.id, m.slug, m.base, m.opened_at, coalesce(p.name, '') AS opened_by
		FROM manuscripts m LEFT JOIN staff p ON p.id = m.opened_by
		WHERE m.state = 'open' AND ? IN ('', m.slug) ORDER BY m.opened_at DESC`, slug).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("manuscripts: %w", err)
	}
	return list, nil
}

// owner is whose an open manuscript is.
type owner struct {
	Base     int
	OpenedBy int64  // 0: the program
	UnitPath string // of that person
}

// path is that of the unit whose the manuscript is, empty for the whole institution.
func (o owner) path() string {
	if o.Base > 0 {
		return ""
	}
	return o.UnitPath
}

// ownerOfManuscript is NotFound when no manuscript of the course is open.
func ownerOfManuscript(ctx context.Context, conn database.Conn, slug string) (owner, error) {
	var found []owner
	err := conn.WithContext(ctx).Raw(`SELECT m.base, coalesce(m.opened_by, 0) AS opened_by, coalesce(p.unit_path, '') AS unit_path
		FROM manuscripts m LEFT JOIN staff p ON p.id = m.opened_by WHERE m.slug = ? AND m.state = 'open'`, slug).Scan(&found).Error
	if err != nil {
		return owner{}, fmt.Errorf("whose the manuscript of %s is: %w", slug, err)
	}
	if len(found) == 0 {
		return owner{}, manuscriptNotFound(slug)
	}
	return found[0], nil
}

// newestFiles are the newest editions of the files of a manuscript that were not
// removed, without their bytes.
func newestFiles(ctx context.Context, conn database.Conn, id int64) (files []ManuscriptFile, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT f.name, f.edition, length(b.bytes) AS size, coalesce(p.name, '') AS editor, f.saved_at
		FROM (SELECT DISTINCT ON (name) * FROM manuscript_files WHERE manuscript_id = ? ORDER BY name, edition DESC) f
		JOIN blobs b ON b.sha256 = f.sha256 LEFT JOIN staff p ON p.id = f.editor_id
		ORDER BY f.name COLLATE "C"`, id).Scan(&files).Error
	for i, f := range files {
		files[i].Text = isText(f.Name)
	}
	return files, err
}

// newestFile is the newest edition of a file of an open manuscript; its name is ""
// when there is none or it was removed.
func newestFile(ctx context.Context, conn database.Conn, slug, name string) (ManuscriptFile, []byte, error) {
	var row struct {
		ManuscriptFile
		Bytes []byte
		Gone  bool
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT f.name, f.edition, coalesce(p.name, '') AS editor, f.saved_at, b.bytes, f.sha256 IS NULL AS gone
		FROM manuscripts m JOIN manuscript_files f ON f.manuscript_id = m.id
		LEFT JOIN blobs b ON b.sha256 = f.sha256 LEFT JOIN staff p ON p.id = f.editor_id
		WHERE m.slug = ? AND m.state = 'open' AND f.name = ? ORDER BY f.edition DESC LIMIT 1`, slug, name).Scan(&row).Error
	if err != nil || row.Gone {
		return ManuscriptFile{}, nil, err
	}
	f := row.ManuscriptFile
	f.Size, f.Text = int64(len(row.Bytes)), isText(name)
	return f, row.Bytes, nil
}

// findManuscriptImage is a picture of any edition in an open manuscript; its name is
// "" when there is none.
func findManuscriptImage(ctx context.Context, conn database.Conn, slug string, sum []byte) (found namedBytes, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT f.name, b.bytes FROM manuscripts m JOIN manuscript_files f ON f.manuscript_id = m.id JOIN blobs b ON b.sha256 = f.sha256
		WHERE m.slug = ? AND m.state = 'open' AND f.sha256 = ? AND starts_with(f.name, 'images/') LIMIT 1`, slug, sum).Scan(&found).Error
	return found, err
}

// savedManuscript is an open manuscript at the moment when its files were read.
type savedManuscript struct {
	ID    int64
	Slug  string
	Base  int
	Saves int64 // editions that were saved
}

// manuscriptAsSaved reads an open manuscript with its files. NotFound when no manuscript
// of the course is open.
func manuscriptAsSaved(ctx context.Context, conn database.Conn, slug string) (m savedManuscript, files archive.Files, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT m.id, m.slug, m.base, (SELECT count(*) FROM manuscript_files f WHERE f.manuscript_id = m.id) AS saves
		FROM manuscripts m WHERE m.slug = ? AND m.state = 'open'`, slug).Scan(&m).Error
	if err != nil {
		return m, nil, fmt.Errorf("manuscript of %s: %w", slug, err)
	}
	if m.ID == 0 {
		return m, nil, manuscriptNotFound(slug)
	}
	files, err = manuscriptFiles(ctx, conn, slug)
	return m, files, err
}

// lockUnsavedSinceTx keeps other writers waiting. NotFound when the manuscript was closed
// meanwhile, Conflict when a file of it was saved since it was read.
func lockUnsavedSinceTx(ctx context.Context, tx database.Tx, m savedManuscript) error {
	id, err := lockManuscriptTx(ctx, tx, m.Slug)
	if err != nil {
		return err
	}
	if id != m.ID {
		return manuscriptNotFound(m.Slug)
	}
	var last struct {
		Saves        int64
		Name, Editor string
	}
	err = tx.WithContext(ctx).Raw(`SELECT count(*) OVER () AS saves, f.name, coalesce(p.name, '') AS editor FROM manuscript_files f
		LEFT JOIN staff p ON p.id = f.editor_id WHERE f.manuscript_id = ? ORDER BY f.saved_at DESC LIMIT 1`, m.ID).Scan(&last).Error
	if err != nil {
		return fmt.Errorf("saves of the manuscript of %s: %w", m.Slug, err)
	}
	if last.Saves != m.Saves {
		return errs.New(errs.Conflict, "courses.saved_meanwhile", errs.Args{"name": last.Editor, "file": last.Name})
	}
	return nil
}

// manuscriptFiles are the newest editions of all files, with their bytes. NotFound when no
// manuscript of the course is open.
func manuscriptFiles(ctx context.Context, conn database.Conn, slug string) (archive.Files, error) {
	var rows []namedBytes
	err := conn.WithContext(ctx).Raw(`
		SELECT f.name, b.bytes FROM (SELECT DISTINCT ON (g.name) g.name, g.sha256 FROM manuscripts m JOIN manuscript_files g ON g.manuscript_id = m.id
			WHERE m.slug = ? AND m.state = 'open' ORDER BY g.name, g.edition DESC) f
		JOIN blobs b ON b.sha256 = f.sha256`, slug).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("files of the manuscript of %s: %w", slug, err)
	}
	if len(rows) == 0 {
		return nil, manuscriptNotFound(slug)
	}
	return filesOf(rows), nil
}

func updateManuscriptTx(ctx context.Context, tx database.Tx, id int64, state string, now time.Time) error {
	_, err := database.Table[manuscriptRow](tx).Where("id = ?", id).Select("state", "closed_at").
		Updates(ctx, manuscriptRow{State: state, ClosedAt: now})
	return err
}
