package people

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// sessionRow is a row of sessions. The token is stored only as its hash, and a
// session is ended, never deleted.
type sessionRow struct {
	Session   `gorm:"embedded"`
	PersonID  int64
	TokenHash []byte
	ExpiresAt time.Time
	RevokedAt *time.Time
}

// TableName is for GORM.
func (sessionRow) TableName() string { return "sessions" }

const candidateColumns = `p.employee_no,
	EXISTS (SELECT FROM known_devices d WHERE d.person_id = p.id AND d.token_hash = @device) AS device_known,
	EXISTS (SELECT FROM known_devices d WHERE d.token_hash = @device) AS device_shared,
	EXISTS (SELECT FROM known_devices d WHERE d.person_id = p.id AND d.address = @address) AS place_known, ` + credentialColumns

// candidate finds a person by login name, or else by employee number.
func (s *Service) candidate(ctx context.Context, login string, from Client) (c candidate, err error) {
	args := map[string]any{"login": login, "upper": strings.ToUpper(login), "device": from.deviceHash(), "address": clip(from.Address, 64)}
	for _, condition := range []string{`p.login = @login`, `p.employee_no IN (@login, @upper)`} {
		if err = s.db.WithContext(ctx).Raw(`SELECT `+candidateColumns+condition, args).Scan(&c).Error; err != nil || c.Of.PersonID != 0 {
			break
		}
	}
	return c, err
}

// insertSessionTx is Unauthenticated when the person has just left.
func insertSessionTx(ctx context.Context, tx database.Tx, token string, personID int64, now time.Time, from Client) (id int64, err error) {
	hash := sha256.Sum256([]byte(token))
	row := sessionRow{PersonID: personID, TokenHash: hash[:], ExpiresAt: now.Add(SessionLife),
		Session: Session{CreatedAt: now, SeenAt: now, UserAgent: clip(from.UserAgent, 300), Address: clip(from.Address, 64)}}
	err = database.Table[sessionRow](tx).Create(ctx, &row)
	if database.Violated(err, "people_left_no_access") {
		err = errs.New(errs.Unauthenticated, "people.wrong_credentials", nil).Because(err)
	}
	return row.ID, err
}

// openSessions are the sessions that nobody has ended.
func openSessions(conn database.Conn) gorm.ChainInterface[sessionRow] {
	return database.Table[sessionRow](conn).Where("revoked_at IS NULL")
}

// endSessionTx reports false when the person has no such open session.
func endSessionTx(ctx context.Context, tx database.Tx, id, personID int64, now time.Time) (ended bool, err error) {
	n, err := openSessions(tx).Where("id = ? AND person_id = ?", id, personID).Update(ctx, "revoked_at", now)
	return n > 0, err
}

// endSessionsTx ends the person's sessions except one; 0 is none.
func endSessionsTx(ctx context.Context, tx database.Tx, personID, except int64, now time.Time) error {
	_, err := openSessions(tx).Where("person_id = ? AND id <> ?", personID, except).Update(ctx, "revoked_at", now)
	return err
}

// sessionsOf reads the person's sessions that are not over, the newest first.
func sessionsOf(ctx context.Context, conn database.Conn, personID int64, now time.Time) ([]Session, error) {
	rows, err := openSessions(conn).Where("person_id = ? AND expires_at > ? AND seen_at > ?", personID, now, now.Add(-SessionIdle)).
		Order("id DESC").Limit(100).Find(ctx)
	list := make([]Session, len(rows))
	for i, r := range rows {
		list[i] = r.Session
	}
	return list, err
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}

type sessionTimes struct{ seen, expires time.Time }

// loadSession reads session, person, unit and grants in one statement: it runs
// before every request that the cache does not know.
func (s *Service) loadSession(ctx context.Context, hash [32]byte, now time.Time) (Actor, sessionTimes, error) {
	var row struct {
		SessionID, PersonID, UnitID                int64
		SeenAt, ExpiresAt                          time.Time
		EmployeeNo, Name, Path, Position, Language string
		Login, Zone, OwnZone                       string
		MustChangePassword                         bool
		Grants                                     string
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT s.id AS session_id, s.seen_at, s.expires_at, p.id AS person_id, p.employee_no, p.login, p.name,
		       p.unit_id, u.path, p.position, p.language, u.zone, p.zone AS own_zone,
		       coalesce(c.temporary, false) AS must_change_password,
		       (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'unit_id', g.unit_id, 'unit_path', gu.path)), '[]')
		        FROM role_grants g JOIN units gu ON gu.id = g.unit_id
		        WHERE g.person_id = p.id AND g.revoked_at IS NULL)::text AS grants
		FROM sessions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id
		LEFT JOIN credentials c ON c.person_id = p.id
		WHERE s.token_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND s.seen_at > ? AND p.status <> 'left'`,
		hash[:], now, now.Add(-SessionIdle)).Scan(&row).Error
	if err != nil {
		return Actor{}, sessionTimes{}, fmt.Errorf("load the session: %w", err)
	}
	if row.SessionID == 0 {
		return Actor{}, sessionTimes{}, errs.New(errs.Unauthenticated, "people.not_signed_in", nil)
	}
	a := Actor{
		PersonID: row.PersonID, SessionID: row.SessionID, EmployeeNo: row.EmployeeNo, Login: row.Login, Name: row.Name,
		UnitID: row.UnitID, UnitPath: row.Path, Position: row.Position, Locale: i18n.Locale(row.Language), Zone: row.Zone, OwnZone: row.OwnZone,
		MustChangePassword: row.MustChangePassword,
	}
	if err := json.Unmarshal([]byte(row.Grants), &a.Grants); err != nil {
		return Actor{}, sessionTimes{}, fmt.Errorf("read the roles of person %d: %w", row.PersonID, err)
	}
	return a, sessionTimes{seen: row.SeenAt, expires: row.ExpiresAt}, nil
}

func (s *Service) touchSession(ctx context.Context, id int64, now time.Time) error {
	return s.db.WithContext(ctx).Exec(`UPDATE sessions SET seen_at = ? WHERE id = ? AND seen_at < ?`, now, id, now.Add(-seenEvery)).Error
}
