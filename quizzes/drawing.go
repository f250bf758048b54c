package quizzes

// drawing makes paper of quiz: the fixed items and what the sections draw, in the
// order of the sections. Draws are made one after the other, smallest pool first,
// and take nothing twice; what they take follows from the seed. Within a section
// the items stand as they were written, or in the order of the seed when the plan
// shuffles; the items of a scenario stay together, behind their case.
const drawing = `sections AS (
	SELECT s.n, s.value->'draw' AS draw, (s.value->'draw'->>'count')::integer AS count
	FROM quiz, used, terms, jsonb_array_elements(quiz.plan->'sections') WITH ORDINALITY AS s(value, n)
	WHERE s.value->'draw' IS NOT NULL AND ` + mayStart + `
), pools AS (
	SELECT s.n, i.id, i.version_id, coalesce(nullif((s.draw->>'points')::bigint, 0), i.points) AS points,
	       md5(CAST(CAST(@seed AS bigint) AS text) || ':' || i.id) AS place, count(*) OVER (PARTITION BY s.n) AS available
	FROM sections s JOIN items i ON i.bank_id = (s.draw->>'bank_id')::bigint AND i.state = 'reviewed' AND i.kind <> 'description' AND i.scenario = ''
		AND (s.draw->>'category' IS NULL OR i.category = s.draw->>'category' OR starts_with(i.category, (s.draw->>'category') || '/'))
		AND (s.draw->'tags' IS NULL OR to_jsonb(i.tags) @> (s.draw->'tags'))
		AND (s.draw->>'from' IS NULL OR i.difficulty BETWEEN (s.draw->>'from')::integer AND (s.draw->>'to')::integer)
), turns AS (
	SELECT s.n, s.count, row_number() OVER (ORDER BY coalesce((SELECT max(p.available) FROM pools p WHERE p.n = s.n), 0), s.n) AS turn FROM sections s
), drawn AS (
	SELECT CAST(0 AS bigint) AS turn, ARRAY(
		SELECT v.item_id FROM quiz, sections, quiz_items q JOIN item_versions v ON v.id = q.item_version_id WHERE q.revision_id = quiz.id) AS taken,
		CAST('[]' AS jsonb) AS picked
	UNION ALL
	SELECT t.turn, d.taken || p.ids, d.picked || p.picked
	FROM drawn d JOIN turns t ON t.turn = d.turn + 1
	CROSS JOIN LATERAL (
		SELECT coalesce(array_agg(x.id), '{}') AS ids,
		       coalesce(jsonb_agg(jsonb_build_object('section', t.n, 'version', x.version_id, 'points', x.points, 'place', x.place)), '[]') AS picked
		FROM (SELECT * FROM pools p WHERE p.n = t.n AND p.id <> ALL (d.taken) ORDER BY p.place LIMIT t.count) x
	) p
), asked AS (
	SELECT q.section, q.item_version_id AS version, q.points, q.position,
	       CASE WHEN (quiz.plan->>'shuffle_items')::boolean THEN md5(CAST(CAST(@seed AS bigint) AS text) || '/' || coalesce(nullif(i.scenario, ''), q.item_version_id::text)) ELSE '' END AS place
	FROM quiz JOIN quiz_items q ON q.revision_id = quiz.id JOIN item_versions v ON v.id = q.item_version_id JOIN items i ON i.id = v.item_id
	UNION ALL
	SELECT (e->>'section')::integer, (e->>'version')::bigint, (e->>'points')::bigint, 0, e->>'place'
	FROM (SELECT picked FROM drawn ORDER BY turn DESC LIMIT 1) d, jsonb_array_elements(d.picked) e
), paper AS (
	SELECT jsonb_agg(jsonb_build_object('item_version', asked.version, 'points', asked.points, 'shuffled', NOT coalesce((quiz.plan->>'keep_options')::boolean, false))
	                 ORDER BY asked.section, asked.place, asked.position) AS positions,
	       (SELECT coalesce(jsonb_array_length(picked), 0) FROM drawn ORDER BY turn DESC LIMIT 1) = (SELECT coalesce(sum(count), 0) FROM sections) AS complete
	FROM asked, quiz GROUP BY quiz.id
)`
