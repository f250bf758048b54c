package certificates

import (
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// Service issues, renders and verifies certificates.
type Service struct {
	db          *database.Pool
	now         func() time.Time
	institution i18n.Texts
	publicURL   string // without a slash at the end
}

// New returns the room. The name of the institution and the public address become part
// of each certificate when it is issued.
func New(db *database.Pool, now func() time.Time, institution i18n.Texts, publicURL string) *Service {
	return &Service{db: db, now: now, institution: institution, publicURL: publicURL}
}
