-- +goose Up
ALTER TABLE policies ADD COLUMN applies_to text NOT NULL DEFAULT '';   -- whom it binds, in words

-- +goose Down
ALTER TABLE policies DROP COLUMN applies_to;
