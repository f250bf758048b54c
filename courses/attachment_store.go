package courses

import (
	"context"
	"fmt"
	"io"

	"anwen/internal/database"
)

// foundFile is an attachment without its bytes.
type foundFile struct {
	Name string // "" when there is none
	Size int64
}

// findAttachment looks among the attachments and media of all revisions.
func findAttachment(ctx context.Context, conn database.Conn, slug string, sum []byte) (found foundFile, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT f.name, length(b.bytes) AS size
		FROM course_files f JOIN blobs b ON b.sha256 = f.sha256
		JOIN course_revisions r ON r.id = f.revision_id JOIN courses c ON c.id = r.course_id
		WHERE f.sha256 = ? AND c.slug = ? AND (starts_with(f.name, 'files/') OR starts_with(f.name, 'media/')) LIMIT 1`, sum, slug).Scan(&found).Error
	return found, err
}

// blob reads stored bytes from anywhere in them.
type blob struct {
	ctx context.Context
	db  *database.Pool
	sum []byte
}

// ReadAt fills p from the bytes at off.
func (b blob) ReadAt(p []byte, off int64) (int, error) {
	var piece []byte
	err := b.db.WithContext(b.ctx).Raw(`SELECT substring(bytes FROM ? FOR ?) FROM blobs WHERE sha256 = ?`, off+1, len(p), b.sum).Row().Scan(&piece)
	if err != nil {
		return 0, fmt.Errorf("read a file: %w", err)
	}
	n := copy(p, piece)
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
