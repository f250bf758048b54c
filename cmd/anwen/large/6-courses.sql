-- The courses with their ids, and the attempts of the sample's people, which those of
-- others are made of.
INSERT INTO certifications (course_id, created_at)
SELECT k.id, p.began FROM large.plan p, large.planned c JOIN courses k USING (slug) WHERE NOT EXISTS (SELECT FROM certifications n WHERE n.course_id = k.id);
CREATE TABLE large.courses AS
SELECT c.n, c.slug, c.titles, nullif(c.months, 0) AS valid_months, c.quiz, c.latest, c.share, k.id AS course_id, r.id AS revision_id, t.id AS certification
FROM large.planned c JOIN courses k USING (slug) JOIN course_revisions r ON r.course_id = k.id JOIN certifications t ON t.course_id = k.id;
CREATE TABLE large.sittings AS
SELECT c.n AS course, b.passed, row_number() OVER w - 1 AS k, count(*) OVER (PARTITION BY c.n, b.passed) AS many, a.id AS attempt, b.submitted_at - a.started_at AS span, e.data AS told
FROM large.courses c JOIN assignments s ON s.course_id = c.course_id JOIN attempts a ON a.assignment_id = s.id JOIN submissions b ON b.attempt_id = a.id
JOIN audit_events e ON e.subject = 'attempt:' || a.id AND e.action = 'quizzes.submit' WINDOW w AS (PARTITION BY c.n, b.passed ORDER BY a.id);
CREATE TABLE large.cycles (course integer, person_id bigint, n integer, unit_id bigint, cycle integer, assigned_at timestamptz, completed_at timestamptz);
INSERT INTO audit_events (at, actor_id, action, subject, data) SELECT began, compliance, 'certificates.begin', 'certifications', jsonb_build_object('courses', (SELECT count(*) FROM large.courses)) FROM large.plan;
