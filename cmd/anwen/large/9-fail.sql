-- Attempts that failed, each as one that was sat through the verbs, but for the course's
-- lessons, which whoever fails for good has read before.
CREATE TEMPORARY TABLE sat ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('attempts', 'id')) AS id, f.*, s.attempt, s.span
FROM (SELECT * FROM large.failures WHERE f BETWEEN $1 AND $2 ORDER BY f) f
JOIN large.sittings s ON s.course = f.course AND NOT s.passed AND s.k = floor(s.many * large.luck(f.assignment, 51));

INSERT INTO lesson_reads (assignment_id, name, lesson_id, read_at)
SELECT s.assignment, l.name, l.id, s.at - interval '3 hours' + l.n * interval '9 minutes'
FROM sat s JOIN large.assignments a ON a.id = s.assignment AND a.completed_at IS NULL JOIN large.courses c ON c.n = s.course JOIN lessons l ON l.revision_id = c.revision_id;
INSERT INTO attempts (id, revision_id, assignment_id, person_id, number, seed, paper, pass_mark, started_at, deadline_at) OVERRIDING SYSTEM VALUE
SELECT s.id, t.revision_id, s.assignment, s.person_id, 1, t.seed, t.paper, t.pass_mark, s.at, s.at + (t.deadline_at - t.started_at)
FROM sat s JOIN attempts t ON t.id = s.attempt ORDER BY s.id;
INSERT INTO answers (attempt_id, position, revision, response, saved_at)
SELECT s.id, w.position, w.revision, w.response, s.at + (w.saved_at - t.started_at)
FROM sat s JOIN attempts t ON t.id = s.attempt JOIN answers w ON w.attempt_id = t.id ORDER BY s.id, w.position;
INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
SELECT s.id, s.at + s.span, false, b.earned, b.possible, b.passed, b.grades FROM sat s JOIN submissions b ON b.attempt_id = s.attempt ORDER BY s.id;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT s.at + s.span, s.person_id, 'quizzes.submit', 'attempt:' || s.id, t.told FROM sat s JOIN large.sittings t ON t.attempt = s.attempt ORDER BY s.id;
