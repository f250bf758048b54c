package complaints

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/i18n"
)

// Service does everything that is done with complaint facts.
type Service struct {
	db  *gorm.DB
	now func() time.Time
}

// New returns the room. Seed must have run once on its database.
func New(db *gorm.DB, now func() time.Time) *Service { return &Service{db: db, now: now} }

// Seed puts the built-in calendar and rule set into a database that has none. A
// calendar that is there is left as the institution keeps it.
func (s *Service) Seed(ctx context.Context) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := s.seedCalendarTx(ctx, tx, PRC()); err != nil {
			return fmt.Errorf("seed the calendar: %w", err)
		}
		if err := s.seedRulesTx(ctx, tx, HouseRules()); err != nil {
			return fmt.Errorf("seed the rule set: %w", err)
		}
		return nil
	})
}

func (s *Service) seedCalendarTx(ctx context.Context, tx *gorm.DB, c Calendar) error {
	names, err := json.Marshal(c.Names)
	if err != nil {
		return err
	}
	done := tx.Exec(`INSERT INTO calendars (code, names, complete_from, complete_until, updated_at) VALUES (?, ?::jsonb, ?, ?, ?)
		ON CONFLICT DO NOTHING`, c.Code, string(names), c.CompleteFrom, c.CompleteUntil, s.now())
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	for day, special := range c.Days {
		err := tx.Exec(`INSERT INTO calendar_days (calendar, day, kind, name, source) VALUES (?, ?, ?, ?, 'built in')`,
			c.Code, day, string(special.Kind), special.Name).Error
		if err != nil {
			return err
		}
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), Action: "complaints.seed", Subject: "calendar:" + c.Code})
}

func (s *Service) seedRulesTx(ctx context.Context, tx *gorm.DB, r RuleSet) error {
	raw, sum, err := r.Encode()
	if err != nil {
		return err
	}
	done := tx.Exec(`INSERT INTO complaint_rule_sets (code, number, effective_from, body, sha256, published_at) VALUES (?, ?, ?, ?::jsonb, ?, ?)
		ON CONFLICT ON CONSTRAINT complaint_rule_sets_number_key DO NOTHING`, r.Code, r.Number, r.EffectiveFrom, string(raw), sum[:], s.now())
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), Action: "complaints.seed",
		Subject: fmt.Sprintf("rule_set:%s/%d", r.Code, r.Number), Data: map[string]string{"sha256": fmt.Sprintf("%x", sum)}})
}

// Calendar reads a calendar with all its days; ok is false when there is none.
func (s *Service) Calendar(ctx context.Context, code string) (c Calendar, ok bool, err error) {
	return loadCalendar(s.db.WithContext(ctx), code)
}

func loadCalendar(db *gorm.DB, code string) (Calendar, bool, error) {
	var row struct {
		Code, Names                 string
		CompleteFrom, CompleteUntil time.Time
	}
	if err := db.Raw(`SELECT code, names::text AS names, complete_from, complete_until FROM calendars WHERE code = ?`, code).Scan(&row).Error; err != nil || row.Code == "" {
		return Calendar{}, false, err
	}
	c := Calendar{Code: row.Code, Names: map[i18n.Locale]string{}, Days: map[time.Time]SpecialDay{}, CompleteFrom: row.CompleteFrom, CompleteUntil: row.CompleteUntil}
	if err := json.Unmarshal([]byte(row.Names), &c.Names); err != nil {
		return Calendar{}, false, err
	}
	var days []struct {
		Day        time.Time
		Kind, Name string
	}
	if err := db.Raw(`SELECT day, kind, name FROM calendar_days WHERE calendar = ?`, code).Scan(&days).Error; err != nil {
		return Calendar{}, false, err
	}
	for _, d := range days {
		c.Days[d.Day.UTC()] = SpecialDay{Kind: DayKind(d.Kind), Name: d.Name}
	}
	return c, true, nil
}

// storedRules is a rule set with its row.
type storedRules struct {
	RuleSet
	id int64
}

func loadRules(db *gorm.DB) (map[int]storedRules, []RuleSet, error) {
	var rows []struct {
		ID   int64
		Body string
	}
	if err := db.Raw(`SELECT id, body::text AS body FROM complaint_rule_sets WHERE code = 'cn.house' ORDER BY number`).Scan(&rows).Error; err != nil {
		return nil, nil, err
	}
	byNumber, sets := map[int]storedRules{}, []RuleSet{}
	for _, r := range rows {
		var set RuleSet
		if err := json.Unmarshal([]byte(r.Body), &set); err != nil {
			return nil, nil, fmt.Errorf("rule set %d: %w", r.ID, err)
		}
		byNumber[set.Number], sets = storedRules{set, r.ID}, append(sets, set)
	}
	if len(sets) == 0 {
		return nil, nil, fmt.Errorf("there is no rule set: the database was not seeded")
	}
	return byNumber, sets, nil
}
