package quizzes

// fits is the condition on an item i that a draw s may take.
const fits = `(s.draw->>'category' IS NULL OR i.category = s.draw->>'category' OR starts_with(i.category, (s.draw->>'category') || '/'))
		AND (s.draw->'tags' IS NULL OR to_jsonb(i.tags) @> (s.draw->'tags'))
		AND (s.draw->>'from' IS NULL OR i.difficulty BETWEEN (s.draw->>'from')::integer AND (s.draw->>'to')::integer)`

// drawables makes pools of sections: what each may draw, single questions or whole
// scenarios, every question of which fits and is reviewed. held is what it puts on
// the paper, the questions of a scenario after its case.
const drawables = `pools AS (
	SELECT u.*, count(*) OVER (PARTITION BY u.n) AS available FROM (
		SELECT s.n, to_jsonb(ARRAY[i.id]) AS ids, i.id::text AS name,
		       jsonb_build_array(jsonb_build_object('version', i.version_id, 'points', coalesce(nullif((s.draw->>'points')::bigint, 0), i.points))) AS held
		FROM sections s JOIN items i ON i.bank_id = (s.draw->>'bank_id')::bigint AND i.state = 'reviewed' AND i.kind <> 'description' AND i.scenario = '' AND ` + fits + `
		WHERE s.draw->'scenarios' IS NULL
		UNION ALL
		SELECT s.n, jsonb_agg(i.id), i.scenario,
		       jsonb_agg(jsonb_build_object('version', i.version_id,
		           'points', CASE WHEN i.kind = 'description' THEN 0 ELSE coalesce(nullif((s.draw->>'points')::bigint, 0), i.points) END) ORDER BY i.kind <> 'description', i.id)
		FROM sections s JOIN items i ON i.bank_id = (s.draw->>'bank_id')::bigint AND i.state <> 'retired' AND i.scenario <> ''
		WHERE s.draw->'scenarios' IS NOT NULL GROUP BY s.n, i.scenario
		HAVING bool_and(i.state = 'reviewed' AND (i.kind = 'description' OR ` + fits + `)) AND bool_or(i.kind <> 'description')
	) u
)`

// drawing makes paper of quiz: the fixed items and what the sections draw, in the
// order of the sections. Draws are made one after the other, smallest pool first,
// and nothing is drawn twice; the seed decides what is drawn. Within a section
// the items stand as they were written, or in the order of the seed when the plan
// shuffles; the items of a scenario stay together, after their case.
const drawing = `sections AS (
	SELECT s.n, s.value->'draw' AS draw, coalesce((s.value->'draw'->>'scenarios')::integer, (s.value->'draw'->>'count')::integer) AS count
	FROM quiz, used, in_force, jsonb_array_elements(quiz.plan->'sections') WITH ORDINALITY AS s(value, n)
	WHERE s.value->'draw' IS NOT NULL AND ` + mayStart + `
), ` + drawables + `, draw_order AS (
	SELECT s.n, s.count, row_number() OVER (ORDER BY coalesce((SELECT max(p.available) FROM pools p WHERE p.n = s.n), 0), s.n) AS step FROM sections s
), drawn AS (
	SELECT CAST(0 AS bigint) AS step, coalesce((
		SELECT jsonb_agg(v.item_id) FROM quiz, sections, quiz_items q JOIN item_versions v ON v.id = q.item_version_id WHERE q.revision_id = quiz.id), '[]') AS taken,
		CAST('[]' AS jsonb) AS picked
	UNION ALL
	SELECT t.step, d.taken || p.ids, d.picked || p.picked
	FROM drawn d JOIN draw_order t ON t.step = d.step + 1
	CROSS JOIN LATERAL (
		SELECT coalesce(jsonb_agg(x.picked), '[]') AS picked,
		       coalesce((SELECT jsonb_agg(e.id) FROM jsonb_array_elements(jsonb_agg(x.ids)) AS l(list), jsonb_array_elements(l.list) AS e(id)), '[]') AS ids
		FROM (
			SELECT p.ids, jsonb_build_object('section', t.n, 'held', p.held, 'place', p.place) AS picked
			FROM (SELECT q.*, md5(CAST(CAST(@seed AS bigint) AS text) || ':' || q.name) AS place FROM pools q WHERE q.n = t.n) p
			WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(p.ids) AS e(id) WHERE d.taken @> e.id) ORDER BY p.place LIMIT t.count
		) x
	) p
), asked AS (
	SELECT q.section, q.item_version_id AS version, q.points, q.position,
	       CASE WHEN (quiz.plan->>'shuffle_items')::boolean THEN md5(CAST(CAST(@seed AS bigint) AS text) || '/' || coalesce(nullif(i.scenario, ''), q.item_version_id::text)) ELSE '' END AS place
	FROM quiz JOIN quiz_items q ON q.revision_id = quiz.id JOIN item_versions v ON v.id = q.item_version_id JOIN items i ON i.id = v.item_id
	UNION ALL
	SELECT (e->>'section')::integer, (h.one->>'version')::bigint, (h.one->>'points')::bigint, h.position, e->>'place'
	FROM (SELECT picked FROM drawn ORDER BY step DESC LIMIT 1) d, jsonb_array_elements(d.picked) e, jsonb_array_elements(e->'held') WITH ORDINALITY AS h(one, position)
), paper AS (
	SELECT jsonb_agg(jsonb_build_object('item_version', asked.version, 'points', asked.points, 'section', asked.section, 'shuffled', NOT coalesce((quiz.plan->>'keep_options')::boolean, false))
	                 ORDER BY asked.section, asked.place, asked.position) AS positions,
	       (SELECT coalesce(jsonb_array_length(picked), 0) FROM drawn ORDER BY step DESC LIMIT 1) = (SELECT coalesce(sum(count), 0) FROM sections) AS complete
	FROM asked, quiz GROUP BY quiz.id
)`
