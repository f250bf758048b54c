package complaints

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// importRow is one imported file.
type importRow struct {
	ID         int64
	FileName   string
	SHA256     []byte `gorm:"column:sha256"`
	Profile    string
	Report     Report `gorm:"serializer:json"`
	ImportedAt time.Time
	ImportedBy *int64 // nil: the system itself
}

// TableName is for GORM.
func (importRow) TableName() string { return "complaint_imports" }

func insertImportTx(ctx context.Context, tx database.Tx, actorID int64, in ImportInput, report ImportReport, now time.Time) (id int64, err error) {
	sum := sha256.Sum256(in.Raw)
	row := importRow{FileName: in.FileName, SHA256: sum[:], Profile: report.Profile, Report: report.Report, ImportedAt: now}
	if actorID != 0 {
		row.ImportedBy = &actorID
	}
	err = database.Table[importRow](tx).Create(ctx, &row)
	return row.ID, err
}

// hasUnits tells whether the institution has been set up.
func hasUnits(ctx context.Context, db database.Conn) (found bool, err error) {
	err = db.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM units)`).Scan(&found).Error
	return found, err
}

// unitSet finds the unit of a fact.
type unitSet struct {
	byCode  map[string]people.Unit
	topmost people.Unit // that the complaint desk reaches: for files that name no unit
}

// loadUnitsTx reads every unit, parents before children.
func loadUnitsTx(ctx context.Context, tx database.Tx, desk people.Reach) (unitSet, error) {
	tree, err := people.UnitTree(ctx, tx)
	if err != nil {
		return unitSet{}, err
	}
	set := unitSet{byCode: make(map[string]people.Unit, len(tree))}
	for _, u := range tree {
		set.byCode[u.Code] = u
		if set.topmost.ID == 0 && desk.Covers(u.Path) {
			set.topmost = u
		}
	}
	return set, nil
}

func (s unitSet) of(code string) (people.Unit, bool) {
	if code == "" {
		return s.topmost, s.topmost.ID != 0
	}
	u, ok := s.byCode[code]
	return u, ok
}

// clockTx is the zone and the calendar that facts of unit u are dated by. A profile
// with a zone of its own has no calendar, so every due date says that it lies beyond
// the calendar.
func clockTx(ctx context.Context, tx database.Tx, u people.Unit, profile Profile, calendars map[string]Calendar) (*time.Location, Calendar, error) {
	if profile.Zone != "" {
		zone, err := time.LoadLocation(profile.Zone)
		return zone, Calendar{}, err
	}
	zone, err := time.LoadLocation(u.Zone)
	if err != nil {
		return nil, Calendar{}, err
	}
	c, loaded := calendars[u.Calendar]
	if !loaded {
		if c, _, err = loadCalendar(ctx, tx, u.Calendar); err != nil {
			return nil, Calendar{}, err
		}
		calendars[u.Calendar] = c
	}
	return zone, c, nil
}

// storedComplaint is what a correction is checked against and compared with.
type storedComplaint struct {
	Reference         string
	Class             Class
	Channel           string
	Product           string
	Cause             string
	UnitCode          string
	UnitPath          string
	ReceivedAt        time.Time
	ReceivedPrecision Precision
	FirstReplyAt      *time.Time
	FirstFeedbackAt   *time.Time
	ClosedAt          *time.Time
	Extra             map[string]string `gorm:"serializer:json"`
	ResponsibleID     int64             // 0: nobody
	ResponsibleNo     string
	Responsible       string
	Satisfaction      int // 0: not answered
	AnsweredOn        string
}

// lockStoredTx reads the complaints that the facts correct, by reference, those whose
// references differ only in capitals from one of a fact among them, and keeps
// other files waiting until this one is done: two that hold the same complaints in
// another order would else wait for each other.
func lockStoredTx(ctx context.Context, tx database.Tx, facts []Fact) (map[string]storedComplaint, error) {
	if err := tx.WithContext(ctx).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('complaints.import', 0))`).Error; err != nil {
		return nil, err
	}
	references := make(database.Array[string], len(facts))
	for i, f := range facts {
		references[i] = f.Reference
	}
	var rows []storedComplaint
	err := tx.WithContext(ctx).Raw(`SELECT c.reference, c.class, c.channel, c.product, c.cause, u.code AS unit_code, u.path AS unit_path,
			c.received_at, c.received_precision, c.first_reply_at, c.first_feedback_at, c.closed_at, c.extra,
			coalesce(s.id, 0) AS responsible_id, coalesce(s.employee_no, '') AS responsible_no, coalesce(s.name, '') AS responsible,
			coalesce(a.score, 0) AS satisfaction, coalesce(a.answered_on::text, '') AS answered_on
		FROM complaints c JOIN units u ON u.id = c.unit_id
		     LEFT JOIN responsible_now r ON r.complaint_id = c.id LEFT JOIN staff s ON s.id = r.person_id
		     LEFT JOIN satisfaction_now a ON a.complaint_id = c.id
		WHERE lower(c.reference) = ANY (ARRAY(SELECT lower(r) FROM unnest(CAST(? AS text[])) r))`, references).Scan(&rows).Error
	stored := make(map[string]storedComplaint, len(rows))
	for _, r := range rows {
		stored[r.Reference] = r
	}
	return stored, err
}

// writeTx inserts or updates the facts, as arrays in one statement. A cell that the
// file leaves empty keeps the stored value, as in datedFact.over; what stays the same
// is not touched.
func writeTx(ctx context.Context, tx database.Tx, rows []datedFact, importID int64, measured bool) error {
	type instants = database.Array[*time.Time]
	var references, classes, channels, products, causes, precisions, extras database.Array[string]
	var units, ruleSets database.Array[int64]
	var receipts, dueOns, dueAts database.Array[time.Time]
	var replies, feedbacks, closed instants
	var incomplete database.Array[bool]
	for _, r := range rows {
		extra, err := json.Marshal(r.Extra)
		if err != nil {
			return err
		}
		references, classes, channels = append(references, r.Reference), append(classes, string(r.Class)), append(channels, r.Channel)
		products, causes, precisions = append(products, r.Product), append(causes, r.Cause), append(precisions, string(r.precision))
		extras, units, ruleSets = append(extras, string(extra)), append(units, r.unitID), append(ruleSets, r.ruleSetID)
		receipts, dueOns, dueAts = append(receipts, r.received), append(dueOns, r.due.On), append(dueAts, r.due.At)
		replies, feedbacks, closed = append(replies, r.reply), append(feedbacks, r.feedback), append(closed, r.closed)
		incomplete = append(incomplete, r.due.CalendarIncomplete)
	}
	if len(rows) == 0 {
		return nil
	}
	err := tx.WithContext(ctx).Exec(`
		INSERT INTO complaints AS c (reference, class, channel, product, cause, received_precision, extra, unit_id, rule_set_id,
			received_at, due_on, due_at, first_reply_at, first_feedback_at, closed_at, beyond_calendar, measured, import_id)
		SELECT f.*, ?, ? FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::bigint[], ?::bigint[],
			?::timestamptz[], ?::date[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::boolean[]) AS f
		ON CONFLICT ON CONSTRAINT complaints_reference_key DO UPDATE SET
			class = excluded.class, channel = coalesce(nullif(excluded.channel, ''), c.channel),
			product = coalesce(nullif(excluded.product, ''), c.product), cause = coalesce(nullif(excluded.cause, ''), c.cause),
			received_precision = excluded.received_precision, extra = c.extra || excluded.extra, unit_id = excluded.unit_id,
			rule_set_id = excluded.rule_set_id, received_at = excluded.received_at, due_on = excluded.due_on, due_at = excluded.due_at,
			first_reply_at = coalesce(excluded.first_reply_at, c.first_reply_at),
			first_feedback_at = coalesce(excluded.first_feedback_at, c.first_feedback_at),
			closed_at = coalesce(excluded.closed_at, c.closed_at), beyond_calendar = excluded.beyond_calendar,
			measured = excluded.measured, import_id = excluded.import_id
		WHERE (c.class, c.channel, c.product, c.cause, c.received_precision, c.extra, c.unit_id, c.received_at, c.first_reply_at, c.first_feedback_at, c.closed_at)
			IS DISTINCT FROM (excluded.class, coalesce(nullif(excluded.channel, ''), c.channel), coalesce(nullif(excluded.product, ''), c.product),
				coalesce(nullif(excluded.cause, ''), c.cause), excluded.received_precision, c.extra || excluded.extra, excluded.unit_id, excluded.received_at,
				coalesce(excluded.first_reply_at, c.first_reply_at), coalesce(excluded.first_feedback_at, c.first_feedback_at),
				coalesce(excluded.closed_at, c.closed_at))`,
		measured, importID, references, classes, channels, products, causes, precisions, extras, units, ruleSets,
		receipts, dueOns, dueAts, replies, feedbacks, closed, incomplete).Error
	if err != nil {
		return err
	}
	return answersTx(ctx, tx, rows, importID)
}

// answersTx appends the satisfaction answers that the facts hold and that differ from
// those that count. A cell that the file leaves empty keeps the stored day.
func answersTx(ctx context.Context, tx database.Tx, rows []datedFact, importID int64) error {
	var references database.Array[string]
	var scores database.Array[int64]
	var days database.Array[*string]
	for _, r := range rows {
		if r.Satisfaction == 0 {
			continue
		}
		var day *string
		if r.AnsweredOn != "" {
			day = &r.AnsweredOn
		}
		references, scores, days = append(references, r.Reference), append(scores, int64(r.Satisfaction)), append(days, day)
	}
	if len(references) == 0 {
		return nil
	}
	return tx.WithContext(ctx).Exec(`
		INSERT INTO satisfaction_answers (complaint_id, score, answered_on, import_id)
		SELECT c.id, f.score, coalesce(f.day, a.answered_on), ?
		FROM unnest(?::text[], ?::int[], ?::date[]) AS f(reference, score, day) JOIN complaints c USING (reference)
		LEFT JOIN satisfaction_now a ON a.complaint_id = c.id
		WHERE (a.score, a.answered_on) IS DISTINCT FROM (f.score, coalesce(f.day, a.answered_on))`,
		importID, references, scores, days).Error
}
