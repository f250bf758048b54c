package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// RequestInput asks a unit and everything below it to acknowledge a version.
type RequestInput struct {
	Code     string
	Number   int
	UnitCode string
	DueOn    string // date; empty: no due date
	DryRun   bool   // count, and change nothing
}

// Requested is whom a request reaches. The four parts add up to People.
type Requested struct {
	People       int // who work in the unit or below
	New          int // asked by this request
	Asked        int // had been asked before; their due date stays
	Acknowledged int // had acknowledged without being asked
	DryRun       bool
}

// RequestAcknowledgement asks everybody who works in the unit, and has neither
// been asked nor acknowledged yet. Forbidden without the role Compliance;
// NotFound for an unknown version and for a unit beyond the actor's reach;
// Invalid for a due date that has passed.
func (s *Service) RequestAcknowledgement(ctx context.Context, actor people.Actor, in RequestInput) (Requested, error) {
	var done Requested
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		done, err = s.RequestAcknowledgementTx(ctx, tx, actor, in)
		return err
	})
	return done, err
}

// RequestAcknowledgementTx is RequestAcknowledgement in the caller's transaction.
func (s *Service) RequestAcknowledgementTx(ctx context.Context, tx database.Tx, actor people.Actor, in RequestInput) (Requested, error) {
	reach := actor.Over(people.Compliance)
	if err := reach.Require(); err != nil {
		return Requested{}, err
	}
	due, err := s.dueDate(actor, in.DueOn)
	if err != nil {
		return Requested{}, err
	}
	version, err := find(ctx, tx, in.Code, in.Number)
	if err != nil {
		return Requested{}, err
	}
	unit, err := reach.Unit(ctx, tx, in.UnitCode)
	if err != nil {
		return Requested{}, err
	}
	args := map[string]any{
		"version": version.ID, "path": unit.Path + "%", "due": due, "now": s.now(), "actor": nullable(actor.PersonID),
	}
	var done Requested
	err = tx.WithContext(ctx).Raw(`
		SELECT count(*) AS people, count(r.id) AS asked, count(a.id) FILTER (WHERE r.id IS NULL) AS acknowledged
		`+staffOf+`
		LEFT JOIN LATERAL (SELECT id FROM acknowledgement_requests q WHERE q.person_id = p.id AND q.version_id IN `+sameSubstance+` LIMIT 1) r ON true
		LEFT JOIN LATERAL (SELECT id FROM acknowledgements g WHERE g.person_id = p.id AND g.version_id IN `+sameSubstance+` LIMIT 1) a ON true
		WHERE `+atWork, args).Scan(&done).Error
	if err != nil {
		return Requested{}, fmt.Errorf("count whom to ask about policy %s: %w", in.Code, err)
	}
	done.New, done.DryRun = done.People-done.Asked-done.Acknowledged, in.DryRun
	if in.DryRun || done.New == 0 {
		return done, nil
	}
	inserted := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at, requested_by)
		SELECT @version, p.id, CAST(@due AS date), @now, @actor `+staffOf+`
		WHERE `+atWork+` AND NOT EXISTS (SELECT 1 FROM acknowledgements g WHERE g.person_id = p.id AND g.version_id IN `+sameSubstance+`)
			AND NOT EXISTS (SELECT 1 FROM acknowledgement_requests q WHERE q.person_id = p.id AND q.version_id IN `+sameSubstance+`)
		ON CONFLICT ON CONSTRAINT acknowledgement_requests_key DO NOTHING`, args)
	if inserted.Error != nil {
		return Requested{}, fmt.Errorf("ask about policy %s: %w", in.Code, inserted.Error)
	}
	// Somebody else's request may have come between the count and the insert.
	done.Asked += done.New - int(inserted.RowsAffected)
	done.New = int(inserted.RowsAffected)
	return done, audit.RecordTx(ctx, tx, audit.Event{
		At: s.now(), ActorID: actor.PersonID, Action: "policies.request", Subject: fmt.Sprintf("policy:%s/%d", in.Code, in.Number),
		Data: map[string]any{"unit": in.UnitCode, "due_on": in.DueOn, "people": done.People, "new": done.New},
	})
}

// againDays is how long somebody has for what replaces a version that they were
// asked for, from the later of its effect and its publication.
const againDays = 14

// askAgainTx asks for a material version everybody who was asked for the one that
// it replaces, whether they had acknowledged that or not. The older requests stay.
func (s *Service) askAgainTx(ctx context.Context, tx database.Tx, actor people.Actor, d checked, versionID int64, newest newestVersion) (int, error) {
	if d.Editorial || newest.PolicyID == 0 {
		return 0, nil
	}
	asked := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at, requested_by)
		SELECT DISTINCT CAST(@version AS bigint), p.id, greatest(CAST(@effective AS date), CAST(@today AS date)) + CAST(@days AS integer), CAST(@now AS timestamptz), CAST(@actor AS bigint)
		FROM acknowledgement_requests q JOIN policy_versions v ON v.id = q.version_id JOIN people p ON p.id = q.person_id
		WHERE v.policy_id = @policy AND v.substance = @substance AND p.status <> 'left'`, map[string]any{
		"version": versionID, "effective": d.EffectiveFrom, "today": s.today(actor), "days": againDays, "now": s.now(),
		"actor": nullable(actor.PersonID), "policy": newest.PolicyID, "substance": newest.Substance})
	if asked.Error != nil {
		return 0, fmt.Errorf("ask again about policy %s: %w", d.Code, asked.Error)
	}
	return int(asked.RowsAffected), nil
}

const (
	staffOf = `FROM people p JOIN units u ON u.id = p.unit_id`
	atWork  = `u.path LIKE @path AND p.status <> 'left'`
)

func (s *Service) dueDate(actor people.Actor, dueOn string) (*string, error) {
	if dueOn == "" {
		return nil, nil
	}
	var faults errs.Faults
	if _, err := time.Parse(time.DateOnly, dueOn); err != nil {
		faults.Add(errs.Place{Field: "due_on"}, "policies.bad_date", errs.Args{"value": dueOn})
	} else if dueOn < s.today(actor) {
		faults.Add(errs.Place{Field: "due_on"}, "policies.due_passed", errs.Args{"date": dueOn})
	}
	return &dueOn, faults.Err("policies.refused")
}

// nullable is nil for the system itself, which is no person.
func nullable(personID int64) *int64 {
	if personID == 0 {
		return nil
	}
	return &personID
}

// MyRequest is what the actor is asked to acknowledge.
type MyRequest struct {
	Code           string
	Title          string
	Number         int
	EffectiveFrom  string
	RequestedAt    time.Time
	DueOn          string
	Overdue        bool
	AcknowledgedAt *time.Time
}

// MyRequests lists what the actor was asked to acknowledge: what is outstanding
// first, by due date, then what is done, the newest first.
func (s *Service) MyRequests(ctx context.Context, actor people.Actor) ([]MyRequest, error) {
	var rows []struct {
		MyRequest
		Titles textsJSON
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT p.code, p.titles::text AS titles, v.number, v.effective_from::text AS effective_from, r.requested_at,
			coalesce(r.due_on::text, '') AS due_on, coalesce(a.id IS NULL AND r.due_on < @today, false) AS overdue, a.acknowledged_at
		FROM acknowledgement_requests r
		JOIN policy_versions v ON v.id = r.version_id
		JOIN policies p ON p.id = v.policy_id
		`+accepted+`
		WHERE r.person_id = @person
		ORDER BY a.id IS NOT NULL, a.acknowledged_at DESC, r.due_on NULLS LAST, p.code, v.number
		LIMIT 500`, map[string]any{"today": s.today(actor), "person": actor.PersonID}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("requests to person %d: %w", actor.PersonID, err)
	}
	list := make([]MyRequest, len(rows))
	for i, r := range rows {
		list[i] = r.MyRequest
		list[i].Title = r.Titles.in(actor.Locale)
	}
	return list, nil
}
