-- +goose Up
-- How a complaint stands against its limit at an instant: the rule that
-- complaints.Judge states in Go. A test holds the two equal.
-- PostgreSQL writes the body into the query that calls it, so it costs what the
-- expression costs.
CREATE FUNCTION complaint_state(measured boolean, due_at timestamptz, done_at timestamptz, at timestamptz) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN NOT measured THEN 'unmeasured'
        WHEN done_at <= due_at THEN 'met'
        WHEN coalesce(done_at, at) > due_at THEN 'late'
        ELSE 'open' END;

-- Who is responsible for which complaint now; those of the past stay in the table.
CREATE VIEW responsible_now AS
    SELECT complaint_id, person_id FROM responsible_persons WHERE ended_at IS NULL;

-- Every complaint as it stands at an instant, with what is read beside it. This
-- is the one source of every board, list, score and report: they read it instead
-- of the tables. It too is written into the query that reads it, so indexes of
-- the tables serve conditions on its columns and joins that nobody asks for fall
-- away.
-- +goose StatementBegin
CREATE FUNCTION complaint_standing(at timestamptz) RETURNS TABLE (
    id              bigint,
    reference       text,
    class           text,
    channel         text,
    product         text,
    cause           text,
    unit_id         bigint,
    unit_code       text,
    unit_path       text,
    unit_names      jsonb,
    zone            text,         -- of the unit
    received_at     timestamptz,
    due_on          date,
    due_at          timestamptz,
    done_at         timestamptz,  -- of the stage that the class is judged by
    closed_at       timestamptz,
    measured        boolean,
    state           text,         -- met, late, open, unmeasured
    beyond_calendar boolean,
    named           boolean,      -- somebody is responsible now
    responsible_id  bigint,       -- who that is
    satisfaction    integer,
    answer_dated    date,         -- as the source says it
    answered_on     date          -- where the source is silent, the day it was closed where the unit is
) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.id, c.reference, c.class, c.channel, c.product, c.cause, c.unit_id, u.code, u.path, u.names, u.zone,
           c.received_at, c.due_on, c.due_at, m.done_at, c.closed_at, c.measured,
           complaint_state(c.measured, c.due_at, m.done_at, complaint_standing.at), c.beyond_calendar,
           r.complaint_id IS NOT NULL, r.person_id, a.score,
           a.answered_on, CASE WHEN a.score IS NOT NULL THEN coalesce(a.answered_on, (c.closed_at AT TIME ZONE u.zone)::date) END
    FROM complaints c
    CROSS JOIN LATERAL (SELECT CASE c.class WHEN 'general' THEN c.first_reply_at ELSE c.first_feedback_at END AS done_at) m
    LEFT JOIN units u ON u.id = c.unit_id
    LEFT JOIN responsible_now r ON r.complaint_id = c.id
    LEFT JOIN satisfaction_answers a ON a.complaint_id = c.id;
END;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION complaint_standing(timestamptz);
DROP VIEW responsible_now;
DROP FUNCTION complaint_state(boolean, timestamptz, timestamptz, timestamptz);
