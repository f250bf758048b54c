-- +goose Up
-- Who leaves can do nothing more, and does not get it back by coming back: sessions
-- and roles end, the password is gone. The database does it, so that no path can
-- forget. When and by whom is told as for history (migration 22).
DELETE FROM credentials WHERE person_id IN (SELECT id FROM people WHERE status = 'left');
UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL AND person_id IN (SELECT id FROM people WHERE status = 'left');
UPDATE role_grants SET revoked_at = now() WHERE revoked_at IS NULL AND person_id IN (SELECT id FROM people WHERE status = 'left');

-- +goose StatementBegin
CREATE FUNCTION end_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed_at timestamptz := coalesce(nullif(current_setting('anwen.changed_at', true), '')::timestamptz, NEW.updated_at);
    changed_by bigint := nullif(current_setting('anwen.changed_by', true), '')::bigint;
BEGIN
    UPDATE sessions SET revoked_at = changed_at WHERE person_id = NEW.id AND revoked_at IS NULL;
    DELETE FROM credentials WHERE person_id = NEW.id;
    UPDATE role_grants SET revoked_at = changed_at, revoked_by = changed_by WHERE person_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER people_left AFTER UPDATE OF status ON people FOR EACH ROW
    WHEN (NEW.status = 'left' AND OLD.status <> 'left') EXECUTE FUNCTION end_access();

-- Nor is anything new given to who has left: the row lock makes it wait for a leaving
-- that is under way.
-- +goose StatementBegin
CREATE FUNCTION refuse_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people WHERE id = NEW.person_id AND status <> 'left' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'person % has left', NEW.person_id USING ERRCODE = 'check_violation', CONSTRAINT = 'people_left_no_access';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sessions_of_staff BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION refuse_access();
CREATE TRIGGER credentials_of_staff BEFORE INSERT OR UPDATE ON credentials FOR EACH ROW EXECUTE FUNCTION refuse_access();
CREATE TRIGGER role_grants_of_staff BEFORE INSERT ON role_grants FOR EACH ROW EXECUTE FUNCTION refuse_access();

-- Somebody can always grant roles: the last administrator over a root stays one.
-- Whoever ends such a grant waits for others who do, and counts after them.
-- +goose StatementBegin
CREATE FUNCTION keep_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM units WHERE id = OLD.unit_id AND parent_id IS NULL) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('people.administrators', 0));
    IF NOT EXISTS (SELECT FROM role_grants WHERE role = 'administrator' AND unit_id = OLD.unit_id AND revoked_at IS NULL) THEN
        RAISE EXCEPTION 'unit % would have no administrator', OLD.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'role_grants_last_administrator';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER role_grants_last_administrator AFTER UPDATE OR DELETE ON role_grants FOR EACH ROW
    WHEN (OLD.role = 'administrator' AND OLD.revoked_at IS NULL) EXECUTE FUNCTION keep_administrator();

-- A repeal takes two people, as a version does: one proposes, another one repeals.
CREATE TABLE policy_repeal_proposals (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id      bigint NOT NULL REFERENCES policies,
    effective_from date   NOT NULL,
    reason         text   NOT NULL CHECK (reason <> ''),
    proposed_at    timestamptz NOT NULL,
    proposed_by    bigint REFERENCES people,
    withdrawn_at   timestamptz,
    withdrawn_by   bigint REFERENCES people
);
CREATE UNIQUE INDEX policy_repeal_proposals_open_key ON policy_repeal_proposals (policy_id) WHERE withdrawn_at IS NULL;
CREATE INDEX policy_repeal_proposals_policy ON policy_repeal_proposals (policy_id);

ALTER TABLE policy_repeals ADD COLUMN proposal_id bigint REFERENCES policy_repeal_proposals; -- NULL: from before repeals were proposed
-- +goose StatementBegin
CREATE FUNCTION refuse_own_repeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.repealed_by IS NOT NULL AND NOT EXISTS (
        SELECT FROM policy_repeal_proposals p WHERE p.id = NEW.proposal_id AND p.policy_id = NEW.policy_id AND p.withdrawn_at IS NULL
            AND (p.effective_from, p.reason) = (NEW.effective_from, NEW.reason) AND p.proposed_by IS DISTINCT FROM NEW.repealed_by
    ) THEN
        RAISE EXCEPTION 'whoever proposed the repeal does not repeal' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_repeals_two_people';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER policy_repeals_two_people BEFORE INSERT ON policy_repeals FOR EACH ROW EXECUTE FUNCTION refuse_own_repeal();

-- +goose Down
DROP TRIGGER policy_repeals_two_people ON policy_repeals;
DROP FUNCTION refuse_own_repeal();
ALTER TABLE policy_repeals DROP COLUMN proposal_id;
DROP TABLE policy_repeal_proposals;
DROP TRIGGER role_grants_last_administrator ON role_grants;
DROP FUNCTION keep_administrator();
DROP TRIGGER role_grants_of_staff ON role_grants;
DROP TRIGGER credentials_of_staff ON credentials;
DROP TRIGGER sessions_of_staff ON sessions;
DROP FUNCTION refuse_access();
DROP TRIGGER people_left ON people;
DROP FUNCTION end_access();
