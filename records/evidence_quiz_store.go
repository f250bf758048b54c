package records

const countItemVersions = `SELECT (SELECT count(*) FROM item_versions) + (SELECT count(*) FROM pictures)`

var itemDifferences = []string{
	`SELECT 'item version ' || id, 'its bytes do not have its hash' FROM item_versions WHERE sha256(body) <> sha256 ORDER BY id`,
	`SELECT 'picture ' || encode(sha256, 'hex'), 'its bytes do not have its hash' FROM pictures WHERE sha256(bytes) <> sha256 ORDER BY 1`,
}

const countAttempts = `SELECT count(*) FROM attempts`

// A paper holds what its revision asks: every fixed item with its points, and beside
// those only what is drawn.
var paperDifferences = []string{
	`SELECT 'attempt ' || a.id, CASE WHEN r.id IS NULL THEN 'the revision of its quiz is not there' ELSE 'its pass mark or seed is not that of its paper and quiz' END
	FROM attempts a LEFT JOIN quiz_revisions r ON r.id = a.revision_id
	WHERE r.id IS NULL OR a.pass_mark <> r.pass_mark OR a.pass_mark <> (a.paper->>'pass_mark')::integer OR a.seed <> (a.paper->>'seed')::bigint ORDER BY a.id`,
	`SELECT 'attempt ' || a.id, 'its paper does not ask item version ' || i.item_version_id || ' for ' || i.points || ' thousandths' FROM attempts a JOIN quiz_items i ON i.revision_id = a.revision_id
	WHERE NOT a.paper->'positions' @> jsonb_build_array(jsonb_build_object('item_version', i.item_version_id, 'points', i.points)) ORDER BY a.id, i.position`,
	`SELECT 'attempt ' || a.id, 'its paper asks ' || jsonb_array_length(a.paper->'positions') || ' items, and its quiz has ' || q.fixed FROM attempts a
	JOIN quiz_revisions r ON r.id = a.revision_id CROSS JOIN LATERAL (SELECT count(*) AS fixed FROM quiz_items i WHERE i.revision_id = r.id) q
	WHERE jsonb_array_length(a.paper->'positions') <> q.fixed AND NOT coalesce(jsonb_path_exists(r.plan, '$.sections[*].draw'), false)
	   OR jsonb_array_length(a.paper->'positions') < q.fixed ORDER BY a.id`,
	`SELECT 'answers of attempt ' || w.attempt_id || ' to position ' || w.position, CASE WHEN a.id IS NULL THEN 'their attempt is not there'
		WHEN w.position > jsonb_array_length(a.paper->'positions') THEN 'its paper has no such position' ELSE 'their revisions are not 1 to ' || w.n END
	FROM (SELECT attempt_id, position, count(*) AS n, min(revision) AS first, max(revision) AS last FROM answers GROUP BY attempt_id, position) w
	LEFT JOIN attempts a ON a.id = w.attempt_id
	WHERE a.id IS NULL OR w.first <> 1 OR w.last <> w.n OR w.position > jsonb_array_length(a.paper->'positions') ORDER BY w.attempt_id, w.position`,
}

var submissionDifferences = []string{
	`SELECT 'submission of attempt ' || b.attempt_id, 'its attempt is not there' FROM submissions b WHERE NOT EXISTS (SELECT FROM attempts a WHERE a.id = b.attempt_id) ORDER BY b.attempt_id`,
	`SELECT 'submission of ' || replace(e.subject, ':', ' '), ` + removed + ` FROM audit_events e
	WHERE e.action = 'quizzes.submit' AND NOT EXISTS (SELECT FROM submissions b WHERE 'attempt:' || b.attempt_id = e.subject) ORDER BY e.id`,
}

const countRegrades = `SELECT (SELECT count(*) FROM marks) + (SELECT count(*) FROM regrades) + (SELECT count(*) FROM corrections)`

// The n-th mark and the n-th regrade of an attempt have the n-th event of it, and so has
// the n-th correction of a quiz.
var regradeDifferences = []string{
	`WITH told AS (SELECT *, row_number() OVER (PARTITION BY subject ORDER BY id) AS n FROM audit_events WHERE action = 'quizzes.mark'),
	stored AS (SELECT *, 'attempt:' || attempt_id AS subject, row_number() OVER (PARTITION BY attempt_id ORDER BY id) AS n FROM marks)
	SELECT 'mark ' || coalesce(s.n, t.n) || ' of ' || replace(coalesce(s.subject, t.subject), ':', ' '), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.n = s.n
	WHERE s.id IS NULL OR t.id IS NULL OR s.marked_at <> t.at OR s.marker_id IS DISTINCT FROM t.actor_id OR s.position <> (t.data->>'position')::integer
		OR s.earned <> (t.data->>'earned')::bigint OR s.possible <> (t.data->>'possible')::bigint
	ORDER BY s.id, t.id`,
	`WITH told AS (SELECT *, row_number() OVER (PARTITION BY subject ORDER BY id) AS n FROM audit_events WHERE action = 'quizzes.regrade'),
	stored AS (SELECT *, 'attempt:' || attempt_id AS subject FROM regrades)
	SELECT 'regrade ' || coalesce(s.number, t.n) || ' of ' || replace(coalesce(s.subject, t.subject), ':', ' '), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.n = s.number
	WHERE s.id IS NULL OR t.id IS NULL OR s.graded_at <> t.at OR s.graded_by IS DISTINCT FROM t.actor_id OR s.reason <> t.data->>'reason' OR s.note <> t.data->>'note'
		OR s.earned <> (t.data->>'earned')::bigint OR s.possible <> (t.data->>'possible')::bigint OR s.passed <> (t.data->>'passed')::boolean
	ORDER BY s.id, t.id`,
	`WITH told AS (SELECT *, (data->>'id')::bigint AS n FROM audit_events WHERE action = 'quizzes.correct'),
	stored AS (SELECT *, 'quiz:' || quiz_id AS subject, id AS n FROM corrections)
	SELECT 'correction ' || coalesce(s.n, t.n) || ' of ' || replace(coalesce(s.subject, t.subject), ':', ' '), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.n = s.n
	WHERE s.id IS NULL OR t.id IS NULL OR s.made_at <> t.at OR s.made_by IS DISTINCT FROM t.actor_id OR s.item_version_id <> (t.data->>'version')::bigint
		OR s.correction <> t.data->>'correction' OR s.by_version_id IS DISTINCT FROM (t.data->>'by_version')::bigint OR s.note <> t.data->>'note'
	ORDER BY s.id, t.id`,
}
