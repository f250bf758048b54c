-- +goose Up
CREATE TABLE audit_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    actor_id   bigint,              -- null: the system itself
    action     text  NOT NULL CHECK (action <> ''),
    subject    text  NOT NULL,      -- kind:key, such as course:complaint-handling
    data       jsonb NOT NULL,
    request_id text  NOT NULL DEFAULT ''
);
CREATE INDEX audit_events_subject ON audit_events (subject, id);
CREATE INDEX audit_events_actor ON audit_events (actor_id, id);
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Events not yet in the chain. The sealer takes what is committed, in whatever
-- order transactions finished, so that writers never wait for one another.
CREATE TABLE audit_unsealed (event_id bigint PRIMARY KEY REFERENCES audit_events);

-- +goose StatementBegin
CREATE FUNCTION queue_for_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (event_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_events_queue AFTER INSERT ON audit_events
    FOR EACH ROW EXECUTE FUNCTION queue_for_sealing();

CREATE TABLE audit_seals (
    number    bigint PRIMARY KEY CHECK (number > 0),
    event_ids bigint[] NOT NULL CHECK (cardinality(event_ids) > 0),
    previous  bytea NOT NULL CHECK (length(previous) = 32),
    hash      bytea NOT NULL CONSTRAINT audit_seals_hash_key UNIQUE CHECK (length(hash) = 32),
    sealed_at timestamptz NOT NULL
);
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE audit_seals, audit_unsealed, audit_events;
DROP FUNCTION queue_for_sealing();
