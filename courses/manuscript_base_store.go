package courses

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// namedSum is a file with the hash of its content.
type namedSum struct {
	Name   string
	SHA256 []byte `gorm:"column:sha256"`
}

func sumsOf(rows []namedSum) sums {
	found := make(sums, len(rows))
	for _, r := range rows {
		found[r.Name] = r.SHA256
	}
	return found
}

// revisionSums are the files of a revision; none of number 0.
func revisionSums(ctx context.Context, conn database.Conn, slug string, number int) (sums, error) {
	var rows []namedSum
	err := conn.WithContext(ctx).Raw(`SELECT f.name, f.sha256 FROM courses c JOIN course_revisions r ON r.course_id = c.id JOIN course_files f ON f.revision_id = r.id
		WHERE c.slug = ? AND r.number = ?`, slug, number).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("files of revision %d of course %s: %w", number, slug, err)
	}
	return sumsOf(rows), nil
}

// manuscriptSums are the newest editions of the files of a manuscript.
func manuscriptSums(ctx context.Context, conn database.Conn, id int64) (sums, error) {
	var rows []namedSum
	err := conn.WithContext(ctx).Raw(`SELECT DISTINCT ON (name) name, sha256 FROM manuscript_files WHERE manuscript_id = ? ORDER BY name, edition DESC`, id).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("files of manuscript %d: %w", id, err)
	}
	return sumsOf(rows), nil
}

func updateBaseTx(ctx context.Context, tx database.Tx, id int64, base int) error {
	_, err := database.Table[manuscriptRow](tx).Where("id = ?", id).Update(ctx, "base", base)
	return err
}
