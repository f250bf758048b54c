package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Service does everything that is done with policies and acknowledgements.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	identity Identity // nil until SetIdentity
}

// New returns the room.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// today is the date where the actor is.
func (s *Service) today(actor people.Actor) string {
	return s.now().In(actor.Location()).Format(time.DateOnly)
}

// Texts are one text in several languages.
type Texts = i18n.Texts

// textsJSON is Texts as the database gives them.
type textsJSON string

// texts cannot fail: the column is jsonb, and only this room writes it.
func (t textsJSON) texts() Texts {
	var texts Texts
	if err := json.Unmarshal([]byte(t), &texts); err != nil {
		return nil
	}
	return texts
}

func (t textsJSON) in(l i18n.Locale) string {
	return t.texts().In(l)
}

func asJSON(t Texts) (string, error) {
	if t == nil {
		t = Texts{}
	}
	raw, err := json.Marshal(t)
	return string(raw), err
}

// versionRow is what most verbs need of a version.
type versionRow struct {
	ID            int64
	PolicyID      int64
	Code          string
	Titles        textsJSON
	Number        int
	EffectiveFrom string
	Tier          int
	Substance     int // number of the version whose acknowledgement counts for this one
}

// find returns one version. NotFound when there is no such policy or number.
func find(ctx context.Context, conn database.Conn, code string, number int) (versionRow, error) {
	var rows []versionRow
	err := conn.WithContext(ctx).Raw(`
		SELECT v.id, v.policy_id, p.code, p.titles::text AS titles, v.number, v.effective_from::text AS effective_from, v.substance, v.tier
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? AND v.number = ?`, code, number).Scan(&rows).Error
	if err != nil {
		return versionRow{}, fmt.Errorf("find version %d of policy %s: %w", number, code, err)
	}
	if len(rows) == 0 {
		return versionRow{}, errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": code, "number": number})
	}
	return rows[0], nil
}
