-- +goose Up
-- Items stand in banks; what a course's quiz files hold stands in the course's own.
CREATE TABLE banks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text  NOT NULL CONSTRAINT banks_code_key UNIQUE CHECK (code <> ''),
    names      jsonb NOT NULL,
    course_id  bigint CONSTRAINT banks_course_key UNIQUE REFERENCES courses,
    created_at timestamptz NOT NULL
);
INSERT INTO banks (code, names, course_id, created_at)
SELECT k.slug, coalesce((SELECT v.titles FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1), '{}'), k.id, now()
FROM courses k WHERE EXISTS (SELECT FROM items i WHERE i.course_id = k.id);

-- Where a bank keeps an item may change without a new version of it.
ALTER TABLE items
    ADD COLUMN bank_id    bigint REFERENCES banks,
    ADD COLUMN version_id bigint REFERENCES item_versions,      -- the newest
    ADD COLUMN kind       text   NOT NULL DEFAULT '',
    ADD COLUMN scenario   text   NOT NULL DEFAULT '',
    ADD COLUMN points     bigint NOT NULL DEFAULT 0,            -- thousandths
    ADD COLUMN category   text   NOT NULL DEFAULT '',           -- path such as 投诉/时限
    ADD COLUMN tags       text[] NOT NULL DEFAULT '{}',
    ADD COLUMN difficulty smallint CHECK (difficulty BETWEEN 1 AND 5),
    ADD COLUMN fingerprint text  NOT NULL DEFAULT '',           -- of its words: equal for items that ask the same
    ADD COLUMN state      text   NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'reviewed', 'retired'));
UPDATE items i SET bank_id = b.id, state = 'reviewed', version_id = v.id,
    kind = v.body->>'kind', scenario = coalesce(v.body->>'set', ''), points = (v.body->>'points')::bigint
FROM banks b, LATERAL (
    SELECT id, convert_from(body, 'UTF8')::jsonb AS body, item_id FROM item_versions
) v
WHERE b.course_id = i.course_id AND v.item_id = i.id
  AND v.id = (SELECT n.id FROM item_versions n WHERE n.item_id = i.id ORDER BY n.number DESC LIMIT 1);
ALTER TABLE items DROP CONSTRAINT items_name_key, DROP COLUMN course_id, ALTER COLUMN bank_id SET NOT NULL,
    ADD CONSTRAINT items_name_key UNIQUE (bank_id, name);
CREATE INDEX items_fingerprint ON items (fingerprint) WHERE fingerprint <> '';
CREATE INDEX item_versions_used ON quiz_items (item_version_id);

-- How a quiz is sat: sections and draws, shuffling, waiting, which attempt counts.
ALTER TABLE quiz_revisions ADD COLUMN plan jsonb NOT NULL DEFAULT '{}';
ALTER TABLE quiz_items ADD COLUMN section integer NOT NULL DEFAULT 1 CHECK (section > 0);

-- +goose Down
ALTER TABLE quiz_items DROP COLUMN section;
ALTER TABLE quiz_revisions DROP COLUMN plan;
ALTER TABLE items ADD COLUMN course_id bigint REFERENCES courses;
UPDATE items i SET course_id = b.course_id FROM banks b WHERE b.id = i.bank_id;
DROP INDEX item_versions_used;
ALTER TABLE items DROP CONSTRAINT items_name_key, DROP COLUMN fingerprint, ALTER COLUMN course_id SET NOT NULL, ADD CONSTRAINT items_name_key UNIQUE (course_id, name),
    DROP COLUMN bank_id, DROP COLUMN version_id, DROP COLUMN kind, DROP COLUMN scenario, DROP COLUMN points, DROP COLUMN category,
    DROP COLUMN tags, DROP COLUMN difficulty, DROP COLUMN state;
DROP TABLE banks;
