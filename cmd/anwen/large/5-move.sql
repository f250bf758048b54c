-- Who moved and who left in one month, as the staff list of that month told.
SELECT set_config('anwen.changed_at', (began + make_interval(months => $2))::text, true), set_config('anwen.changed_by', hr::text, true) FROM large.plan;

UPDATE people p SET unit_id = b.id, manager_id = nullif(b.manager, p.id), updated_at = s.moved_at
FROM large.plan, large.staff s JOIN large.branches b ON b.k = s.moved_to
WHERE p.id = s.id AND s.moved_at >= began + make_interval(months => $1) AND s.moved_at < began + make_interval(months => $2);

UPDATE people p SET status = 'left', updated_at = s.left_at FROM large.plan, large.staff s
WHERE p.id = s.id AND s.left_at >= began + make_interval(months => $1) AND s.left_at < began + make_interval(months => $2);

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT began + make_interval(months => $2), hr, 'people.import', 'people:changes.csv', jsonb_build_object('month', $2) FROM large.plan;
