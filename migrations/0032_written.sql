-- +goose Up
-- The audit log tells of every row that evidence rests on: an event carries a hash of
-- each row that its transaction wrote, so that the chain holds them, and anwen verify
-- evidence finds what was changed, put in or removed since. A row that no event
-- carries was written by hand.
ALTER TABLE audit_events ADD COLUMN written jsonb; -- [["completions", {"17": "9f…"}], …]; "" for a row that went

-- The hash of a row, and what it is known by. A column that is added to a table of the
-- evidence changes its hashes: whoever adds one writes the event of those that there are.
CREATE FUNCTION row_hash(content jsonb) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT substr(encode(sha256(convert_to(content::text, 'UTF8')), 'hex'), 1, 32)
$$;
CREATE FUNCTION row_key(content jsonb, keys text[]) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT concat_ws('/', content->>keys[1], content->>keys[2], content->>keys[3])
$$;

-- What a transaction wrote waits for its next event. It is kept in pieces, lest many
-- statements copy the same long text again and again.
-- +goose StatementBegin
CREATE FUNCTION hold_written(kind text, hashes jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held text := coalesce(current_setting('anwen.written', true), '');
    parts integer;
BEGIN
    IF hashes IS NULL THEN
        RETURN;
    END IF;
    IF length(held) > 60000 THEN
        parts := coalesce(nullif(current_setting('anwen.written_parts', true), ''), '0')::integer + 1;
        PERFORM set_config('anwen.written_' || parts, held, true), set_config('anwen.written_parts', parts::text, true);
        held := '';
    END IF;
    PERFORM set_config('anwen.written', CASE WHEN held = '' THEN '' ELSE held || ',' END || jsonb_build_array(kind, hashes), true);
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION carry_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parts integer := coalesce(nullif(current_setting('anwen.written_parts', true), ''), '0')::integer;
    held text := current_setting('anwen.written', true);
BEGIN
    IF parts > 0 THEN
        held := (SELECT string_agg(current_setting('anwen.written_' || n), ',' ORDER BY n) FROM generate_series(1, parts) n) || ',' || held;
        PERFORM set_config('anwen.written_' || n, '', true) FROM generate_series(1, parts) n;
        PERFORM set_config('anwen.written_parts', '', true);
    END IF;
    NEW.written := ('[' || held || ']')::jsonb;
    PERFORM set_config('anwen.written', '', true);
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- The triggers of the tables: their keys, and the columns that are left out. Bytes have
-- a hash of their own beside them.
-- +goose StatementBegin
CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[] := TG_ARGV[0];
    left_out text[] := TG_ARGV[1];
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM hold_written(TG_TABLE_NAME, (SELECT jsonb_object_agg(row_key(c, keys), row_hash(c - left_out)) FROM fresh, to_jsonb(fresh) c));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM hold_written(TG_TABLE_NAME, (SELECT jsonb_object_agg(row_key(c, keys), '') FROM stale, to_jsonb(stale) c));
    ELSE
        PERFORM hold_written(TG_TABLE_NAME, (
            SELECT jsonb_object_agg(key, coalesce(n.hash, ''))
            FROM (SELECT row_key(c, keys) AS key, row_hash(c - left_out) AS hash FROM fresh, to_jsonb(fresh) c) n
            FULL JOIN (SELECT row_key(c, keys) AS key, row_hash(c - left_out) AS hash FROM stale, to_jsonb(stale) c) o USING (key)
            WHERE n.hash IS DISTINCT FROM o.hash));
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- The answers of an attempt are their own log, without an event for each. They are
-- carried together when the attempt is submitted: after that there are no more.
CREATE FUNCTION answers_hash(attempt bigint) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT row_hash(coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.position, a.revision), '[]')) FROM answers a WHERE a.attempt_id = attempt
$$;
-- +goose StatementBegin
CREATE FUNCTION note_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_written('answers', (SELECT jsonb_object_agg(attempt_id::text, answers_hash(attempt_id)) FROM fresh));
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_noted_answers AFTER INSERT ON submissions REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_answers();

-- What is there already begins with an event of its own: from here on it is proved, and
-- what it was before is as good as what the older events tell.
-- +goose StatementBegin
DO $$
DECLARE t record;
BEGIN
    PERFORM set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true);
    FOR t IN SELECT * FROM (VALUES
        ('units', '{id}', '{}', true), ('people', '{id}', '{language,updated_at}', true), ('staff_history', '{id}', '{}', false), ('role_grants', '{id}', '{}', true),
        ('policies', '{id}', '{}', true), ('policy_versions', '{id}', '{}', false), ('policy_texts', '{version_id,locale}', '{}', false),
        ('policy_repeals', '{policy_id}', '{}', false), ('policy_repeal_proposals', '{id}', '{}', true),
        ('policy_drafts', '{id}', '{}', true), ('policy_draft_editions', '{draft_id,edition}', '{}', false),
        ('policy_questions', '{version_id,position}', '{}', false), ('policy_answers', '{id}', '{}', false),
        ('acknowledgement_requests', '{id}', '{}', false), ('acknowledgements', '{id}', '{}', false),
        ('citing_revisions', '{id}', '{}', false), ('citations', '{id}', '{}', false),
        ('citation_changes', '{citation_id,version_id}', '{}', false), ('citation_reviews', '{citation_id,version_id}', '{}', false),
        ('complaints', '{id}', '{}', true), ('complaint_imports', '{id}', '{}', false), ('complaint_rule_sets', '{id}', '{}', false),
        ('calendars', '{code}', '{}', true), ('calendar_days', '{calendar,day}', '{}', true),
        ('responsible_persons', '{id}', '{}', false), ('satisfaction_answers', '{id}', '{}', false),
        ('briefings', '{id}', '{}', false), ('briefing_revisions', '{id}', '{}', false), ('briefing_texts', '{revision_id,locale}', '{}', false),
        ('briefing_policies', '{revision_id,policy_version_id}', '{}', false), ('briefing_questions', '{revision_id,position}', '{}', false),
        ('briefing_answers', '{id}', '{}', false), ('briefing_reads', '{revision_id,person_id}', '{}', false),
        ('briefing_actions', '{id}', '{}', false), ('briefing_action_steps', '{id}', '{}', false),
        ('study_meetings', '{id}', '{}', false), ('attendances', '{meeting_id,person_id}', '{}', false),
        ('courses', '{id}', '{}', false), ('course_revisions', '{id}', '{}', false), ('course_files', '{revision_id,name}', '{}', false), ('blobs', '{sha256}', '{bytes}', false),
        ('lessons', '{id}', '{}', false), ('lesson_texts', '{lesson_id,locale}', '{}', false), ('lesson_checks', '{lesson_id,locale,position}', '{}', false),
        ('manuscripts', '{id}', '{}', true), ('manuscript_files', '{manuscript_id,edition,name}', '{}', false),
        ('assignments', '{id}', '{}', true), ('lesson_reads', '{assignment_id,name}', '{}', false), ('quiz_passes', '{assignment_id}', '{}', false), ('completions', '{id}', '{}', false),
        ('banks', '{id}', '{}', true), ('bank_pictures', '{bank_id,name}', '{}', true), ('pictures', '{sha256}', '{bytes}', false), ('items', '{id}', '{}', true),
        ('item_versions', '{id}', '{}', false), ('quizzes', '{id}', '{}', true), ('quiz_revisions', '{id}', '{}', false), ('quiz_items', '{revision_id,position}', '{}', false),
        ('quiz_conditions', '{id}', '{}', false), ('quiz_refusals', '{id}', '{}', false), ('accommodations', '{id}', '{}', false),
        ('attempts', '{id}', '{}', false), ('attempt_events', '{id}', '{}', false), ('submissions', '{attempt_id}', '{}', false),
        ('marks', '{id}', '{}', false), ('regrades', '{id}', '{}', false), ('corrections', '{id}', '{}', false),
        ('certifications', '{id}', '{}', false), ('certificates', '{id}', '{}', false), ('certificate_documents', '{certificate_id}', '{pdf}', false),
        ('certificate_revocations', '{certificate_id}', '{}', false)
    ) AS t(name, keys, left_out, changes) LOOP
        EXECUTE format('CREATE TRIGGER %1$I AFTER INSERT ON %2$I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_written(%3$L, %4$L)',
            t.name || '_noted_insert', t.name, t.keys, t.left_out);
        IF t.changes THEN
            EXECUTE format('CREATE TRIGGER %1$I AFTER UPDATE ON %2$I REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION note_written(%3$L, %4$L)',
                t.name || '_noted_update', t.name, t.keys, t.left_out);
            EXECUTE format('CREATE TRIGGER %1$I AFTER DELETE ON %2$I REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION note_written(%3$L, %4$L)',
                t.name || '_noted_delete', t.name, t.keys, t.left_out);
        END IF;
        EXECUTE format('INSERT INTO audit_events (at, action, subject, data, written)
            SELECT now(), ''evidence.began'', ''table:'' || %1$L, jsonb_build_object(''rows'', count(*)), jsonb_build_array(jsonb_build_array(%1$L::text, jsonb_object_agg(key, hash)))
            FROM (SELECT row_key(c, %2$L) AS key, row_hash(c - %3$L::text[]) AS hash, (row_number() OVER () - 1) / 5000 AS part FROM %1$I AS t, to_jsonb(t) c) told
            GROUP BY part ORDER BY part', t.name, t.keys, t.left_out);
    END LOOP;
    INSERT INTO audit_events (at, action, subject, data, written)
    SELECT now(), 'evidence.began', 'table:answers', jsonb_build_object('rows', count(*)), jsonb_build_array(jsonb_build_array('answers', jsonb_object_agg(key, hash)))
    FROM (SELECT attempt_id::text AS key, answers_hash(attempt_id) AS hash, (row_number() OVER () - 1) / 5000 AS part FROM submissions) told
    GROUP BY part ORDER BY part;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_events_carry BEFORE INSERT ON audit_events FOR EACH ROW
    WHEN (current_setting('anwen.written', true) <> '') EXECUTE FUNCTION carry_written();

-- As before, after the hash of the row is held (triggers go by their names), so that the
-- event carries it.
DROP TRIGGER briefing_reads_recorded ON briefing_reads;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION record_briefing_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_events (at, actor_id, action, subject, data)
    SELECT f.read_at, f.person_id, 'briefings.read', 'briefing:' || b.key, jsonb_build_object('revision', r.number)
    FROM fresh f JOIN briefing_revisions r ON r.id = f.revision_id JOIN briefings b ON b.id = r.briefing_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER briefing_reads_recorded AFTER INSERT ON briefing_reads REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION record_briefing_read();

-- An attempt that begins is an event too. The database writes it, so that beginning
-- stays within its statements.
-- +goose StatementBegin
CREATE FUNCTION record_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_events (at, actor_id, action, subject, data)
    SELECT f.started_at, f.person_id, 'quizzes.start', 'attempt:' || f.id, jsonb_build_object('number', f.number, 'practice', f.practice) FROM fresh f;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER attempts_recorded AFTER INSERT ON attempts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION record_attempt();

-- +goose Down
DROP TRIGGER attempts_recorded ON attempts;
DROP FUNCTION record_attempt();
DROP TRIGGER briefing_reads_recorded ON briefing_reads;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION record_briefing_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_events (at, actor_id, action, subject, data)
    SELECT NEW.read_at, NEW.person_id, 'briefings.read', 'briefing:' || b.key, jsonb_build_object('revision', r.number)
    FROM briefing_revisions r JOIN briefings b ON b.id = r.briefing_id WHERE r.id = NEW.revision_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER briefing_reads_recorded AFTER INSERT ON briefing_reads FOR EACH ROW EXECUTE FUNCTION record_briefing_read();
DROP TRIGGER audit_events_carry ON audit_events;
-- +goose StatementBegin
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tgrelid::regclass AS name, tgname FROM pg_trigger WHERE tgfoid IN ('note_written'::regproc, 'note_answers'::regproc) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.name);
    END LOOP;
END $$;
-- +goose StatementEnd
DROP FUNCTION note_answers();
DROP FUNCTION answers_hash(bigint);
DROP FUNCTION note_written();
DROP FUNCTION carry_written();
DROP FUNCTION hold_written(text, jsonb);
DROP FUNCTION row_key(jsonb, text[]);
DROP FUNCTION row_hash(jsonb);
ALTER TABLE audit_events DROP COLUMN written;
