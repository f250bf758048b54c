-- +goose Up
CREATE TABLE courses (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug       text NOT NULL CONSTRAINT courses_slug_key UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
    created_at timestamptz NOT NULL
);

CREATE TABLE course_revisions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id    bigint  NOT NULL REFERENCES courses,
    number       integer NOT NULL CHECK (number > 0),
    category     text    NOT NULL,
    titles       jsonb   NOT NULL,
    summaries    jsonb   NOT NULL,
    minutes      integer NOT NULL CHECK (minutes BETWEEN 1 AND 6000),
    has_quiz     boolean NOT NULL,
    valid_months integer CHECK (valid_months BETWEEN 1 AND 120),  -- null: the certificate does not expire
    lessons      integer NOT NULL CHECK (lessons > 0),
    sha256       bytea   NOT NULL CHECK (length(sha256) = 32),    -- of the folder's files in name order
    published_at timestamptz NOT NULL,
    published_by bigint REFERENCES people,
    CONSTRAINT course_revisions_number_key UNIQUE (course_id, number)
);

CREATE TABLE lessons (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision_id bigint  NOT NULL REFERENCES course_revisions,
    n           integer NOT NULL CHECK (n > 0),
    name        text    NOT NULL CHECK (name <> ''),   -- of the file, the same from revision to revision
    CONSTRAINT lessons_n_key UNIQUE (revision_id, n),
    CONSTRAINT lessons_name_key UNIQUE (revision_id, name)
);

CREATE TABLE lesson_texts (
    lesson_id bigint NOT NULL REFERENCES lessons,
    locale    text   NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    title     text   NOT NULL CHECK (title <> ''),
    markdown  text   NOT NULL,
    html      text   NOT NULL,
    plain     text   NOT NULL,
    PRIMARY KEY (lesson_id, locale)
);

CREATE TABLE images (
    sha256     bytea PRIMARY KEY CHECK (length(sha256) = 32),
    media_type text  NOT NULL,
    bytes      bytea NOT NULL
);
CREATE TABLE course_images (
    revision_id bigint NOT NULL REFERENCES course_revisions,
    name        text   NOT NULL,
    sha256      bytea  NOT NULL REFERENCES images,
    PRIMARY KEY (revision_id, name)
);

CREATE TABLE assignments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id   bigint  NOT NULL REFERENCES courses,
    person_id   bigint  NOT NULL REFERENCES people,
    cycle       integer NOT NULL CHECK (cycle > 0),
    due_on      date,
    reason      text    NOT NULL CHECK (reason IN ('unit','person','self')),
    assigned_at timestamptz NOT NULL,
    assigned_by bigint REFERENCES people,
    CONSTRAINT assignments_cycle_key UNIQUE (course_id, person_id, cycle)
);
CREATE INDEX assignments_person ON assignments (person_id);

CREATE TABLE lesson_reads (
    assignment_id bigint NOT NULL REFERENCES assignments,
    name          text   NOT NULL,
    lesson_id     bigint NOT NULL REFERENCES lessons,   -- the revision that was read
    read_at       timestamptz NOT NULL,
    CONSTRAINT lesson_reads_key PRIMARY KEY (assignment_id, name)
);

CREATE TABLE quiz_passes (
    assignment_id bigint CONSTRAINT quiz_passes_key PRIMARY KEY REFERENCES assignments,
    attempt_id    bigint NOT NULL,      -- in quizzes, which stands above this room
    passed_at     timestamptz NOT NULL
);

CREATE TABLE completions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    assignment_id bigint  NOT NULL REFERENCES assignments,
    person_id     bigint  NOT NULL REFERENCES people,
    course_id     bigint  NOT NULL REFERENCES courses,
    revision_id   bigint  NOT NULL REFERENCES course_revisions,
    cycle         integer NOT NULL,
    unit_id       bigint  NOT NULL REFERENCES units,   -- then
    completed_at  timestamptz NOT NULL,
    CONSTRAINT completions_cycle_key UNIQUE (person_id, course_id, cycle)
);
CREATE INDEX completions_assignment ON completions (assignment_id);

CREATE TABLE briefings (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    month      text NOT NULL CONSTRAINT briefings_month_key UNIQUE CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    created_at timestamptz NOT NULL
);
CREATE TABLE briefing_revisions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    briefing_id  bigint  NOT NULL REFERENCES briefings,
    number       integer NOT NULL CHECK (number > 0),
    sha256       bytea   NOT NULL CHECK (length(sha256) = 32),
    published_at timestamptz NOT NULL,
    published_by bigint REFERENCES people,
    CONSTRAINT briefing_revisions_number_key UNIQUE (briefing_id, number)
);
CREATE TABLE briefing_texts (
    revision_id bigint NOT NULL REFERENCES briefing_revisions,
    locale      text   NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    title       text   NOT NULL CHECK (title <> ''),
    changes     text   NOT NULL, changes_html text NOT NULL,
    impact      text   NOT NULL, impact_html  text NOT NULL,
    plan        text   NOT NULL, plan_html    text NOT NULL,
    PRIMARY KEY (revision_id, locale)
);
CREATE TABLE briefing_policies (
    revision_id       bigint  NOT NULL REFERENCES briefing_revisions,
    position          integer NOT NULL,
    policy_version_id bigint  NOT NULL REFERENCES policy_versions,
    PRIMARY KEY (revision_id, policy_version_id)
);
CREATE TABLE briefing_reads (
    revision_id bigint NOT NULL REFERENCES briefing_revisions,
    person_id   bigint NOT NULL REFERENCES people,
    read_at     timestamptz NOT NULL,
    PRIMARY KEY (revision_id, person_id)
);

CREATE TRIGGER course_revisions_append_only BEFORE UPDATE OR DELETE ON course_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lessons_append_only BEFORE UPDATE OR DELETE ON lessons FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lesson_texts_append_only BEFORE UPDATE OR DELETE ON lesson_texts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lesson_reads_append_only BEFORE UPDATE OR DELETE ON lesson_reads FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quiz_passes_append_only BEFORE UPDATE OR DELETE ON quiz_passes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER completions_append_only BEFORE UPDATE OR DELETE ON completions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_revisions_append_only BEFORE UPDATE OR DELETE ON briefing_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_texts_append_only BEFORE UPDATE OR DELETE ON briefing_texts FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE briefing_reads, briefing_policies, briefing_texts, briefing_revisions, briefings,
    completions, quiz_passes, lesson_reads, assignments, course_images, images,
    lesson_texts, lessons, course_revisions, courses;
