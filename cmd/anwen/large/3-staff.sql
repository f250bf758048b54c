-- Everybody as planned, in the order of their joining: the managers of the branches
-- first. Seven of ten were there from the beginning; some move, and some leave.
CREATE TABLE large.staff AS
WITH block AS MATERIALIZED (SELECT large.block('people', people) AS first FROM large.plan),
joined AS (
    SELECT n, first + n - 1 AS id, today, n <= branches AS manages,
        CASE WHEN n <= branches THEN n ELSE 1 + width_bucket(large.luck(n, 1), ends) END AS branch,
        1 + width_bucket(large.luck(n, 2), ends) AS other,
        began + (today - began) * greatest(0, n::float8 / people - 0.7) / 0.31 AS joined_at
    FROM large.plan, block, large.shares, generate_series(1, people) n
)
SELECT n, id, branch, joined_at,
    CASE WHEN fate < 0.06 AND NOT manages THEN joined_at + (today - joined_at) * (0.3 + 0.7 * large.luck(n, 4)) END AS left_at,
    CASE WHEN fate > 0.95 AND NOT manages AND other <> branch THEN joined_at + (today - joined_at) * (0.1 + 0.8 * large.luck(n, 4)) END AS moved_at,
    other AS moved_to
FROM joined, LATERAL (SELECT large.luck(n, 3) AS fate) f;
ALTER TABLE large.staff ADD PRIMARY KEY (n);
UPDATE large.branches b SET manager = s.id FROM large.staff s WHERE s.n = b.k;
ANALYZE large.staff, large.branches;
