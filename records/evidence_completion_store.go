package records

const countCompletions = `SELECT count(*) FROM completions`

var completionDifferences = []string{
	`WITH told AS (SELECT *, (data->>'assignment')::bigint AS assignment FROM audit_events WHERE action = 'courses.complete'),
	stored AS (SELECT * FROM completions WHERE credited_from IS NULL)
	SELECT coalesce('completion ' || s.id, 'completion of assignment ' || t.assignment), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.assignment = s.assignment_id
	WHERE s.id IS NULL OR t.id IS NULL OR s.completed_at <> t.at OR s.person_id IS DISTINCT FROM t.actor_id
		OR s.cycle <> (t.data->>'cycle')::integer OR s.revision_id <> (t.data->>'revision')::bigint
	ORDER BY s.id, t.id`,
	`WITH told AS (SELECT *, (data->>'completion')::bigint AS completion FROM audit_events WHERE action = 'courses.credit'),
	stored AS (SELECT * FROM completions WHERE credited_from IS NOT NULL)
	SELECT 'credited completion ' || coalesce(s.id, t.completion), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.completion = s.id LEFT JOIN completions f ON f.id = s.credited_from
	WHERE s.id IS NULL OR t.id IS NULL OR s.completed_at <> t.at OR s.person_id IS DISTINCT FROM t.actor_id
		OR s.credited_from <> (t.data->>'credited_from')::bigint OR f.id IS NULL OR f.person_id <> s.person_id OR f.completed_at <> s.completed_at
	ORDER BY s.id, t.id`,
	`SELECT 'completion ' || c.id, 'its assignment is another person''s, course''s or cycle''s, or is not there' FROM completions c LEFT JOIN assignments a ON a.id = c.assignment_id
	WHERE (a.person_id, a.course_id, a.cycle) IS DISTINCT FROM (c.person_id, c.course_id, c.cycle) ORDER BY c.id`,
	`SELECT 'completion ' || c.id, 'its revision is of another course, or is not there' FROM completions c LEFT JOIN course_revisions r ON r.id = c.revision_id
	WHERE r.course_id IS DISTINCT FROM c.course_id ORDER BY c.id`,
	// Where the time of an attempt ran out, the course was completed then, and what was
	// read until that was noticed came after it.
	`SELECT 'completion ' || c.id, 'lesson ' || l.name || CASE WHEN x.read_at IS NULL THEN ' was not read' ELSE ' was read after it' END
	FROM completions c JOIN lessons l ON l.revision_id = c.revision_id
	LEFT JOIN lesson_reads x ON x.assignment_id = c.assignment_id AND x.name = l.name
	WHERE c.credited_from IS NULL AND (x.read_at IS NULL OR x.read_at > c.completed_at AND NOT EXISTS (
		SELECT FROM quiz_passes q JOIN submissions b ON b.attempt_id = q.attempt_id WHERE q.assignment_id = c.assignment_id AND b.by_deadline))
	ORDER BY c.id, l.n`,
	`SELECT 'completion ' || c.id, CASE WHEN q.assignment_id IS NULL THEN 'the quiz was not passed' ELSE 'the quiz was passed after it' END
	FROM completions c JOIN course_revisions r ON r.id = c.revision_id AND r.has_quiz LEFT JOIN quiz_passes q ON q.assignment_id = c.assignment_id
	WHERE c.credited_from IS NULL AND (q.assignment_id IS NULL OR q.passed_at > c.completed_at) ORDER BY c.id`,
	`SELECT 'quiz pass of assignment ' || q.assignment_id, 'no submission of it passed' FROM quiz_passes q
	LEFT JOIN attempts a ON a.id = q.attempt_id AND a.assignment_id = q.assignment_id
	LEFT JOIN quiz_revisions r ON r.id = a.revision_id LEFT JOIN submissions b ON b.attempt_id = a.id
	WHERE b.submitted_at IS DISTINCT FROM q.passed_at
	   OR coalesce(r.plan->>'keep', '') <> 'average' AND NOT EXISTS (
		SELECT FROM attempts o JOIN submissions s ON s.attempt_id = o.id LEFT JOIN regrades g ON g.attempt_id = o.id
		WHERE o.assignment_id = q.assignment_id AND (s.passed OR g.passed))
	ORDER BY q.assignment_id`,
	`SELECT 'attempt ' || a.id, 'it passed, and the pass of its assignment is not there' FROM attempts a JOIN submissions b ON b.attempt_id = a.id JOIN quiz_revisions r ON r.id = a.revision_id
	WHERE b.passed AND NOT a.practice AND coalesce(r.plan->>'keep', 'best') = 'best' AND NOT EXISTS (SELECT FROM quiz_passes q WHERE q.assignment_id = a.assignment_id)
	ORDER BY a.id`,
}
