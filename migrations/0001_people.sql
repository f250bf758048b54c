-- +goose Up
-- +goose StatementBegin
-- Evidence is appended: tables that carry this trigger take inserts only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are evidence and are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
-- +goose StatementEnd

CREATE TABLE units (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text   NOT NULL CONSTRAINT units_code_key UNIQUE CHECK (code <> ''),
    names      jsonb  NOT NULL,
    parent_id  bigint REFERENCES units,
    -- path is /1/4/17/: the ids from the root down to this unit.
    path       text   NOT NULL CONSTRAINT units_path_key UNIQUE CHECK (path LIKE '/%/'),
    zone       text   NOT NULL DEFAULT 'Asia/Shanghai',
    calendar   text   NOT NULL DEFAULT 'cn',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX units_path_prefix ON units (path text_pattern_ops);
CREATE INDEX units_parent ON units (parent_id);

CREATE TABLE people (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    employee_no text   NOT NULL CONSTRAINT people_employee_no_key UNIQUE CHECK (employee_no <> ''),
    login       text   NOT NULL CHECK (login <> '' AND login = lower(login)) CONSTRAINT people_login_key UNIQUE,
    name        text   NOT NULL CHECK (name <> ''),
    unit_id     bigint NOT NULL REFERENCES units,
    position    text   NOT NULL DEFAULT '',
    manager_id  bigint REFERENCES people,
    email       text   NOT NULL DEFAULT '',
    zone        text   NOT NULL DEFAULT '',   -- empty: the unit's
    language    text   NOT NULL DEFAULT 'zh-Hans' CHECK (language IN ('zh-Hans','zh-Hant','en')),
    status      text   NOT NULL DEFAULT 'active' CHECK (status IN ('active','on_leave','left')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (manager_id <> id)
);
CREATE INDEX people_unit ON people (unit_id);
CREATE INDEX people_manager ON people (manager_id);

CREATE TABLE role_grants (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id  bigint NOT NULL REFERENCES people,
    role       text   NOT NULL CHECK (role IN ('author','compliance','complaint_desk','hr','administrator','auditor')),
    unit_id    bigint NOT NULL REFERENCES units,
    granted_at timestamptz NOT NULL,
    granted_by bigint REFERENCES people,
    revoked_at timestamptz,
    revoked_by bigint REFERENCES people
);
CREATE UNIQUE INDEX role_grants_current_key ON role_grants (person_id, role, unit_id) WHERE revoked_at IS NULL;

CREATE TABLE credentials (
    person_id     bigint PRIMARY KEY REFERENCES people,
    password_hash text   NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    sample        boolean NOT NULL DEFAULT false,  -- the published password of the sample institution
    changed_at    timestamptz NOT NULL
);

CREATE TABLE sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash   bytea  NOT NULL CONSTRAINT sessions_token_key UNIQUE CHECK (length(token_hash) = 32),
    person_id    bigint NOT NULL REFERENCES people,
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    user_agent   text NOT NULL DEFAULT '',
    address      text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_person ON sessions (person_id) WHERE revoked_at IS NULL;

CREATE TABLE login_throttles (
    login        text PRIMARY KEY,
    failures     integer NOT NULL,
    window_ends  timestamptz NOT NULL,
    locked_until timestamptz
);

-- +goose Down
DROP TABLE login_throttles, sessions, credentials, role_grants, people, units;
DROP FUNCTION refuse_change();
