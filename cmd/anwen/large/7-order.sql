-- Assignments and completions get their ids in the order of time, as they would have.
CREATE TABLE large.assignments AS
WITH first AS MATERIALIZED (SELECT large.block('assignments', (SELECT count(*) FROM large.cycles)) AS id)
SELECT a, first.id + a - 1 AS id, course, person_id, n, unit_id, cycle, assigned_at, completed_at
FROM first, (SELECT *, row_number() OVER (ORDER BY assigned_at, course, person_id) AS a FROM large.cycles) c;
CREATE INDEX ON large.assignments (a);
CREATE TABLE large.completions AS
WITH of AS MATERIALIZED (SELECT count(*) AS many FROM large.cycles WHERE completed_at IS NOT NULL),
first AS MATERIALIZED (SELECT large.block('completions', many) AS id, large.block('certificates', many) AS certificate FROM of)
SELECT d, first.id + d - 1 AS id, first.certificate + d - 1 AS certificate, c.id AS assignment, course, person_id, n, unit_id, cycle, completed_at
FROM first, (SELECT *, row_number() OVER (ORDER BY completed_at, id) AS d FROM large.assignments WHERE completed_at IS NOT NULL) c;
CREATE INDEX ON large.completions (d);
-- An attempt that failed comes before one in ten that pass, and half as often before none.
CREATE TABLE large.failures AS
SELECT row_number() OVER (ORDER BY at, assignment) AS f, * FROM (
    SELECT d.assignment, d.course, d.person_id, d.completed_at - interval '1 day' * (0.2 + 0.5 * large.luck(d.id, 41)) AS at
    FROM large.completions d JOIN large.courses c ON c.n = d.course AND c.quiz WHERE large.luck(d.id, 42) < 0.1
    UNION ALL
    SELECT a.id, a.course, a.person_id, a.assigned_at + interval '1 day' * (1 + 20 * large.luck(a.id, 41))
    FROM large.assignments a JOIN large.courses c ON c.n = a.course AND c.quiz, large.plan
    WHERE a.completed_at IS NULL AND large.luck(a.id, 42) < 0.06 AND a.assigned_at < today - interval '22 days') f;
CREATE INDEX ON large.failures (f);
DROP TABLE large.cycles;
ANALYZE large.assignments, large.completions, large.failures;
