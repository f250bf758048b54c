-- What completing a course writes: lessons read, the quiz passed, completion, certificate.
CREATE TEMPORARY TABLE done ON COMMIT DROP AS
SELECT d.d, d.id AS completion, d.certificate, d.assignment, d.course, d.person_id, d.unit_id, d.cycle, d.completed_at, c.course_id, c.revision_id, c.slug, c.certification, c.valid_months, day_in(d.completed_at, 'Asia/Shanghai') AS on_day, large.serial(d.certificate) AS serial,
    '{"holder":' || to_json(p.name) || ',"employee_no":' || to_json(p.employee_no) || ',"titles":' || c.titles || ',"institution":' || to_json(plan.institution)
        || ',"locale":"zh-Hans","verify_url":' || to_json(plan.verify || large.serial(d.certificate)) || '}' AS content
FROM large.plan, large.completions d JOIN large.courses c ON c.n = d.course JOIN people p ON p.id = d.person_id WHERE d.d BETWEEN $1 AND $2;

CREATE TEMPORARY TABLE sat ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('attempts', 'id')) AS id, d.*, s.attempt, s.span, 1 + (EXISTS (SELECT FROM attempts f WHERE f.assignment_id = d.assignment))::integer AS number
FROM (SELECT * FROM done ORDER BY d) d JOIN large.sittings s ON s.course = d.course AND s.passed AND s.k = floor(s.many * large.luck(d.completion, 61));
ANALYZE done, sat;

INSERT INTO lesson_reads (assignment_id, name, lesson_id, read_at)
SELECT d.assignment, l.name, l.id, d.completed_at - interval '20 hours' + l.n * interval '9 minutes' FROM done d JOIN lessons l ON l.revision_id = d.revision_id ORDER BY d.d;
INSERT INTO attempts (id, revision_id, assignment_id, person_id, number, seed, paper, pass_mark, started_at, deadline_at) OVERRIDING SYSTEM VALUE
SELECT s.id, t.revision_id, s.assignment, s.person_id, s.number, t.seed, t.paper, t.pass_mark, s.completed_at - s.span, s.completed_at - s.span + (t.deadline_at - t.started_at)
FROM sat s JOIN attempts t ON t.id = s.attempt ORDER BY s.id;
INSERT INTO answers (attempt_id, position, revision, response, saved_at)
SELECT s.id, w.position, w.revision, w.response, s.completed_at - s.span + (w.saved_at - t.started_at)
FROM sat s JOIN attempts t ON t.id = s.attempt JOIN answers w ON w.attempt_id = t.id ORDER BY s.id, w.position;
INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
SELECT s.id, s.completed_at, false, b.earned, b.possible, b.passed, b.grades FROM sat s JOIN submissions b ON b.attempt_id = s.attempt ORDER BY s.id;
INSERT INTO quiz_passes (assignment_id, attempt_id, passed_at) SELECT assignment, id, completed_at FROM sat ORDER BY id;

INSERT INTO completions (id, assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at) OVERRIDING SYSTEM VALUE
SELECT completion, assignment, person_id, course_id, revision_id, cycle, unit_id, completed_at FROM done ORDER BY d;
INSERT INTO certificates (id, serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until) OVERRIDING SYSTEM VALUE
SELECT certificate, serial, certification, person_id, cycle, completion, content::jsonb, completed_at, on_day, (on_day + make_interval(months => valid_months))::date FROM done ORDER BY d;
INSERT INTO certificate_revocations (certificate_id, revoked_at, revoked_by, reason)
SELECT certificate, least(completed_at + interval '40 days', today), compliance, '培训记录经复核不成立' FROM large.plan, done WHERE large.luck(certificate, 62) < 0.005;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT completed_at, person_id, 'quizzes.submit', 'attempt:' || s.id, t.told FROM sat s JOIN large.sittings t ON t.attempt = s.attempt
UNION ALL SELECT completed_at, person_id, 'certificates.issue', 'certificate:' || serial, jsonb_build_object('course', slug, 'cycle', cycle, 'completion', completion,
    'issued_on', on_day, 'valid_until', coalesce((on_day + make_interval(months => valid_months))::date::text, ''), 'content', encode(sha256(convert_to(content, 'UTF8')), 'hex')) FROM done
UNION ALL SELECT completed_at, person_id, 'courses.complete', 'course:' || slug, jsonb_build_object('assignment', assignment, 'cycle', cycle, 'revision', revision_id) FROM done
UNION ALL SELECT r.revoked_at, r.revoked_by, 'certificates.revoke', 'certificate:' || d.serial, jsonb_build_object('reason', r.reason)
    FROM done d JOIN certificate_revocations r ON r.certificate_id = d.certificate
ORDER BY 1;
