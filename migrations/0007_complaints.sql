-- +goose Up
CREATE TABLE calendars (
    code           text PRIMARY KEY CHECK (code <> ''),
    names          jsonb NOT NULL,
    complete_from  date  NOT NULL,
    complete_until date  NOT NULL CHECK (complete_until >= complete_from),
    updated_at     timestamptz NOT NULL
);
CREATE TABLE calendar_days (
    calendar text NOT NULL REFERENCES calendars,
    day      date NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('off','work')),
    name     text NOT NULL,
    source   text NOT NULL,
    PRIMARY KEY (calendar, day)
);

CREATE TABLE complaint_rule_sets (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code           text    NOT NULL,
    number         integer NOT NULL CHECK (number > 0),
    effective_from date    NOT NULL,
    body           jsonb   NOT NULL,
    sha256         bytea   NOT NULL CHECK (length(sha256) = 32),
    published_at   timestamptz NOT NULL,
    CONSTRAINT complaint_rule_sets_number_key UNIQUE (code, number)
);
CREATE TRIGGER complaint_rule_sets_append_only BEFORE UPDATE OR DELETE ON complaint_rule_sets FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE complaint_imports (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file_name   text   NOT NULL,
    sha256      bytea  NOT NULL CHECK (length(sha256) = 32),
    profile     text   NOT NULL,
    report      jsonb  NOT NULL,
    imported_at timestamptz NOT NULL,
    imported_by bigint REFERENCES people
);

CREATE TABLE complaints (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference          text   NOT NULL CONSTRAINT complaints_reference_key UNIQUE CHECK (reference <> ''),
    class              text   NOT NULL CHECK (class IN ('general','complex')),
    channel            text   NOT NULL DEFAULT '',
    product            text   NOT NULL DEFAULT '',
    cause              text   NOT NULL DEFAULT '',   -- root cause code
    unit_id            bigint NOT NULL REFERENCES units,
    received_at        timestamptz NOT NULL,
    received_precision text   NOT NULL DEFAULT 'instant' CHECK (received_precision IN ('instant','day')),
    first_reply_at     timestamptz,
    first_feedback_at  timestamptz,
    closed_at          timestamptz,
    rule_set_id        bigint NOT NULL REFERENCES complaint_rule_sets,
    due_on             date   NOT NULL,
    due_at             timestamptz NOT NULL,   -- of the stage that the class is judged by
    beyond_calendar    boolean NOT NULL DEFAULT false,
    measured           boolean NOT NULL DEFAULT true,  -- false: the source does not tell when replies were made
    extra              jsonb  NOT NULL DEFAULT '{}',
    import_id          bigint NOT NULL REFERENCES complaint_imports,
    CHECK (first_reply_at >= received_at), CHECK (first_feedback_at >= received_at), CHECK (closed_at >= received_at)
);
CREATE INDEX complaints_unit_received ON complaints (unit_id, received_at);
CREATE INDEX complaints_received ON complaints (received_at, id);
CREATE INDEX complaints_due ON complaints (due_at);

CREATE TABLE responsible_persons (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    complaint_id bigint NOT NULL REFERENCES complaints,
    person_id    bigint NOT NULL REFERENCES people,
    named_at     timestamptz NOT NULL,
    named_by     bigint REFERENCES people,
    ended_at     timestamptz
);
CREATE UNIQUE INDEX responsible_persons_current_key ON responsible_persons (complaint_id) WHERE ended_at IS NULL;
CREATE INDEX responsible_persons_person ON responsible_persons (person_id, complaint_id) WHERE ended_at IS NULL;

CREATE TABLE satisfaction_answers (
    complaint_id bigint PRIMARY KEY REFERENCES complaints,
    score        integer NOT NULL CHECK (score BETWEEN 1 AND 5),
    answered_on  date,
    import_id    bigint NOT NULL REFERENCES complaint_imports
);

-- +goose Down
DROP TABLE satisfaction_answers, responsible_persons, complaints, complaint_imports, complaint_rule_sets, calendar_days, calendars;
