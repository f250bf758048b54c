-- Who is assigned which course when, and how it went: planned for the people from one
-- number to another. A person takes a third of the courses; a course is assigned every
-- year, and whoever still has it open gets no next cycle.
INSERT INTO large.cycles (course, person_id, n, unit_id, cycle, assigned_at, completed_at)
WITH takes AS (
    SELECT s.*, c.n AS course, c.latest, large.luck(s.id * 1000 + c.n, 31) AS often, large.luck(s.id * 1000 + c.n, 32) AS idle,
        large.luck(s.id * 1000 + c.n, 33) AS pace
    FROM large.staff s CROSS JOIN large.courses c
    WHERE s.n BETWEEN $1 AND $2 AND large.luck(s.id * 1000 + c.n, 34) < c.share
), planned AS (
    SELECT *, (often > 0.44)::integer + (often > 0.72)::integer + (often > 0.92)::integer AS done, often <= 0.44 OR idle < 0.08 AS open FROM takes
), waves AS (
    SELECT t.*, latest - make_interval(years => years - 1 - wave) AS at
    FROM large.plan p, planned t, LATERAL generate_series(greatest(0, p.years - t.done - t.open::integer), p.years - 1) wave
    WHERE latest - make_interval(years => years - 1 - wave) BETWEEN joined_at AND coalesce(left_at, 'infinity')
), cycles AS (
    SELECT *, row_number() OVER (PARTITION BY id, course ORDER BY at) AS cycle, count(*) OVER (PARTITION BY id, course) AS total,
        at + interval '1 day' * (1 + 72 * pace ^ 1.4) + interval '1 minute' * floor(540 * large.luck(id * 1000 + course, 35)) AS end_at FROM waves
)
SELECT course, c.id, n, b.id, cycle, at,
    CASE WHEN NOT (open AND cycle = total) AND end_at < least(coalesce(left_at, 'infinity'), today - interval '1 hour') THEN end_at END
FROM large.plan, cycles c JOIN large.branches b ON b.k = CASE WHEN c.end_at >= c.moved_at THEN c.moved_to ELSE c.branch END;
