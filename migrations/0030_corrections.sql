-- +goose Up
-- What was wrong with an item version on the papers of a quiz, and what counts instead.
-- Whatever is graded afterwards is graded with it; what was graded before gets a regrade.
CREATE TABLE corrections (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quiz_id         bigint NOT NULL REFERENCES quizzes,
    item_version_id bigint NOT NULL REFERENCES item_versions,
    correction      text   NOT NULL CHECK (correction IN ('key', 'full', 'drop')),
    by_version_id   bigint REFERENCES item_versions,     -- whose key counts
    note            text   NOT NULL CHECK (note <> ''),
    made_by         bigint NOT NULL REFERENCES people,
    made_at         timestamptz NOT NULL,
    CONSTRAINT corrections_by_key CHECK ((correction = 'key') = (by_version_id IS NOT NULL))
);
CREATE INDEX corrections_quiz ON corrections (quiz_id, item_version_id, id);
CREATE TRIGGER corrections_append_only BEFORE UPDATE OR DELETE ON corrections FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER corrections_no_truncate BEFORE TRUNCATE ON corrections FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The corrections that count for the attempts of a person at a quiz: of each item version
-- the newest that the person did not make. Nobody corrects the own attempt.
CREATE FUNCTION corrections_for(quiz bigint, person bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(jsonb_build_object('id', c.id, 'version', c.item_version_id, 'correction', c.correction, 'by_version', c.by_version_id,
        'note', c.note, 'made_by', c.made_by) ORDER BY c.id)
    FROM (SELECT DISTINCT ON (item_version_id) * FROM corrections WHERE quiz_id = quiz AND made_by <> person ORDER BY item_version_id, id DESC) c
$$;

-- As before, with the corrections that an open attempt is submitted with. They are read
-- after the lock is had: a correction that does not find the attempt submitted was
-- committed before.
DROP FUNCTION attempt_under_lock(bigint);
-- +goose StatementBegin
CREATE FUNCTION attempt_under_lock(wanted bigint) RETURNS TABLE (owner bigint, answers_json text, submission text, corrections_json text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    revision bigint;
BEGIN
    SELECT person_id, revision_id INTO owner, revision FROM attempts WHERE id = wanted FOR UPDATE;
    SELECT json_object_agg(w.position, json_build_object('response', w.response, 'revision', w.revision))::text INTO answers_json FROM (
        SELECT DISTINCT ON (a.position) a.position, a.response, a.revision FROM answers a WHERE a.attempt_id = wanted ORDER BY a.position, a.revision DESC
    ) w;
    SELECT to_json(b)::text INTO submission FROM attempt_grades b WHERE b.attempt_id = wanted;
    IF submission IS NULL THEN
        SELECT corrections_for(r.quiz_id, owner)::text INTO corrections_json FROM quiz_revisions r WHERE r.id = revision;
    END IF;
    RETURN NEXT;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION attempt_under_lock(bigint);
-- +goose StatementBegin
CREATE FUNCTION attempt_under_lock(wanted bigint) RETURNS TABLE (owner bigint, answers_json text, submission text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    SELECT person_id INTO owner FROM attempts WHERE id = wanted FOR UPDATE;
    SELECT json_object_agg(w.position, json_build_object('response', w.response, 'revision', w.revision))::text INTO answers_json FROM (
        SELECT DISTINCT ON (a.position) a.position, a.response, a.revision FROM answers a WHERE a.attempt_id = wanted ORDER BY a.position, a.revision DESC
    ) w;
    SELECT to_json(b)::text INTO submission FROM attempt_grades b WHERE b.attempt_id = wanted;
    RETURN NEXT;
END $$;
-- +goose StatementEnd
DROP FUNCTION corrections_for(bigint, bigint);
DROP TABLE corrections;
