-- The file of one month. One in fifty was found later to be more complex than it looked.
CREATE TEMPORARY TABLE file ON COMMIT DROP AS
SELECT c.*, 'L-TS-' || lpad(c.c::text, 7, '0') AS reference, day_in(c.received_at, 'Asia/Shanghai') AS on_day, closed_at,
    large.luck(c.key, 91) AS l, large.luck(c.key, 92) < 0.02 AND class = 'general' AS reclassified
FROM large.plan, large.cases c, LATERAL (SELECT CASE class WHEN 'general' THEN replied_at ELSE fed_back_at END + interval '1 day' * (1 + 12 * large.luck(c.key, 93)) AS closed_at) e
WHERE c.received_at >= began + make_interval(months => $1) AND c.received_at < began + make_interval(months => $2);

WITH import AS (
    INSERT INTO complaint_imports (file_name, sha256, profile, report, imported_at, imported_by)
    SELECT 'complaints-' || $2 || '.csv', sha256(convert_to('complaints-' || $2, 'UTF8')), 'anwen', '{}', least(began + make_interval(months => $2), today), desk FROM large.plan RETURNING id
)
INSERT INTO complaints (reference, class, channel, product, cause, unit_id, received_at, first_reply_at, first_feedback_at, closed_at, rule_set_id, due_on, due_at, beyond_calendar, import_id)
SELECT reference, class, large.pick(channels, large.luck(key, 94)), large.pick(products, large.luck(key, 95)), large.pick(causes, large.luck(key, 96) ^ 1.5), unit_id, received_at,
    CASE WHEN class = 'general' AND replied_at < today THEN replied_at END, CASE WHEN class = 'complex' AND fed_back_at < today THEN fed_back_at END,
    CASE WHEN closed_at < today THEN closed_at END, p.rule_set,
    CASE class WHEN 'general' THEN day_in(received_at + interval '48 hours', 'Asia/Shanghai') ELSE d.due_on END,
    CASE class WHEN 'general' THEN received_at + interval '48 hours' ELSE midnight(d.due_on + 1, 'Asia/Shanghai') END, class = 'complex' AND d.beyond, import.id
FROM large.plan p, import, file f JOIN large.days d ON d.day = f.on_day ORDER BY f.c;

ALTER TABLE file ADD COLUMN id bigint, ADD COLUMN import_id bigint;
UPDATE file f SET id = c.id, import_id = c.import_id FROM complaints c WHERE c.reference = f.reference;
INSERT INTO responsible_persons (complaint_id, person_id, named_at, named_by)
SELECT f.id, h.id, f.received_at + interval '3 hours', desk FROM large.plan, file f JOIN large.handlers h ON h.k = f.branch AND h.nth = floor(h.many * large.luck(f.key, 97))
WHERE large.luck(f.key, 98) > 0.03 ORDER BY f.c;
INSERT INTO satisfaction_answers (complaint_id, score, answered_on, import_id)
SELECT id, (ARRAY[5,5,5,4,4,4,4,3,2,1])[1 + floor(10 * large.luck(key, 99))::integer], day_in(closed_at, 'Asia/Shanghai') + 1 + floor(3 * l)::integer, import_id
FROM large.plan, file WHERE l < 0.6 AND closed_at < today - interval '5 days' ORDER BY c;
UPDATE complaints c SET class = 'complex', due_on = d.due_on, due_at = midnight(d.due_on + 1, 'Asia/Shanghai'), beyond_calendar = d.beyond,
    first_feedback_at = CASE WHEN f.fed_back_at < today THEN f.fed_back_at END, closed_at = CASE WHEN f.fed_back_at + interval '2 days' < today THEN f.fed_back_at + interval '2 days' END
FROM large.plan, file f JOIN large.days d ON d.day = f.on_day WHERE f.id = c.id AND f.reclassified;

INSERT INTO audit_events (at, actor_id, action, subject, data)
SELECT least(f.received_at + interval '5 days', today), desk, 'complaints.change', 'complaint:' || f.reference, jsonb_build_object('import', f.import_id, 'line', 1 + f.c,
    'before', jsonb_build_object('class', 'general'), 'after', jsonb_build_object('class', 'complex')) FROM large.plan, file f WHERE f.reclassified
UNION ALL SELECT least(began + make_interval(months => $2), today), desk, 'complaints.import', 'complaint_import:' || import_id,
    jsonb_build_object('profile', 'anwen', 'rows', count(*), 'created', count(*), 'updated', count(*) FILTER (WHERE reclassified)) FROM large.plan, file GROUP BY began, today, desk, import_id
ORDER BY 1;
