package courses

import (
	"context"
	"crypto/sha256"

	"anwen/internal/archive"
	"anwen/internal/database"
)

// fileRow is a row of course_files.
type fileRow struct {
	RevisionID int64
	Name       string
	SHA256     []byte `gorm:"column:sha256"`
}

func (fileRow) TableName() string { return "course_files" }

// insertFilesTx keeps the files of a revision as they were handed in.
func insertFilesTx(ctx context.Context, tx database.Tx, revisionID int64, files archive.Files) error {
	var rows []fileRow
	for _, name := range files.Names() {
		sum, err := keepBlobTx(ctx, tx, name, files[name])
		if err != nil {
			return err
		}
		rows = append(rows, fileRow{RevisionID: revisionID, Name: name, SHA256: sum})
	}
	return database.Table[fileRow](tx).CreateInBatches(ctx, &rows, 1000)
}

// keepBlobTx stores bytes once and returns their hash.
func keepBlobTx(ctx context.Context, tx database.Tx, name string, data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	// The hash is not first: GORM spells a slice out that follows a parenthesis.
	err := tx.WithContext(ctx).Exec(`INSERT INTO blobs (media_type, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
		mediaType(name), sum[:], data).Error
	return sum[:], err
}

// namedBytes is a file with its content.
type namedBytes struct {
	Name  string
	Bytes []byte
}

func filesOf(rows []namedBytes) archive.Files {
	files := archive.Files{}
	for _, r := range rows {
		files[r.Name] = r.Bytes
	}
	return files
}

// revisionFiles are the files of a revision, 0 being the newest; none when there is
// no such revision.
func revisionFiles(ctx context.Context, conn database.Conn, slug string, revision int) (archive.Files, error) {
	var rows []namedBytes
	err := conn.WithContext(ctx).Raw(`
		SELECT f.name, b.bytes FROM courses c
		JOIN LATERAL (SELECT id FROM course_revisions WHERE course_id = c.id AND ? IN (0, number) ORDER BY number DESC LIMIT 1) r ON true
		JOIN course_files f ON f.revision_id = r.id JOIN blobs b ON b.sha256 = f.sha256
		WHERE c.slug = ?`, revision, slug).Scan(&rows).Error
	return filesOf(rows), err
}

// findImage is a picture of any revision of the course; its name is "" when there
// is none.
func findImage(ctx context.Context, conn database.Conn, slug string, sum []byte) (found namedBytes, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT ci.name, i.bytes
		FROM blobs i
		JOIN course_files ci ON ci.sha256 = i.sha256
		JOIN course_revisions r ON r.id = ci.revision_id
		JOIN courses c ON c.id = r.course_id
		WHERE i.sha256 = ? AND c.slug = ? AND starts_with(ci.name, 'images/') LIMIT 1`, sum, slug).Scan(&found).Error
	return found, err
}
