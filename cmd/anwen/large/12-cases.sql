-- Six complaints for each of the staff, over the years and in working hours, more of them
-- in the large branches; who handles them works there.
CREATE TABLE large.handlers AS
SELECT b.k, row_number() OVER (PARTITION BY b.k ORDER BY p.id) - 1 AS nth, count(*) OVER (PARTITION BY b.k) AS many, p.id
FROM large.branches b JOIN people p ON p.unit_id = b.id
WHERE p.status = 'active' AND (p.position IN ('投诉处理专员', '大堂经理') OR p.id = b.manager);
CREATE INDEX ON large.handlers (k, nth);
CREATE TABLE large.cases AS
SELECT row_number() OVER (ORDER BY received_at, key) AS c, b.id AS unit_id, x.*,
    received_at + interval '1 hour' * (4 - 16 * ln(1 - large.luck(key, 81))) AS replied_at,
    received_at + interval '1 day' * (1 + 10 * large.luck(key, 82)) AS fed_back_at
FROM (
    SELECT key, 1 + width_bucket(large.luck(key, 83), ends) AS branch, CASE WHEN large.luck(key, 84) < 0.25 THEN 'complex' ELSE 'general' END AS class,
        date_trunc('day', began + (today - began) * (1 - (1 - large.luck(key, 85)) ^ 1.15)) + interval '1 minute' * floor(660 * large.luck(key, 86)) AS received_at
    FROM large.plan, large.shares, generate_series(1, 6 * people) key
) x JOIN large.branches b ON b.k = x.branch, large.plan WHERE received_at < today - interval '1 hour';
CREATE INDEX ON large.cases (received_at);
ANALYZE large.handlers, large.cases;
