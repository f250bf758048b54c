-- +goose Up
-- The two ways between instants and local dates, said once. Every local date of a
-- person (due, completed, issued, as of) is in the zone of the person's unit; the
-- person's own zone is only what instants are shown in. Each is one plain SELECT, so
-- that the planner takes it apart.
CREATE FUNCTION day_in(at timestamptz, zone text) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (at AT TIME ZONE zone)::date $$;

-- The first instant of the day.
CREATE FUNCTION midnight(day date, zone text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT day::timestamp AT TIME ZONE zone $$;

-- +goose Down
DROP FUNCTION midnight(date, text);
DROP FUNCTION day_in(timestamptz, text);
