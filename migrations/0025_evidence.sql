-- +goose Up
-- Evidence is refused no less to TRUNCATE than to UPDATE and DELETE, and the tables
-- that were left out are evidence too. house_evidence_test.go holds that every table
-- refuses all three unless it is named there as one whose rows change.

-- Who is responsible: every naming is a row, and the newest of a complaint counts. An
-- end was nothing but the next naming. Who it is now stands in a table of its own,
-- which the naming writes: it is what lists and scores join.
DROP FUNCTION complaint_standing(timestamptz);
DROP VIEW responsible_now;
CREATE TABLE responsible_now (
    complaint_id bigint CONSTRAINT responsible_now_key PRIMARY KEY REFERENCES complaints,
    person_id    bigint NOT NULL REFERENCES people
);
INSERT INTO responsible_now SELECT complaint_id, person_id FROM responsible_persons WHERE ended_at IS NULL;
CREATE INDEX responsible_now_person ON responsible_now (person_id, complaint_id);
DROP INDEX responsible_persons_person;
DROP INDEX responsible_persons_current_key;
ALTER TABLE responsible_persons DROP COLUMN ended_at;
CREATE INDEX responsible_persons_complaint ON responsible_persons (complaint_id, id);
-- +goose StatementBegin
CREATE FUNCTION keep_responsible_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO responsible_now (complaint_id, person_id)
    SELECT DISTINCT ON (complaint_id) complaint_id, person_id FROM named ORDER BY complaint_id, id DESC
    ON CONFLICT ON CONSTRAINT responsible_now_key DO UPDATE SET person_id = excluded.person_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER responsible_persons_now AFTER INSERT ON responsible_persons
    REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION keep_responsible_now();

-- Satisfaction in the same way: a corrected answer is the next row.
CREATE TABLE satisfaction_now (
    complaint_id bigint CONSTRAINT satisfaction_now_key PRIMARY KEY REFERENCES complaints,
    score        integer NOT NULL,
    answered_on  date
);
INSERT INTO satisfaction_now SELECT complaint_id, score, answered_on FROM satisfaction_answers;
ALTER TABLE satisfaction_answers
    DROP CONSTRAINT satisfaction_answers_pkey,
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
CREATE INDEX satisfaction_answers_complaint ON satisfaction_answers (complaint_id, id);
-- +goose StatementBegin
CREATE FUNCTION keep_satisfaction_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO satisfaction_now (complaint_id, score, answered_on)
    SELECT DISTINCT ON (complaint_id) complaint_id, score, answered_on FROM answered ORDER BY complaint_id, id DESC
    ON CONFLICT ON CONSTRAINT satisfaction_now_key DO UPDATE SET score = excluded.score, answered_on = excluded.answered_on;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER satisfaction_answers_now AFTER INSERT ON satisfaction_answers
    REFERENCING NEW TABLE AS answered FOR EACH STATEMENT EXECUTE FUNCTION keep_satisfaction_now();

-- As before, but for the two tables that say what counts now.
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
    LEFT JOIN satisfaction_now a ON a.complaint_id = c.id;
END;
-- +goose StatementEnd

-- A briefing that somebody read is an event of the audit log, as every other
-- acceptance is. The database writes it, so that reading stays one statement.
-- +goose StatementBegin
CREATE FUNCTION record_briefing_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_events (at, actor_id, action, subject, data)
    SELECT NEW.read_at, NEW.person_id, 'briefings.read', 'briefing:' || b.key, jsonb_build_object('revision', r.number)
    FROM briefing_revisions r JOIN briefings b ON b.id = r.briefing_id WHERE r.id = NEW.revision_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER briefing_reads_recorded AFTER INSERT ON briefing_reads FOR EACH ROW EXECUTE FUNCTION record_briefing_read();
-- Those from before have one event together: how many they are, and the sum of their
-- hashes, which anwen verify evidence takes again.
INSERT INTO audit_events (at, action, subject, data)
SELECT now(), 'briefings.reads_before', 'briefing_reads', jsonb_build_object('rows', count(*), 'sum', sum(hashtextextended(concat_ws('|',
    e.revision_id, e.person_id, extract(epoch FROM e.read_at)), 0)::numeric)::text)
FROM briefing_reads e HAVING count(*) > 0;

-- What the minutes of a meeting say, attendance included, in one hash: the audit log
-- keeps it when they are published, and anwen verify evidence takes it again.
CREATE FUNCTION minutes_digest(meeting bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(m.briefing_id, m.revision_id, m.number, extract(epoch FROM m.held_at), m.place, m.chair_id, m.recorder_id,
        m.notes, m.notes_html, extract(epoch FROM m.published_at), m.published_by,
        (SELECT jsonb_agg(jsonb_build_array(a.person_id, a.unit_id, a.how) ORDER BY a.person_id) FROM attendances a WHERE a.meeting_id = m.id))::text, 'UTF8')), 'hex')
    FROM study_meetings m WHERE m.id = meeting
$$;

-- The hash of a seal covers when it was made, too. Seals of form 1 did not; the first
-- one of form 2 covers all instants before it.
ALTER TABLE audit_seals ADD COLUMN form smallint NOT NULL DEFAULT 1 CHECK (form IN (1, 2));

-- A version keeps its title, whatever the policy is called later. What the titles of
-- older versions were is not known: they are taken to be today's.
ALTER TABLE policy_versions ADD COLUMN titles jsonb;
ALTER TABLE policy_versions DISABLE TRIGGER policy_versions_append_only;
UPDATE policy_versions v SET titles = p.titles FROM policies p WHERE p.id = v.policy_id;
ALTER TABLE policy_versions ENABLE TRIGGER policy_versions_append_only;
ALTER TABLE policy_versions ALTER COLUMN titles SET NOT NULL;

-- Of two markers who disagree, neither decides.
-- +goose StatementBegin
CREATE FUNCTION refuse_own_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM marks WHERE attempt_id = NEW.attempt_id AND position = NEW.position AND marker_id = NEW.marker_id AND NOT decides) THEN
        RAISE EXCEPTION 'the marker gave one of the marks that differ' USING ERRCODE = 'check_violation', CONSTRAINT = 'marks_decided_by_another';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER marks_decided_by_another BEFORE INSERT ON marks FOR EACH ROW WHEN (NEW.decides) EXECUTE FUNCTION refuse_own_decision();

-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['briefing_reads', 'briefing_policies', 'briefings', 'responsible_persons', 'satisfaction_answers', 'complaint_imports', 'courses', 'certifications'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    END LOOP;
    FOR t IN SELECT g.tgrelid::regclass::text FROM pg_trigger g
        WHERE g.tgname = g.tgrelid::regclass::text || '_append_only'
          AND NOT EXISTS (SELECT FROM pg_trigger n WHERE n.tgrelid = g.tgrelid AND n.tgname = g.tgrelid::regclass::text || '_no_truncate')
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
    END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOR t IN SELECT tgrelid::regclass::text FROM pg_trigger
        WHERE tgname = tgrelid::regclass::text || '_no_truncate' AND tgrelid::regclass::text NOT IN ('audit_events', 'staff_history')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', t || '_no_truncate', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['briefing_reads', 'briefing_policies', 'briefings', 'responsible_persons', 'satisfaction_answers', 'complaint_imports', 'courses', 'certifications'] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', t || '_append_only', t);
    END LOOP;
END $$;
-- +goose StatementEnd
DROP TRIGGER marks_decided_by_another ON marks;
DROP FUNCTION refuse_own_decision();
ALTER TABLE policy_versions DROP COLUMN titles;
ALTER TABLE audit_seals DROP COLUMN form;
DROP FUNCTION minutes_digest(bigint);
DROP TRIGGER briefing_reads_recorded ON briefing_reads;
DROP FUNCTION record_briefing_read();
DROP FUNCTION complaint_standing(timestamptz);
DROP TRIGGER satisfaction_answers_now ON satisfaction_answers;
DROP FUNCTION keep_satisfaction_now();
DROP INDEX satisfaction_answers_complaint;
DELETE FROM satisfaction_answers a USING satisfaction_answers n WHERE n.complaint_id = a.complaint_id AND n.id > a.id;
ALTER TABLE satisfaction_answers DROP COLUMN id, ADD CONSTRAINT satisfaction_answers_pkey PRIMARY KEY (complaint_id);
DROP TABLE satisfaction_now;
DROP TRIGGER responsible_persons_now ON responsible_persons;
DROP FUNCTION keep_responsible_now();
DROP INDEX responsible_persons_complaint;
ALTER TABLE responsible_persons ADD COLUMN ended_at timestamptz;
UPDATE responsible_persons p SET ended_at = (SELECT n.named_at FROM responsible_persons n WHERE n.complaint_id = p.complaint_id AND n.id > p.id ORDER BY n.id LIMIT 1);
CREATE UNIQUE INDEX responsible_persons_current_key ON responsible_persons (complaint_id) WHERE ended_at IS NULL;
CREATE INDEX responsible_persons_person ON responsible_persons (person_id, complaint_id) WHERE ended_at IS NULL;
DROP TABLE responsible_now;
CREATE VIEW responsible_now AS
    SELECT complaint_id, person_id FROM responsible_persons WHERE ended_at IS NULL;
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
    zone            text,
    received_at     timestamptz,
    due_on          date,
    due_at          timestamptz,
    done_at         timestamptz,
    closed_at       timestamptz,
    measured        boolean,
    state           text,
    beyond_calendar boolean,
    named           boolean,
    responsible_id  bigint,
    satisfaction    integer,
    answer_dated    date,
    answered_on     date
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
