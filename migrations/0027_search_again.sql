-- +goose Up
-- The index holds other terms now: it is made again at the start.
DELETE FROM search_sources;

-- +goose Down
DELETE FROM search_sources;
