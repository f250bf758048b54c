-- +goose Up
-- Tries at a password, counted before it is looked at. The kind keeps the keys of persons
-- and those of addresses apart, whatever somebody types as a login.
DROP TABLE login_throttles;
CREATE TABLE throttles (
    kind        text    NOT NULL CHECK (kind IN ('person','name','address','device','confirmation')),
    key         text    NOT NULL,
    tries       integer NOT NULL CHECK (tries >= 0),
    window_ends timestamptz NOT NULL,
    CONSTRAINT throttles_key PRIMARY KEY (kind, key)
);
CREATE INDEX throttles_window ON throttles (window_ends);

-- A browser that a person has signed in with, known by a cookie of which only the hash is
-- kept, and the address of that sign-in. Nobody else's tries count against it.
CREATE TABLE known_devices (
    token_hash bytea  NOT NULL CHECK (length(token_hash) = 32),
    person_id  bigint NOT NULL REFERENCES people,
    address    text   NOT NULL,
    seen_at    timestamptz NOT NULL,
    CONSTRAINT known_devices_key PRIMARY KEY (token_hash, person_id)
);
CREATE INDEX known_devices_person ON known_devices (person_id, seen_at);
CREATE INDEX known_devices_seen ON known_devices (seen_at);

-- +goose Down
DROP TABLE known_devices, throttles;
CREATE TABLE login_throttles (
    login        text PRIMARY KEY,
    failures     integer NOT NULL,
    window_ends  timestamptz NOT NULL,
    locked_until timestamptz
);
