package policies

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/people"
)

const (
	// asked is, for a person p, a request for the substance of @version.
	asked = `SELECT q.id FROM acknowledgement_requests q WHERE q.person_id = p.id AND q.version_id IN ` + sameSubstance
	// acknowledged is, for a person p, an acknowledgement of the substance of @version.
	acknowledged = `SELECT g.id FROM acknowledgements g WHERE g.person_id = p.id AND g.version_id IN ` + sameSubstance
	// staffBelow are those who work in the unit with the path @path or below it.
	staffBelow = `p.unit_path LIKE @path AND p.status <> 'left'`
	// askedBefore joins each person p who works here to a request for the substance
	// @substance of the policy @policy.
	askedBefore = `FROM acknowledgement_requests q JOIN policy_versions v ON v.id = q.version_id JOIN staff p ON p.id = q.person_id
		WHERE v.policy_id = @policy AND v.substance = @substance AND p.status <> 'left'`
)

// inForceTx is the number of the policy's newest version that is in force on the day, 0
// for none, and whether the policy has ended by then.
func inForceTx(ctx context.Context, tx database.Tx, v knownVersion, today string) (number int, repealed bool, err error) {
	err = tx.WithContext(ctx).Raw(`
		SELECT (SELECT coalesce(max(number), 0) FROM policy_versions WHERE policy_id = p.id AND effective_from <= @today), NOT `+notRepealed+`
		FROM policies p WHERE p.id = @policy`, map[string]any{"today": today, "policy": v.PolicyID}).Row().Scan(&number, &repealed)
	if err != nil {
		return 0, false, fmt.Errorf("version of policy %s in force: %w", v.Code, err)
	}
	return number, repealed, nil
}

// countRequestTx counts whom a request would reach.
func countRequestTx(ctx context.Context, tx database.Tx, args map[string]any) (done Requested, err error) {
	err = tx.WithContext(ctx).Raw(`
		SELECT count(*) AS people, count(r.id) AS asked, count(a.id) FILTER (WHERE r.id IS NULL) AS acknowledged
		FROM staff p
		LEFT JOIN LATERAL (`+asked+` LIMIT 1) r ON true
		LEFT JOIN LATERAL (`+acknowledged+` LIMIT 1) a ON true
		WHERE `+staffBelow, args).Scan(&done).Error
	done.New = done.People - done.Asked - done.Acknowledged
	return done, err
}

// insertRequestsTx asks everybody who was neither asked nor has acknowledged.
func insertRequestsTx(ctx context.Context, tx database.Tx, args map[string]any) (inserted int, err error) {
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at, requested_by)
		SELECT @version, p.id, CAST(@due AS date), @now, @actor FROM staff p
		WHERE `+staffBelow+` AND NOT EXISTS (`+acknowledged+`) AND NOT EXISTS (`+asked+`)
		ON CONFLICT ON CONSTRAINT acknowledgement_requests_key DO NOTHING`, args)
	return int(done.RowsAffected), done.Error
}

// insertRequestsAgainTx asks for a version whoever was asked for the substance that it replaces.
func insertRequestsAgainTx(ctx context.Context, tx database.Tx, actor people.Actor, d checked, version versionRow, replaced newestVersion) (int, error) {
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at, requested_by)
		SELECT DISTINCT CAST(@version AS bigint), p.id, greatest(CAST(@effective AS date), CAST(@today AS date)) + CAST(@days AS integer), CAST(@now AS timestamptz), CAST(@actor AS bigint)
		`+askedBefore, map[string]any{
		"version": version.ID, "effective": d.EffectiveFrom, "today": date.Text(new(actor.Today(version.PublishedAt))), "days": againDays, "now": version.PublishedAt,
		"actor": actor.By(), "policy": replaced.PolicyID, "substance": replaced.Substance})
	if done.Error != nil {
		return 0, fmt.Errorf("ask again about policy %s: %w", d.Code, done.Error)
	}
	return int(done.RowsAffected), nil
}

// countAgain counts whom a material version that replaces the newest would ask.
func countAgain(ctx context.Context, conn database.Conn, replaced newestVersion) (n int, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT count(DISTINCT p.id) `+askedBefore, map[string]any{"policy": replaced.PolicyID, "substance": replaced.Substance}).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("who was asked about policy %d: %w", replaced.PolicyID, err)
	}
	return n, nil
}

// myRequests are what the actor was asked for, as MyRequests lists it.
func myRequests(ctx context.Context, conn database.Conn, actor people.Actor, today string) ([]MyRequest, error) {
	var rows []struct {
		MyRequest
		Titles Texts
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT p.code, v.titles, v.number, v.effective_from::text AS effective_from, r.requested_at,
			coalesce(r.due_on::text, '') AS due_on, coalesce(a.id IS NULL AND r.due_on < @today, false) AS overdue, a.acknowledged_at
		FROM acknowledgement_requests r
		JOIN policy_versions v ON v.id = r.version_id
		JOIN policies p ON p.id = v.policy_id
		`+accepted+`
		WHERE r.person_id = @person
		ORDER BY a.id IS NOT NULL, a.acknowledged_at DESC, r.due_on NULLS LAST, p.code, v.number
		LIMIT 500`, map[string]any{"today": today, "person": actor.PersonID}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("requests to person %d: %w", actor.PersonID, err)
	}
	list := make([]MyRequest, len(rows))
	for i, r := range rows {
		list[i] = r.MyRequest
		list[i].Title = r.Titles.In(actor.Locale)
	}
	return list, nil
}
