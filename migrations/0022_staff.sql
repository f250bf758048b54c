-- +goose Up
-- What each person was and from when: every change of name, unit, position, manager
-- or status is a row with the whole new state. people stays the newest state. The
-- row with the highest id counts among those in effect on a day, so that a change
-- recorded late can take effect early.
CREATE TABLE staff_history (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      bigint NOT NULL REFERENCES people,
    effective_from date   NOT NULL,             -- a local date in the zone of the unit
    recorded_at    timestamptz NOT NULL,
    recorded_by    bigint REFERENCES people,    -- NULL: the program itself, or SQL that named nobody
    name           text   NOT NULL,
    unit_id        bigint NOT NULL REFERENCES units,
    position       text   NOT NULL,
    manager_id     bigint REFERENCES people,
    status         text   NOT NULL
);

-- History begins now. What was changed before is not known: the state of today is
-- taken to hold since the person has been known.
INSERT INTO staff_history (person_id, effective_from, recorded_at, name, unit_id, position, manager_id, status)
SELECT p.id, (p.created_at AT TIME ZONE u.zone)::date, now(), p.name, p.unit_id, p.position, p.manager_id, p.status
FROM people p JOIN units u ON u.id = p.unit_id ORDER BY p.id;

CREATE INDEX staff_history_person ON staff_history (person_id, id) INCLUDE (effective_from);
CREATE INDEX staff_history_unit ON staff_history (unit_id);
CREATE TRIGGER staff_history_append_only BEFORE UPDATE OR DELETE ON staff_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER staff_history_no_truncate BEFORE TRUNCATE ON staff_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever writes people writes history, because the database does it. Who and when
-- are told by set_config('anwen.changed_by' and 'anwen.changed_at', …, true) in the
-- same transaction; else it is nobody, now.
-- +goose StatementBegin
CREATE FUNCTION write_staff_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed_at timestamptz := coalesce(nullif(current_setting('anwen.changed_at', true), '')::timestamptz, now());
    changed_by bigint := nullif(current_setting('anwen.changed_by', true), '')::bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO staff_history (person_id, effective_from, recorded_at, recorded_by, name, unit_id, position, manager_id, status)
        SELECT n.id, (n.created_at AT TIME ZONE u.zone)::date, changed_at, changed_by, n.name, n.unit_id, n.position, n.manager_id, n.status
        FROM after n JOIN units u ON u.id = n.unit_id;
    ELSE
        INSERT INTO staff_history (person_id, effective_from, recorded_at, recorded_by, name, unit_id, position, manager_id, status)
        SELECT n.id, (changed_at AT TIME ZONE u.zone)::date, changed_at, changed_by, n.name, n.unit_id, n.position, n.manager_id, n.status
        FROM after n JOIN before o ON o.id = n.id JOIN units u ON u.id = n.unit_id
        WHERE (n.name, n.unit_id, n.position, n.manager_id, n.status)
              IS DISTINCT FROM (o.name, o.unit_id, o.position, o.manager_id, o.status);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER people_history_insert AFTER INSERT ON people
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION write_staff_history();
CREATE TRIGGER people_history_update AFTER UPDATE ON people
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION write_staff_history();

-- History follows from people: a row that no change of people wrote would make the
-- newest state and the newest row differ.
-- +goose StatementBegin
CREATE FUNCTION refuse_own_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'rows of % are written by changes of people alone', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_follows_people';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_history_follows_people BEFORE INSERT ON staff_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_own_history();

-- What other rooms join instead of people and units: everybody as of now.
CREATE VIEW staff AS
SELECT p.id, p.employee_no, p.login, p.name, p.unit_id, u.code AS unit_code, u.path AS unit_path, u.names AS unit_names, u.zone AS unit_zone,
       p.position, p.manager_id, p.status, coalesce(nullif(p.zone, ''), u.zone) AS zone, p.language, p.created_at AS known_since
FROM people p JOIN units u ON u.id = p.unit_id;

-- The same as of a day, as far as history is kept: employee number, login, zone and
-- language are today's, and so is where the unit stands in the tree. Who was not yet
-- known has no row; who had left has one that says so. It is one plain SELECT, so
-- that the planner takes it apart and finds a person or a unit by index.
CREATE FUNCTION staff_on(day date) RETURNS TABLE (
    id bigint, employee_no text, login text, name text, unit_id bigint, unit_code text, unit_path text, unit_names jsonb, unit_zone text,
    "position" text, manager_id bigint, status text, zone text, language text, known_since timestamptz, effective_from date
) LANGUAGE sql STABLE AS $$
    SELECT p.id, p.employee_no, p.login, h.name, h.unit_id, u.code, u.path, u.names, u.zone,
           h.position, h.manager_id, h.status, coalesce(nullif(p.zone, ''), u.zone), p.language, p.created_at, h.effective_from
    FROM staff_history h JOIN people p ON p.id = h.person_id JOIN units u ON u.id = h.unit_id
    WHERE h.effective_from <= day
      AND NOT EXISTS (SELECT FROM staff_history l WHERE l.person_id = h.person_id AND l.id > h.id AND l.effective_from <= day)
$$;

-- +goose Down
DROP FUNCTION staff_on(date);
DROP VIEW staff;
DROP TRIGGER people_history_update ON people;
DROP TRIGGER people_history_insert ON people;
DROP TABLE staff_history;
DROP FUNCTION refuse_own_history();
DROP FUNCTION write_staff_history();
