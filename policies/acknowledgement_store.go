package policies

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// acknowledgementRow is what is shown of a row of acknowledgements.
type acknowledgementRow struct {
	VersionID       int64
	PersonID        int64
	Locale          i18n.Locale
	TextSHA256      []byte `gorm:"column:text_sha256"`
	Statement       string
	StatementSHA256 []byte `gorm:"column:statement_sha256"`
	AcknowledgedAt  time.Time
}

func (acknowledgementRow) TableName() string { return "acknowledgements" }

// acknowledgementOf is the one that the person gave before; found is false when
// there is none.
func acknowledgementOf(ctx context.Context, conn database.Conn, v knownVersion, personID int64) (a Acknowledgement, found bool, err error) {
	row, err := database.Table[acknowledgementRow](conn).Select("locale, text_sha256, statement, statement_sha256, acknowledged_at").
		Where("version_id = ? AND person_id = ?", v.ID, personID).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Acknowledgement{}, false, nil
	}
	if err != nil {
		return Acknowledgement{}, false, fmt.Errorf("acknowledgement of version %d of policy %s: %w", v.Number, v.Code, err)
	}
	return Acknowledgement{Code: v.Code, Number: v.Number, Locale: row.Locale, TextSHA256: hex.EncodeToString(row.TextSHA256),
		Statement: row.Statement, StatementSHA256: hex.EncodeToString(row.StatementSHA256), AcknowledgedAt: row.AcknowledgedAt}, true, nil
}

// insertAcknowledgementTx writes the acknowledgement with the unit, position and
// roles that the person has now. Whoever comes second waits for the first and then
// inserts nothing.
func (s *Service) insertAcknowledgementTx(ctx context.Context, tx database.Tx, actor people.Actor, v knownVersion, in AcknowledgeInput, accepted string) (inserted bool, err error) {
	address := ""
	if v.Tier == Stepped {
		address = in.Address
	}
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at, tier, roles, address)
		SELECT ?, id, unit_id, position, ?, decode(?, 'hex'), ?, ?, ?, ?, ?, ? FROM staff WHERE id = ?
		ON CONFLICT ON CONSTRAINT acknowledgements_key DO NOTHING`,
		v.ID, in.Locale, in.TextSHA256, accepted, sum(accepted), s.now(), v.Tier, roleNames(actor), address, actor.PersonID)
	if done.Error != nil {
		return false, fmt.Errorf("acknowledge version %d of policy %s: %w", v.Number, v.Code, done.Error)
	}
	return done.RowsAffected > 0, nil
}

// roleNames are the roles that the person holds, each once.
func roleNames(actor people.Actor) string {
	var names []string
	for _, g := range actor.Grants {
		if !slices.Contains(names, string(g.Role)) {
			names = append(names, string(g.Role))
		}
	}
	return strings.Join(names, " ")
}
