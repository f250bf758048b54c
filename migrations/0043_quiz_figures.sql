-- +goose Up
-- How a quiz and its questions went is added up as it happens, so that nobody goes
-- through all attempts to see it. Whoever submits or grades adds a row to what is not
-- counted yet, which nobody waits for; what is counted is moved on together. At every
-- moment the figures and what is not counted yet make the whole.

-- What happened and is not counted yet: an attempt that counts was submitted, or graded
-- anew. The triggers below write it beside the rows that it tells of, which stay for ever.
-- That it passed is seen in quiz_passes, which is written with it, when the row is counted.
CREATE TABLE quiz_uncounted (
    attempt_id bigint NOT NULL,
    what text NOT NULL CHECK (what IN ('submitted', 'regraded')),
    number integer NOT NULL, -- of the regrade, else 0
    quiz_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamptz NOT NULL
); -- quiz_counted_once tells of one that comes twice
-- What is counted, in the order in which it was.
CREATE TABLE quiz_counted (
    quiz_id bigint NOT NULL,
    turn bigint NOT NULL CHECK (turn > 0),
    person_id bigint NOT NULL,
    attempt_id bigint NOT NULL,
    what text NOT NULL CHECK (what IN ('submitted', 'regraded')),
    number integer NOT NULL,
    CONSTRAINT quiz_counted_key PRIMARY KEY (quiz_id, turn),
    CONSTRAINT quiz_counted_once UNIQUE (quiz_id, person_id, what, attempt_id, number)
);
-- Who is counted as having passed a quiz.
CREATE TABLE quiz_passers (
    quiz_id bigint,
    person_id bigint,
    CONSTRAINT quiz_passers_key PRIMARY KEY (quiz_id, person_id)
);

-- The sums of what is counted: of a quiz, and of a version of an item in all quizzes.
CREATE TABLE quiz_figures (
    quiz_id bigint CONSTRAINT quiz_figures_key PRIMARY KEY,
    turns bigint NOT NULL,
    attempts bigint NOT NULL, -- submitted
    people bigint NOT NULL,   -- who submitted one
    passed bigint NOT NULL,   -- people
    last_at timestamptz
);
CREATE TABLE item_figures (
    item_version_id bigint CONSTRAINT item_figures_key PRIMARY KEY,
    asked bigint NOT NULL, -- by the grades that count
    "right" bigint NOT NULL,
    partly bigint NOT NULL,
    earned bigint NOT NULL,
    possible bigint NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION leave_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'submissions' THEN
        INSERT INTO quiz_uncounted (attempt_id, what, number, quiz_id, person_id, at)
        SELECT a.id, 'submitted', 0, r.quiz_id, a.person_id, NEW.submitted_at FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE a.id = NEW.attempt_id AND NOT a.practice;
    ELSE
        INSERT INTO quiz_uncounted (attempt_id, what, number, quiz_id, person_id, at)
        SELECT a.id, 'regraded', NEW.number, r.quiz_id, a.person_id, NEW.graded_at FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE a.id = NEW.attempt_id AND NOT a.practice;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_uncounted AFTER INSERT ON submissions FOR EACH ROW EXECUTE FUNCTION leave_uncounted();
CREATE TRIGGER regrades_uncounted AFTER INSERT ON regrades FOR EACH ROW EXECUTE FUNCTION leave_uncounted();

-- What is there already is counted when the program starts.
INSERT INTO quiz_uncounted (attempt_id, what, number, quiz_id, person_id, at)
SELECT t.attempt_id, t.what, t.number, r.quiz_id, a.person_id, t.at FROM (
    SELECT attempt_id, 'submitted' AS what, 0 AS number, submitted_at AS at FROM submissions
    UNION ALL SELECT attempt_id, 'regraded', number, graded_at FROM regrades
) t JOIN attempts a ON a.id = t.attempt_id JOIN quiz_revisions r ON r.id = a.revision_id WHERE NOT a.practice ORDER BY t.attempt_id;

-- +goose Down
DROP TRIGGER regrades_uncounted ON regrades;
DROP TRIGGER submissions_uncounted ON submissions;
DROP FUNCTION leave_uncounted();
DROP TABLE item_figures, quiz_figures, quiz_passers, quiz_counted, quiz_uncounted;
