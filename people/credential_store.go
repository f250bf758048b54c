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
