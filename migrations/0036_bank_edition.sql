-- +goose Up
-- A bank's name and owner are changed from what was shown, and never over a change that
-- was not.
ALTER TABLE banks ADD COLUMN edition integer NOT NULL DEFAULT 1 CHECK (edition > 0);

-- +goose Down
ALTER TABLE banks DROP COLUMN edition;
