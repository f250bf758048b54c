-- Regions below the institution and branches below them: few large ones, many small.
CREATE TABLE large.regions AS
SELECT n, nextval(pg_get_serial_sequence('units', 'id')) AS id FROM large.plan, generate_series(1, regions) n;
CREATE TABLE large.branches AS
SELECT k, 1 + (k - 1) % regions AS region, nextval(pg_get_serial_sequence('units', 'id')) AS id, 1 / (k + 4) ^ 0.8 AS weight, NULL::bigint AS manager
FROM large.plan, generate_series(1, branches) k;
ALTER TABLE large.branches ADD PRIMARY KEY (k);

INSERT INTO units (id, code, names, parent_id, path, created_at) OVERRIDING SYSTEM VALUE
SELECT r.id, 'R' || lpad(r.n::text, 2, '0'),
    jsonb_build_object('zh-Hans', c.hans || '分行', 'zh-Hant', c.hant || '分行', 'en', c.english), u.id, u.path || r.id || '/', p.began
FROM large.plan p, large.regions r JOIN large.cities c ON c.n = 1 + (r.n - 1) % (SELECT count(*) FROM large.cities), units u
WHERE u.parent_id IS NULL ORDER BY r.n;

INSERT INTO units (id, code, names, parent_id, path, created_at) OVERRIDING SYSTEM VALUE
SELECT b.id, u.code || '-' || lpad((1 + (b.k - 1) / p.regions)::text, 3, '0'),
    jsonb_build_object('zh-Hans', c.hans || s.hans || '支行', 'zh-Hant', c.hant || s.hant || '支行', 'en', c.english || ' ' || s.english || ' branch'),
    u.id, u.path || b.id || '/', p.began
FROM large.plan p, large.branches b JOIN large.regions r ON r.n = b.region JOIN units u ON u.id = r.id
JOIN large.cities c ON c.n = 1 + (r.n - 1) % (SELECT count(*) FROM large.cities)
JOIN large.streets s ON s.n = 1 + ((b.k - 1) / (SELECT regions FROM large.plan)) % (SELECT count(*) FROM large.streets)
ORDER BY b.k;

-- Where the shares of the branches end, for a number from 0 to 1 to fall between.
CREATE TABLE large.shares AS
SELECT array_agg(upto ORDER BY k) AS ends FROM (
    SELECT k, sum(weight) OVER (ORDER BY k) / sum(weight) OVER () AS upto FROM large.branches) s
WHERE k < (SELECT branches FROM large.plan);

-- A branch that is not open yet: nobody works there, and nothing has happened.
INSERT INTO units (id, code, names, parent_id, path, created_at) OVERRIDING SYSTEM VALUE
SELECT n.id, u.code || '-NEW', '{"zh-Hans": "筹备支行", "zh-Hant": "籌備支行", "en": "Branch in preparation"}', u.id, u.path || n.id || '/', p.began
FROM large.plan p, large.regions r JOIN units u ON u.id = r.id, nextval(pg_get_serial_sequence('units', 'id')) AS n(id) WHERE r.n = 1;

INSERT INTO audit_events (at, action, subject, data)
SELECT began, 'people.import', 'people:units.csv', jsonb_build_object('rows', regions + branches, 'units', regions + branches) FROM large.plan;
