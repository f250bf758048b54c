-- Those who joined from one number to another: the parameters of every part.
SELECT set_config('anwen.changed_at', max(joined_at)::text, true), set_config('anwen.changed_by', max(hr)::text, true)
FROM large.staff, large.plan WHERE n BETWEEN $1 AND $2;

INSERT INTO people (id, employee_no, login, name, unit_id, position, manager_id, email, created_at, updated_at) OVERRIDING SYSTEM VALUE
SELECT s.id, no, lower(no),
    large.pick(p.surnames, large.luck(s.n, 21)) || CASE WHEN large.luck(s.n, 22) < 0.4 THEN large.pick(p.given[1:17], large.luck(s.n, 23)) || large.pick(p.given[1:17], large.luck(s.n, 24))
        ELSE large.pick(p.given, large.luck(s.n, 25)) END,
    b.id, CASE WHEN s.n <= p.branches THEN '支行行长' ELSE large.pick(p.positions, large.luck(s.n, 26)) END,
    nullif(b.manager, s.id), no || '@anhe.example', s.joined_at, s.joined_at
FROM large.plan p, large.staff s JOIN large.branches b ON b.k = s.branch, LATERAL (SELECT 'L' || lpad(s.n::text, 7, '0') AS no) number
WHERE s.n BETWEEN $1 AND $2 ORDER BY s.n;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT max(joined_at), max(hr), 'people.import', 'people:staff.csv', jsonb_build_object('rows', count(*), 'created', count(*))
FROM large.staff, large.plan WHERE n BETWEEN $1 AND $2;
