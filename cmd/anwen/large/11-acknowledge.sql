-- Everybody is asked to acknowledge the versions that the sample asks for; most have.
INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at, requested_by)
SELECT v.version_id, s.id, v.due_on, v.requested_at, v.requested_by FROM large.versions v, large.staff s
WHERE s.n BETWEEN $1 AND $2 AND s.left_at IS NULL AND s.joined_at < v.requested_at ORDER BY v.version_id, s.n;

CREATE TEMPORARY TABLE gave ON COMMIT DROP AS
SELECT v.*, p.id AS person_id, p.unit_id AS unit, p.position AS post, v.requested_at + (today - v.requested_at) * 0.98 * large.luck(s.n, 71) AS at
FROM large.plan, large.versions v, large.staff s JOIN people p ON p.id = s.id
WHERE s.n BETWEEN $1 AND $2 AND s.left_at IS NULL AND s.joined_at < v.requested_at AND large.luck(s.n * 100 + v.version_id, 72) < 0.7;
INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at, tier, roles, address)
SELECT version_id, person_id, unit, post, locale, text_sha256, statement, statement_sha256, at, tier, '', '' FROM gave ORDER BY at;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT v.requested_at, v.requested_by, 'policies.request', v.subject, jsonb_build_object('unit', 'AH', 'due_on', v.due_on, 'people', count(*), 'new', count(*))
FROM large.versions v JOIN acknowledgement_requests q ON q.version_id = v.version_id JOIN large.staff s ON s.id = q.person_id
WHERE s.n BETWEEN $1 AND $2 GROUP BY v.requested_at, v.requested_by, v.subject, v.due_on
UNION ALL SELECT at, person_id, 'policies.acknowledge', subject,
    jsonb_build_object('locale', locale, 'tier', tier, 'text_sha256', encode(text_sha256, 'hex'), 'statement_sha256', encode(statement_sha256, 'hex')) FROM gave
ORDER BY 1;
