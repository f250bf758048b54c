INSERT INTO assignments (id, course_id, person_id, cycle, due_on, reason, assigned_at, assigned_by) OVERRIDING SYSTEM VALUE
SELECT a.id, c.course_id, a.person_id, a.cycle, day_in(a.assigned_at, 'Asia/Shanghai') + 60, 'unit', a.assigned_at, p.hr
FROM large.plan p, large.assignments a JOIN large.courses c ON c.n = a.course WHERE a.a BETWEEN $1 AND $2 ORDER BY a.a;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT a.assigned_at, p.hr, 'courses.assign', 'course:' || c.slug,
    jsonb_build_object('unit', 'AH', 'person', '', 'due_on', day_in(a.assigned_at, 'Asia/Shanghai') + 60, 'assigned', count(*))
FROM large.plan p, large.assignments a JOIN large.courses c ON c.n = a.course WHERE a.a BETWEEN $1 AND $2
GROUP BY a.assigned_at, p.hr, c.slug ORDER BY a.assigned_at;
