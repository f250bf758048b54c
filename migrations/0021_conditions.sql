-- +goose Up
-- When and where a quiz may be begun. Every change is a row; the newest counts.
CREATE TABLE quiz_conditions (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quiz_id   bigint  NOT NULL REFERENCES quizzes,
    number    integer NOT NULL CHECK (number > 0),
    opens_at  timestamptz,
    closes_at timestamptz,
    salt      bytea,
    secret    bytea,                            -- sha256(salt || password)
    networks  jsonb   NOT NULL DEFAULT '[]',    -- [{"unit_id": 1, "network": "10.0.0.0/8"}]; none: from anywhere
    set_by    bigint  REFERENCES people,
    set_at    timestamptz NOT NULL,
    CHECK (opens_at < closes_at),
    CHECK ((salt IS NULL) = (secret IS NULL)),
    CONSTRAINT quiz_conditions_number_key UNIQUE (quiz_id, number)
);
CREATE TRIGGER quiz_conditions_append_only BEFORE UPDATE OR DELETE ON quiz_conditions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What one person is granted beyond the others. The newest row of the quiz counts,
-- or else the newest for every quiz; a row that grants nothing ends a grant.
CREATE TABLE accommodations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      bigint  NOT NULL REFERENCES people,
    quiz_id        bigint  REFERENCES quizzes,  -- NULL: every quiz
    extra_percent  integer NOT NULL DEFAULT 0 CHECK (extra_percent BETWEEN 0 AND 300),
    extra_attempts integer NOT NULL DEFAULT 0 CHECK (extra_attempts BETWEEN 0 AND 20),
    closes_at      timestamptz,                 -- instead of the quiz's own
    reason         text    NOT NULL CHECK (reason <> ''),
    granted_by     bigint  REFERENCES people,
    granted_at     timestamptz NOT NULL
);
CREATE INDEX accommodations_person ON accommodations (person_id);
CREATE TRIGGER accommodations_append_only BEFORE UPDATE OR DELETE ON accommodations FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Wrong passwords, which are counted.
CREATE TABLE quiz_refusals (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quiz_id   bigint NOT NULL REFERENCES quizzes,
    person_id bigint NOT NULL REFERENCES people,
    at        timestamptz NOT NULL
);
CREATE INDEX quiz_refusals_person ON quiz_refusals (quiz_id, person_id, at);
CREATE TRIGGER quiz_refusals_append_only BEFORE UPDATE OR DELETE ON quiz_refusals FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An attempt keeps what held when it began. Practice belongs to no assignment, and
-- nothing follows from it.
ALTER TABLE attempts
    ADD COLUMN condition_id     bigint REFERENCES quiz_conditions,
    ADD COLUMN accommodation_id bigint REFERENCES accommodations,
    ADD COLUMN networks         cidr[],         -- it may be answered from; NULL: from anywhere
    ADD COLUMN practice         boolean NOT NULL DEFAULT false,
    ALTER COLUMN assignment_id DROP NOT NULL,
    ADD CONSTRAINT attempts_practice CHECK (practice = (assignment_id IS NULL));
CREATE UNIQUE INDEX attempts_practice_key ON attempts (person_id, revision_id, number) WHERE practice;

CREATE INDEX attempts_revision ON attempts (revision_id);

-- An attempt is locked, and then its answers are read: in one statement they would
-- be read as they were before the lock was had, without what was saved meanwhile.
-- +goose StatementBegin
CREATE FUNCTION attempt_under_lock(wanted bigint) RETURNS TABLE (owner bigint, answers_json text, submission text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    SELECT person_id INTO owner FROM attempts WHERE id = wanted FOR UPDATE;
    SELECT json_object_agg(w.position, json_build_object('response', w.response, 'revision', w.revision))::text INTO answers_json FROM (
        SELECT DISTINCT ON (a.position) a.position, a.response, a.revision FROM answers a WHERE a.attempt_id = wanted ORDER BY a.position, a.revision DESC
    ) w;
    SELECT to_json(b)::text INTO submission FROM attempt_grades b WHERE b.attempt_id = wanted;
    RETURN NEXT;
END $$;
-- +goose StatementEnd

-- Pictures of questions. Texts name them by their content, so that a version of an
-- item holds what it shows.
CREATE TABLE pictures (
    sha256     bytea PRIMARY KEY CHECK (length(sha256) = 32),
    media_type text  NOT NULL,
    bytes      bytea NOT NULL
);
CREATE TRIGGER pictures_append_only BEFORE UPDATE OR DELETE ON pictures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TABLE bank_pictures (               -- by the names that texts may use
    bank_id bigint NOT NULL REFERENCES banks,
    name    text   NOT NULL CHECK (name <> ''),
    sha256  bytea  NOT NULL REFERENCES pictures,
    CONSTRAINT bank_pictures_key PRIMARY KEY (bank_id, name)
);

-- Who answers for a bank; the bank of a course has its authors.
ALTER TABLE banks ADD COLUMN owner_id bigint REFERENCES people;

-- +goose Down
ALTER TABLE banks DROP COLUMN owner_id;
DROP INDEX attempts_revision;
DROP TABLE bank_pictures, pictures;
DROP FUNCTION attempt_under_lock(bigint);
DELETE FROM attempts WHERE practice;
ALTER TABLE attempts DROP CONSTRAINT attempts_practice, DROP COLUMN practice, DROP COLUMN networks, DROP COLUMN accommodation_id,
    DROP COLUMN condition_id, ALTER COLUMN assignment_id SET NOT NULL;
DROP TABLE quiz_refusals, accommodations, quiz_conditions;
