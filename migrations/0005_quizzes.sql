-- +goose Up
CREATE TABLE items (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id  bigint NOT NULL REFERENCES courses,
    name       text   NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL,
    CONSTRAINT items_name_key UNIQUE (course_id, name)
);
CREATE TABLE item_versions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id    bigint  NOT NULL REFERENCES items,
    number     integer NOT NULL CHECK (number > 0),
    body       bytea   NOT NULL,          -- canonical JSON of the item
    sha256     bytea   NOT NULL CHECK (length(sha256) = 32),
    created_at timestamptz NOT NULL,
    CONSTRAINT item_versions_number_key UNIQUE (item_id, number)
);

CREATE TABLE quizzes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id  bigint NOT NULL CONSTRAINT quizzes_course_key UNIQUE REFERENCES courses,
    created_at timestamptz NOT NULL
);
CREATE TABLE quiz_revisions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quiz_id       bigint  NOT NULL REFERENCES quizzes,
    number        integer NOT NULL CHECK (number > 0),
    pass_mark     integer NOT NULL CHECK (pass_mark BETWEEN 1 AND 100),   -- percent of the points
    attempt_limit integer CHECK (attempt_limit > 0),                      -- null: no limit
    minutes       integer CHECK (minutes > 0),                            -- null: no time limit
    published_at  timestamptz NOT NULL,
    CONSTRAINT quiz_revisions_number_key UNIQUE (quiz_id, number)
);
CREATE TABLE quiz_items (
    revision_id     bigint  NOT NULL REFERENCES quiz_revisions,
    position        integer NOT NULL CHECK (position > 0),
    item_version_id bigint  NOT NULL REFERENCES item_versions,
    points          bigint  NOT NULL CHECK (points > 0),   -- thousandths
    PRIMARY KEY (revision_id, position)
);

CREATE TABLE attempts (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision_id   bigint  NOT NULL REFERENCES quiz_revisions,
    assignment_id bigint  NOT NULL REFERENCES assignments,
    person_id     bigint  NOT NULL REFERENCES people,
    number        integer NOT NULL CHECK (number > 0),
    seed          bigint  NOT NULL,
    paper         jsonb   NOT NULL,       -- the frozen question paper
    pass_mark     integer NOT NULL,
    started_at    timestamptz NOT NULL,
    deadline_at   timestamptz,
    CONSTRAINT attempts_number_key UNIQUE (assignment_id, number)
);
CREATE INDEX attempts_person ON attempts (person_id);
CREATE INDEX attempts_deadline ON attempts (deadline_at) WHERE deadline_at IS NOT NULL;

-- Every save is a row; the newest of a position is the answer.
CREATE TABLE answers (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    attempt_id bigint  NOT NULL REFERENCES attempts,
    position   integer NOT NULL CHECK (position > 0),
    response   jsonb   NOT NULL,
    saved_at   timestamptz NOT NULL,
    PRIMARY KEY (attempt_id, position, id)
);

CREATE TABLE submissions (
    attempt_id   bigint CONSTRAINT submissions_key PRIMARY KEY REFERENCES attempts,
    submitted_at timestamptz NOT NULL,
    by_deadline  boolean NOT NULL,
    earned       bigint  NOT NULL CHECK (earned >= 0),
    possible     bigint  NOT NULL CHECK (possible > 0),
    passed       boolean NOT NULL,
    grades       jsonb   NOT NULL,
    CHECK (earned <= possible)
);

-- After the submission no answer is taken, whatever raced with it: the lock
-- waits for a submission under way, and the trigger's own snapshot sees it.
-- +goose StatementBegin
CREATE FUNCTION refuse_answer_after_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM attempts WHERE id = NEW.attempt_id FOR KEY SHARE;
    IF EXISTS (SELECT FROM submissions WHERE attempt_id = NEW.attempt_id) THEN
        RAISE EXCEPTION 'attempt % is submitted', NEW.attempt_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'answers_before_submission';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER answers_before_submission BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION refuse_answer_after_submission();

CREATE TRIGGER item_versions_append_only BEFORE UPDATE OR DELETE ON item_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quiz_revisions_append_only BEFORE UPDATE OR DELETE ON quiz_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quiz_items_append_only BEFORE UPDATE OR DELETE ON quiz_items FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempts_append_only BEFORE UPDATE OR DELETE ON attempts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answers_append_only BEFORE UPDATE OR DELETE ON answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submissions_append_only BEFORE UPDATE OR DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE submissions, answers, attempts, quiz_items, quiz_revisions, quizzes, item_versions, items;
DROP FUNCTION refuse_answer_after_submission();
