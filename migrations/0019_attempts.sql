-- +goose Up
-- Every answer names the one it follows: the revision of a position is counted,
-- and of two tabs that follow the same one, only one is stored.
ALTER TABLE answers DISABLE TRIGGER answers_append_only;
ALTER TABLE answers DISABLE TRIGGER answers_before_submission;
ALTER TABLE answers ADD COLUMN revision integer;
UPDATE answers a SET revision = n.number FROM (
    SELECT id, row_number() OVER (PARTITION BY attempt_id, position ORDER BY id) AS number FROM answers
) n WHERE n.id = a.id;
ALTER TABLE answers
    ALTER COLUMN revision SET NOT NULL,
    ADD CHECK (revision > 0),
    ADD COLUMN claimed_at timestamptz,     -- when the learner's own clock says it was given
    DROP CONSTRAINT answers_pkey,
    ADD CONSTRAINT answers_revision_key PRIMARY KEY (attempt_id, position, revision);
ALTER TABLE answers ENABLE TRIGGER answers_append_only;
ALTER TABLE answers ENABLE TRIGGER answers_before_submission;

-- The description of a scenario is on the paper and worth nothing.
ALTER TABLE quiz_items DROP CONSTRAINT quiz_items_points_check, ADD CONSTRAINT quiz_items_points_check CHECK (points >= 0);

-- What happened around an attempt besides answers and submission.
CREATE TABLE attempt_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id bigint NOT NULL REFERENCES attempts,
    kind       text   NOT NULL CHECK (kind IN ('left', 'returned', 'offline', 'online', 'opened')),
    claimed_at timestamptz,
    at         timestamptz NOT NULL
);
CREATE INDEX attempt_events_attempt ON attempt_events (attempt_id);
CREATE TRIGGER attempt_events_append_only BEFORE UPDATE OR DELETE ON attempt_events FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A later grade of a submitted attempt: marked by people, or a key was wrong.
CREATE TABLE regrades (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id bigint  NOT NULL REFERENCES submissions (attempt_id),
    number     integer NOT NULL CHECK (number > 0),
    reason     text    NOT NULL CHECK (reason IN ('marked', 'key')),
    note       text    NOT NULL DEFAULT '',
    graded_by  bigint  NOT NULL REFERENCES people,
    graded_at  timestamptz NOT NULL,
    earned     bigint  NOT NULL CHECK (earned >= 0),
    possible   bigint  NOT NULL CHECK (possible >= 0),
    passed     boolean NOT NULL,
    grades     jsonb   NOT NULL,
    CHECK (earned <= possible),
    CONSTRAINT regrades_number_key UNIQUE (attempt_id, number)
);
CREATE TRIGGER regrades_append_only BEFORE UPDATE OR DELETE ON regrades FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What one marker gave for one essay; a later row of the same marker counts.
CREATE TABLE marks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id bigint  NOT NULL REFERENCES submissions (attempt_id),
    position   integer NOT NULL CHECK (position > 0),
    marker_id  bigint  NOT NULL REFERENCES people,
    earned     bigint  NOT NULL CHECK (earned >= 0),
    possible   bigint  NOT NULL CHECK (possible > 0),
    criteria   jsonb   NOT NULL,          -- points by criterion, in their order
    comment    text    NOT NULL DEFAULT '',
    decides    boolean NOT NULL DEFAULT false,   -- settles what two markers saw differently
    marked_at  timestamptz NOT NULL,
    CHECK (earned <= possible)
);
CREATE INDEX marks_attempt ON marks (attempt_id, position);
CREATE TRIGGER marks_append_only BEFORE UPDATE OR DELETE ON marks FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The grade that counts: the newest regrade, or the submission's own.
CREATE VIEW attempt_grades AS
SELECT b.attempt_id, b.submitted_at, b.by_deadline,
       coalesce(r.earned, b.earned) AS earned, coalesce(r.possible, b.possible) AS possible,
       coalesce(r.passed, b.passed) AS passed, coalesce(r.grades, b.grades) AS grades,
       coalesce(r.number, 0) AS regraded
FROM submissions b
LEFT JOIN LATERAL (SELECT * FROM regrades r WHERE r.attempt_id = b.attempt_id ORDER BY number DESC LIMIT 1) r ON true;

-- +goose Down
DROP VIEW attempt_grades;
DROP TABLE marks, regrades, attempt_events;
ALTER TABLE quiz_items DROP CONSTRAINT quiz_items_points_check, ADD CONSTRAINT quiz_items_points_check CHECK (points > 0);
ALTER TABLE answers DROP CONSTRAINT answers_revision_key, DROP COLUMN claimed_at, DROP COLUMN revision,
    ADD CONSTRAINT answers_pkey PRIMARY KEY (attempt_id, position, id);
