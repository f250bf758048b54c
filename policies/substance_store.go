package policies

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// An editorial version carries the substance of the material one before it: an
// acknowledgement of any version of a substance counts for all of them, and
// nobody is asked twice for the same one.

// accepted is, for a version v, the person's first acknowledgement of its
// substance: columns acknowledged_at, statement and number, all null without one.
const accepted = `LEFT JOIN LATERAL (
	SELECT g.id, g.acknowledged_at, g.statement, gv.number FROM acknowledgements g JOIN policy_versions gv ON gv.id = g.version_id
	WHERE g.person_id = @person AND gv.policy_id = v.policy_id AND gv.substance = v.substance
	ORDER BY g.acknowledged_at LIMIT 1) a ON true`

// requested is, for a version v, the first request of its substance to the person.
const requested = `LEFT JOIN LATERAL (
	SELECT q.id, q.due_on FROM acknowledgement_requests q JOIN policy_versions qv ON qv.id = q.version_id
	WHERE q.person_id = @person AND qv.policy_id = v.policy_id AND qv.substance = v.substance
	ORDER BY q.requested_at LIMIT 1) r ON true`

// sameSubstance are the ids of all versions of the substance of @version.
const sameSubstance = `(SELECT o.id FROM policy_versions o JOIN policy_versions t ON t.policy_id = o.policy_id AND t.substance = o.substance WHERE t.id = @version)`

// mustAnswer is, for a policy y, whether the person was asked to acknowledge any version
// of it that has questions, and has not: those of another version are mostly the same.
const mustAnswer = `EXISTS (SELECT FROM policy_versions v ` + accepted + ` ` + requested + `
	WHERE v.policy_id = y.id AND r.id IS NOT NULL AND a.id IS NULL AND EXISTS (SELECT FROM policy_questions q WHERE q.version_id = v.id))`

// mustAnswerAny reports whether the person must still answer questions about the policy.
func mustAnswerAny(ctx context.Context, conn database.Conn, code string, personID int64) (must bool, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM policies y WHERE y.code = @code AND `+mustAnswer+`)`,
		map[string]any{"code": code, "person": personID}).Scan(&must).Error
	if err != nil {
		return false, fmt.Errorf("what person %d must answer of policy %s: %w", personID, code, err)
	}
	return must, nil
}
