-- +goose Up
CREATE TABLE certifications (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id    bigint NOT NULL CONSTRAINT certifications_course_key UNIQUE REFERENCES courses,
    created_at   timestamptz NOT NULL
);
CREATE TABLE certificates (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial           text    NOT NULL CONSTRAINT certificates_serial_key UNIQUE,
    certification_id bigint  NOT NULL REFERENCES certifications,
    person_id        bigint  NOT NULL REFERENCES people,
    cycle            integer NOT NULL CHECK (cycle > 0),
    completion_id    bigint  NOT NULL REFERENCES completions,
    content          jsonb   NOT NULL,     -- the frozen words of the certificate
    issued_at        timestamptz NOT NULL,
    issued_on        date    NOT NULL,
    valid_until      date,                 -- the last valid day; null: for ever
    CONSTRAINT certificates_cycle_key UNIQUE (person_id, certification_id, cycle)
);
CREATE INDEX certificates_valid_until ON certificates (valid_until);
CREATE INDEX certificates_completion ON certificates (completion_id);
CREATE TABLE certificate_documents (
    certificate_id bigint PRIMARY KEY REFERENCES certificates,
    pdf            bytea NOT NULL,
    sha256         bytea NOT NULL CHECK (length(sha256) = 32),
    rendered_at    timestamptz NOT NULL
);
CREATE TABLE certificate_revocations (
    certificate_id bigint PRIMARY KEY REFERENCES certificates,
    revoked_at     timestamptz NOT NULL,
    revoked_by     bigint REFERENCES people,
    reason         text NOT NULL CHECK (reason <> '')
);
CREATE TRIGGER certificates_append_only BEFORE UPDATE OR DELETE ON certificates FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_documents_append_only BEFORE UPDATE OR DELETE ON certificate_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_revocations_append_only BEFORE UPDATE OR DELETE ON certificate_revocations FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE certificate_revocations, certificate_documents, certificates, certifications;
