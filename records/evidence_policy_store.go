package records

const countPolicyTexts = `SELECT count(*) FROM policy_texts`

// languages are those of a version in the order of its hash.
const languages = `array_position(ARRAY['zh-Hans', 'zh-Hant', 'en'], x.locale)`

var policyTextDifferences = []string{
	`SELECT 'policy version ' || version_id || ' in ' || locale, 'the text does not have its hash' FROM policy_texts
	WHERE sha256(convert_to(markdown, 'UTF8')) <> sha256 ORDER BY version_id, locale`,
	`WITH stored AS (
		SELECT 'policy:' || p.code AS subject, v.number, v.published_at AS at, v.published_by, v.effective_from, v.material, v.titles, v.sha256, (
			SELECT sha256(string_agg(int8send(octet_length(x.locale)) || convert_to(x.locale, 'UTF8') || int8send(octet_length(x.markdown)) || convert_to(x.markdown, 'UTF8'), ''::bytea ORDER BY ` + languages + `))
			FROM policy_texts x WHERE x.version_id = v.id) AS recomputed
		FROM policy_versions v LEFT JOIN policies p ON p.id = v.policy_id
	), told AS (SELECT *, (data->>'number')::integer AS number FROM audit_events WHERE action = 'policies.publish')
	SELECT coalesce(s.subject, t.subject) || ' version ' || coalesce(s.number, t.number), CASE WHEN s.number IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + `
		WHEN s.recomputed IS DISTINCT FROM s.sha256 THEN 'its texts do not have its hash' ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.number = s.number
	WHERE s.number IS NULL OR t.id IS NULL OR s.recomputed IS DISTINCT FROM s.sha256 OR ` + otherInstant("s.at") + ` OR s.published_by IS DISTINCT FROM t.actor_id
		OR encode(s.sha256, 'hex') <> t.data->>'sha256' OR s.effective_from::text <> t.data->>'effective_from'
		OR s.material <> (t.data->>'material')::boolean OR jsonb_exists(t.data, 'titles') AND s.titles <> t.data->'titles'
	ORDER BY 1`,
}

const countAcknowledgements = `SELECT count(*) FROM acknowledgements`

var acknowledgementDifferences = []string{
	`SELECT 'acknowledgement ' || a.id, CASE WHEN t.version_id IS NULL THEN 'the text that was read is not there'
		WHEN a.text_sha256 <> t.sha256 THEN 'the text that was read has another hash' ELSE 'the statement does not have its hash' END
	FROM acknowledgements a LEFT JOIN policy_texts t ON t.version_id = a.version_id AND t.locale = a.locale
	WHERE t.version_id IS NULL OR a.text_sha256 <> t.sha256 OR sha256(convert_to(a.statement, 'UTF8')) <> a.statement_sha256 ORDER BY a.id`,
	`WITH stored AS (
		SELECT a.*, 'policy:' || p.code || '/' || v.number AS subject FROM acknowledgements a
		LEFT JOIN policy_versions v ON v.id = a.version_id LEFT JOIN policies p ON p.id = v.policy_id
	), told AS (SELECT * FROM audit_events WHERE action = 'policies.acknowledge')
	SELECT coalesce('acknowledgement ' || s.id, 'acknowledgement of ' || t.subject || ' by person ' || t.actor_id),
		CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.actor_id = s.person_id
	WHERE s.id IS NULL OR t.id IS NULL OR s.acknowledged_at <> t.at OR s.locale <> t.data->>'locale' OR s.tier <> (t.data->>'tier')::integer
		OR encode(s.text_sha256, 'hex') <> t.data->>'text_sha256' OR encode(s.statement_sha256, 'hex') <> t.data->>'statement_sha256'
	ORDER BY s.id, t.id`,
	`SELECT 'acknowledgement ' || a.id, 'the questions of the version were not answered right before it' FROM acknowledgements a
	WHERE EXISTS (SELECT FROM policy_questions q WHERE q.version_id = a.version_id)
	  AND NOT EXISTS (SELECT FROM policy_answers w WHERE w.version_id = a.version_id AND w.person_id = a.person_id AND w.correct = w.total AND w.answered_at <= a.acknowledged_at)
	ORDER BY a.id`,
}

const countRequests = `SELECT count(*) FROM acknowledgement_requests`

// Requests are told of in numbers.
var requestDifferences = []string{
	`WITH stored AS (
		SELECT 'policy:' || p.code AS policy, v.number, count(*) AS n FROM acknowledgement_requests q
		LEFT JOIN policy_versions v ON v.id = q.version_id LEFT JOIN policies p ON p.id = v.policy_id GROUP BY p.code, v.number
	), told AS (
		SELECT policy, number, sum(n) AS n FROM (
			SELECT regexp_replace(subject, '/[0-9]+$', '') AS policy, substring(subject FROM '/([0-9]+)$')::integer AS number, (data->>'new')::bigint AS n FROM audit_events WHERE action = 'policies.request'
			UNION ALL SELECT subject, (data->>'number')::integer, (data->>'asked_again')::bigint FROM audit_events WHERE action = 'policies.publish' AND data->>'asked_again' <> '0'
		) e GROUP BY policy, number
	)
	SELECT coalesce(s.policy, t.policy) || ' version ' || coalesce(s.number, t.number), 'the audit log tells of ' || coalesce(t.n, 0) || ' requests, and ' || coalesce(s.n, 0) || ' are there'
	FROM stored s FULL JOIN told t ON t.policy = s.policy AND t.number = s.number WHERE s.n IS DISTINCT FROM t.n ORDER BY 1`,
}
