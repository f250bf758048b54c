package certificates

import (
	"time"

	"gorm.io/gorm"
)

// Service issues, renders and verifies certificates.
type Service struct {
	db          *gorm.DB
	now         func() time.Time
	institution string
	publicURL   string // without a slash at the end
}

// New returns the room. The institution and the public address are frozen into
// each certificate when it is issued.
func New(db *gorm.DB, now func() time.Time, institution, publicURL string) *Service {
	return &Service{db: db, now: now, institution: institution, publicURL: publicURL}
}
