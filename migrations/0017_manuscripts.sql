-- +goose Up
-- A course folder that is being written. A course has one open draft; every save
-- of a file is an edition that stays.
CREATE TABLE manuscripts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug        text    NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
    base        integer NOT NULL,                    -- revision it began from; 0: a new course
    state       text    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'published', 'discarded')),
    opened_by   bigint  REFERENCES people,
    opened_at   timestamptz NOT NULL,
    closed_at   timestamptz,
    CONSTRAINT manuscripts_closed CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE UNIQUE INDEX manuscripts_open_key ON manuscripts (slug) WHERE state = 'open';
CREATE TABLE manuscript_files (
    manuscript_id  bigint  NOT NULL REFERENCES manuscripts,
    name      text    NOT NULL CHECK (name <> '' AND length(name) <= 400),
    edition   integer NOT NULL CHECK (edition > 0),
    sha256    bytea   REFERENCES blobs,              -- null: taken away
    editor_id bigint  REFERENCES people,
    saved_at  timestamptz NOT NULL,
    CONSTRAINT manuscript_files_key PRIMARY KEY (manuscript_id, name, edition)
);
CREATE TRIGGER manuscript_files_append_only BEFORE UPDATE OR DELETE ON manuscript_files FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE manuscript_files, manuscripts;
