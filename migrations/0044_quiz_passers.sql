-- +goose Up
-- Who submits leaves one row, whether or not the attempt passes: that it did is seen in
-- quiz_passes, which is written with it, when the row is counted.
DROP TRIGGER quiz_passes_uncounted ON quiz_passes;
TRUNCATE quiz_uncounted, quiz_counted, quiz_figures, item_figures;
ALTER TABLE quiz_uncounted DROP CONSTRAINT quiz_uncounted_key, -- quiz_counted_once tells of one that comes twice
    DROP CONSTRAINT quiz_uncounted_what_check, ADD CONSTRAINT quiz_uncounted_what_check CHECK (what IN ('submitted', 'regraded'));
ALTER TABLE quiz_counted DROP CONSTRAINT quiz_counted_what_check, ADD CONSTRAINT quiz_counted_what_check CHECK (what IN ('submitted', 'regraded'));

-- Who is counted as having passed a quiz.
CREATE TABLE quiz_passers (
    quiz_id bigint,
    person_id bigint,
    CONSTRAINT quiz_passers_key PRIMARY KEY (quiz_id, person_id)
);

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION leave_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- What is there already is counted when the program starts.
INSERT INTO quiz_uncounted (attempt_id, what, number, quiz_id, person_id, at)
SELECT t.attempt_id, t.what, t.number, r.quiz_id, a.person_id, t.at FROM (
    SELECT attempt_id, 'submitted' AS what, 0 AS number, submitted_at AS at FROM submissions
    UNION ALL SELECT attempt_id, 'regraded', number, graded_at FROM regrades
) t JOIN attempts a ON a.id = t.attempt_id JOIN quiz_revisions r ON r.id = a.revision_id WHERE NOT a.practice ORDER BY t.attempt_id;

-- +goose Down
TRUNCATE quiz_uncounted, quiz_counted, quiz_figures, item_figures;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION leave_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    quiz bigint;
    person bigint;
BEGIN
    SELECT r.quiz_id, a.person_id INTO quiz, person FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE a.id = NEW.attempt_id AND NOT a.practice;
    IF quiz IS NULL THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'submissions' THEN
        INSERT INTO quiz_uncounted VALUES (NEW.attempt_id, 'submitted', 0, quiz, person, NEW.submitted_at);
    ELSIF TG_TABLE_NAME = 'regrades' THEN
        INSERT INTO quiz_uncounted VALUES (NEW.attempt_id, 'regraded', NEW.number, quiz, person, NEW.graded_at);
    ELSE
        INSERT INTO quiz_uncounted VALUES (NEW.attempt_id, 'passed', 0, quiz, person, NEW.passed_at);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TABLE quiz_passers;
ALTER TABLE quiz_counted DROP CONSTRAINT quiz_counted_what_check, ADD CONSTRAINT quiz_counted_what_check CHECK (what IN ('submitted', 'regraded', 'passed'));
ALTER TABLE quiz_uncounted DROP CONSTRAINT quiz_uncounted_what_check, ADD CONSTRAINT quiz_uncounted_what_check CHECK (what IN ('submitted', 'regraded', 'passed')),
    ADD CONSTRAINT quiz_uncounted_key PRIMARY KEY (attempt_id, what, number);
CREATE TRIGGER quiz_passes_uncounted AFTER INSERT ON quiz_passes FOR EACH ROW EXECUTE FUNCTION leave_uncounted();
INSERT INTO quiz_uncounted (attempt_id, what, number, quiz_id, person_id, at)
SELECT t.attempt_id, t.what, t.number, r.quiz_id, a.person_id, t.at FROM (
    SELECT attempt_id, 'submitted' AS what, 0 AS number, submitted_at AS at FROM submissions
    UNION ALL SELECT attempt_id, 'regraded', number, graded_at FROM regrades
    UNION ALL SELECT attempt_id, 'passed', 0, passed_at FROM quiz_passes
) t JOIN attempts a ON a.id = t.attempt_id JOIN quiz_revisions r ON r.id = a.revision_id WHERE NOT a.practice;
