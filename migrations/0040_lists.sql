-- +goose Up
-- What lists are narrowed by is found by an index, also when next to nothing is found.

-- The log by action: the actions that begin so are looked up one after another.
CREATE INDEX audit_events_action ON audit_events (action COLLATE "C", id);

-- The characters and the pairs of neighbours that a name holds, and those that a name
-- must hold in which the text stands. Chinese names are too short for anything longer.
CREATE FUNCTION name_parts(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT part) FROM generate_series(1, length(name)) i, LATERAL (VALUES (substr(name, i, 1)), (substr(name, i, 2))) p(part)
$$;
CREATE FUNCTION sought_parts(sought text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(substr(sought, i, 2)), ARRAY[sought]) FROM generate_series(1, length(sought) - 1) i
$$;
CREATE INDEX people_name_parts ON people USING gin (name_parts(name));
CREATE INDEX people_employee_no_start ON people (employee_no text_pattern_ops);

-- Complaints by the beginning of their reference, by product and by cause.
CREATE INDEX complaints_reference_start ON complaints (reference text_pattern_ops);
CREATE INDEX complaints_product ON complaints (product COLLATE "C");
CREATE INDEX complaints_cause ON complaints (cause COLLATE "C");

-- Attempts with an essay that waited when they were submitted: few of all, and fewer
-- still wait.
CREATE INDEX submissions_waiting ON submissions (attempt_id) WHERE grades @> '[{"status": "waiting"}]';
CREATE INDEX regrades_waiting ON regrades (attempt_id) WHERE grades @> '[{"status": "waiting"}]';
-- Who sat a quiz and when, without papers and grades; the newest attempts of a revision.
CREATE INDEX attempts_sat ON attempts (revision_id, id) INCLUDE (person_id, assignment_id) WHERE NOT practice;
CREATE INDEX submissions_when ON submissions (attempt_id) INCLUDE (submitted_at);

-- +goose Down
DROP INDEX submissions_when;
DROP INDEX attempts_sat;
DROP INDEX regrades_waiting;
DROP INDEX submissions_waiting;
DROP INDEX complaints_cause;
DROP INDEX complaints_product;
DROP INDEX complaints_reference_start;
DROP INDEX people_employee_no_start;
DROP INDEX people_name_parts;
DROP FUNCTION sought_parts(text);
DROP FUNCTION name_parts(text);
DROP INDEX audit_events_action;
