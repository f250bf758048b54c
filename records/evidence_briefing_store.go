package records

const countBriefingReads = `SELECT count(*) FROM briefing_reads`

// readsWithEvents are the readings, each with its event if it has one, and events
// without a reading.
const readsWithEvents = `WITH stored AS (
		SELECT e.*, 'briefing:' || b.key AS subject, r.number FROM briefing_reads e
		LEFT JOIN briefing_revisions r ON r.id = e.revision_id LEFT JOIN briefings b ON b.id = r.briefing_id
	), told AS (SELECT *, (data->>'revision')::integer AS number FROM audit_events WHERE action = 'briefings.read'),
	both_sides AS (
		SELECT s.revision_id, s.person_id, s.read_at, s.revision_id IS NOT NULL AS stored, t.id IS NOT NULL AS told, t.at,
			coalesce(s.subject, t.subject) AS subject, coalesce(s.number, t.number) AS number, coalesce(s.person_id, t.actor_id) AS person
		FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.number = s.number AND t.actor_id = s.person_id
	)`

var briefingReadDifferences = []string{
	readsWithEvents + `
	SELECT subject || ' revision ' || number || ' by person ' || person, CASE WHEN NOT stored THEN ` + removed + ` ELSE ` + altered + ` END
	FROM both_sides WHERE told AND (NOT stored OR read_at <> at) ORDER BY 1`,
	// Those from before readings were events have one event together.
	readsWithEvents + `, untold AS (
		SELECT count(*) AS n, coalesce(sum(hashtextextended(concat_ws('|', revision_id, person_id, extract(epoch FROM read_at)), 0)::numeric), 0)::text AS sum,
			min(concat_ws(' ', subject, 'revision', number, 'by person', person)) AS first FROM both_sides WHERE NOT told
	), before AS (
		SELECT (data->>'rows')::bigint AS n, data->>'sum' AS sum FROM audit_events WHERE action = 'briefings.reads_before' ORDER BY id DESC LIMIT 1
	)
	SELECT coalesce(u.first, 'briefing reads'), CASE WHEN b.n IS NULL THEN ` + putIn + `
		ELSE 'readings from before they were events are not those that the audit log counted: ' || u.n || ' instead of ' || b.n || ', or others' END
	FROM untold u LEFT JOIN before b ON true WHERE (u.n, u.sum) IS DISTINCT FROM (coalesce(b.n, 0), coalesce(b.sum, '0'))`,
	`SELECT 'briefing revision ' || e.revision_id || ' by person ' || e.person_id, 'its questions were not answered right before it counted as read' FROM briefing_reads e
	WHERE EXISTS (SELECT FROM briefing_questions q WHERE q.revision_id = e.revision_id)
	  AND NOT EXISTS (SELECT FROM briefing_answers w WHERE w.revision_id = e.revision_id AND w.person_id = e.person_id AND w.correct = w.total AND w.answered_at <= e.read_at)
	ORDER BY e.revision_id, e.person_id`,
	`WITH told AS (SELECT *, (data->>'revision')::integer AS number FROM audit_events WHERE action = 'courses.publish_briefing'),
	stored AS (SELECT r.*, 'briefing:' || b.key AS subject FROM briefing_revisions r LEFT JOIN briefings b ON b.id = r.briefing_id)
	SELECT coalesce(s.subject, t.subject) || ' revision ' || coalesce(s.number, t.number), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.number = s.number
	WHERE s.id IS NULL OR t.id IS NULL OR encode(s.sha256, 'hex') <> t.data->>'sha256' ORDER BY 1`,
}

const countMinutes = `SELECT count(*) FROM study_meetings`

var minutesDifferences = []string{
	`WITH told AS (SELECT *, (data->>'number')::integer AS number FROM audit_events WHERE action = 'courses.record_meeting'),
	stored AS (
		SELECT m.*, 'briefing:' || b.key AS subject,
			(SELECT count(*) FROM attendances a WHERE a.meeting_id = m.id AND a.how = 'room') AS room, (SELECT count(*) FROM attendances a WHERE a.meeting_id = m.id AND a.how = 'remote') AS remote
		FROM study_meetings m LEFT JOIN briefings b ON b.id = m.briefing_id
	)
	SELECT 'minutes ' || coalesce(s.number, t.number) || ' of ' || coalesce(s.subject, t.subject), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + `
		WHEN s.room <> (t.data->>'room')::bigint OR s.remote <> (t.data->>'remote')::bigint THEN 'not as many attended as the audit log tells' ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.number = s.number
	WHERE s.id IS NULL OR t.id IS NULL OR ` + otherInstant("s.published_at") + ` OR s.published_by IS DISTINCT FROM t.actor_id
		OR s.room <> (t.data->>'room')::bigint OR s.remote <> (t.data->>'remote')::bigint OR minutes_digest(s.id) <> t.data->>'digest'
	ORDER BY 1`,
	`SELECT 'attendance of person ' || person_id, 'its meeting ' || meeting_id || ' is not there' FROM attendances a
	WHERE NOT EXISTS (SELECT FROM study_meetings m WHERE m.id = a.meeting_id) ORDER BY meeting_id, person_id`,
}
