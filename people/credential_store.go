package people

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"anwen/internal/database"
)

// credential is a row of credentials.
type credential struct {
	PersonID     int64 `gorm:"primaryKey;autoIncrement:false"`
	PasswordHash string
	Sample       bool // published: of the sample institution
	Temporary    bool // given out by an administrator
	ChangedAt    time.Time
}

// TableName is for GORM.
func (credential) TableName() string { return "credentials" }

const credentialColumns = `c.person_id, c.password_hash, c.sample, c.temporary, c.changed_at
	FROM people p JOIN credentials c ON c.person_id = p.id WHERE p.status <> 'left' AND `

func (s *Service) credentialOf(ctx context.Context, personID int64) (c credential, err error) {
	err = s.db.WithContext(ctx).Raw(`SELECT `+credentialColumns+`p.id = ?`, personID).Scan(&c).Error
	return c, err
}

// setPasswordTx is Conflict when the person has left.
func setPasswordTx(ctx context.Context, tx database.Tx, c credential) error {
	return hasLeft(database.Table[credential](tx, clause.OnConflict{UpdateAll: true}).Create(ctx, &c))
}

// standsTx reports whether the credential is still the one that is stored, and keeps it so
// until the transaction ends. The person is locked first, as whoever leaves does.
func standsTx(ctx context.Context, tx database.Tx, c credential) (stands bool, err error) {
	for _, sql := range []string{
		`SELECT id FROM people WHERE id = @person AND status <> 'left' FOR SHARE`,
		`SELECT person_id FROM credentials WHERE person_id = @person AND password_hash = @hash FOR UPDATE`,
	} {
		var found []int64
		err = tx.WithContext(ctx).Raw(sql, map[string]any{"person": c.PersonID, "hash": c.PasswordHash}).Scan(&found).Error
		if err != nil || len(found) == 0 {
			return false, err
		}
	}
	return true, nil
}

// lockPersonTx keeps others from giving the person a role, a password or a session, and
// waits for whoever is about to.
func lockPersonTx(ctx context.Context, tx database.Tx, personID int64) error {
	return tx.WithContext(ctx).Exec(`SELECT FROM people WHERE id = ? FOR NO KEY UPDATE`, personID).Error
}
