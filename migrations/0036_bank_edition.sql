-- +goose Up
-- A bank's name and owner are changed from what was shown, and never over a change that
-- was not. The rows that there are have other hashes with it: an event tells them.
ALTER TABLE banks ADD COLUMN edition integer NOT NULL DEFAULT 1 CHECK (edition > 0);
-- +goose StatementBegin
DO $$
BEGIN
    PERFORM set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true);
    INSERT INTO audit_events (at, action, subject, data, written)
    SELECT now(), 'evidence.began', 'table:banks', jsonb_build_object('rows', count(*)), jsonb_build_array(jsonb_build_array('banks', jsonb_object_agg(key, hash)))
    FROM (SELECT row_key(c, '{id}') AS key, row_hash(c) AS hash, (row_number() OVER () - 1) / 5000 AS part FROM banks AS t, to_jsonb(t) c) told
    GROUP BY part ORDER BY part;
END $$;
-- +goose StatementEnd

-- +goose Down
ALTER TABLE banks DROP COLUMN edition;
