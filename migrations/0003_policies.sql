-- +goose Up
CREATE TABLE policies (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text  NOT NULL CONSTRAINT policies_code_key UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    titles     jsonb NOT NULL,
    issuer     text  NOT NULL DEFAULT '',
    category   text  NOT NULL DEFAULT '',
    owner      text  NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);

CREATE TABLE policy_versions (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id      bigint  NOT NULL REFERENCES policies,
    number         integer NOT NULL CHECK (number > 0),
    effective_from date    NOT NULL,
    notes          jsonb   NOT NULL DEFAULT '{}',   -- what changed, per locale
    sha256         bytea   NOT NULL CHECK (length(sha256) = 32),
    published_at   timestamptz NOT NULL,
    published_by   bigint  REFERENCES people,
    CONSTRAINT policy_versions_number_key UNIQUE (policy_id, number)
);

CREATE TABLE policy_texts (
    version_id bigint NOT NULL REFERENCES policy_versions,
    locale     text   NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    markdown   text   NOT NULL CHECK (markdown <> ''),
    html       text   NOT NULL,
    plain      text   NOT NULL,
    sha256     bytea  NOT NULL CHECK (length(sha256) = 32),   -- of the markdown bytes
    PRIMARY KEY (version_id, locale)
);

-- Who was asked to acknowledge which version, and by when. Rows stay when a
-- newer version appears: not having acknowledged is a record too.
CREATE TABLE acknowledgement_requests (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id   bigint NOT NULL REFERENCES policy_versions,
    person_id    bigint NOT NULL REFERENCES people,
    due_on       date,
    requested_at timestamptz NOT NULL,
    requested_by bigint REFERENCES people,
    CONSTRAINT acknowledgement_requests_key UNIQUE (version_id, person_id)
);
CREATE INDEX acknowledgement_requests_person ON acknowledgement_requests (person_id);

CREATE TABLE acknowledgements (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id       bigint NOT NULL REFERENCES policy_versions,
    person_id        bigint NOT NULL REFERENCES people,
    unit_id          bigint NOT NULL REFERENCES units,      -- then
    position         text   NOT NULL,                       -- then
    locale           text   NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    text_sha256      bytea  NOT NULL CHECK (length(text_sha256) = 32),
    statement        text   NOT NULL CHECK (statement <> ''),
    statement_sha256 bytea  NOT NULL CHECK (length(statement_sha256) = 32),
    acknowledged_at  timestamptz NOT NULL,
    CONSTRAINT acknowledgements_key UNIQUE (version_id, person_id)
);
CREATE INDEX acknowledgements_person ON acknowledgements (person_id);

CREATE TRIGGER policy_versions_append_only BEFORE UPDATE OR DELETE ON policy_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_texts_append_only BEFORE UPDATE OR DELETE ON policy_texts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acknowledgement_requests_append_only BEFORE UPDATE OR DELETE ON acknowledgement_requests FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acknowledgements_append_only BEFORE UPDATE OR DELETE ON acknowledgements FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE acknowledgements, acknowledgement_requests, policy_texts, policy_versions, policies;
