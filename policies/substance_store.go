package policies

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
