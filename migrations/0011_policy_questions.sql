-- +goose Up
-- What a version asks of whoever acknowledges it: a click (tier 1), or the
-- password again and right answers about this very version (tier 2).
ALTER TABLE policy_versions ADD COLUMN tier smallint NOT NULL DEFAULT 1 CHECK (tier IN (1, 2));
CREATE TABLE policy_questions (
    version_id bigint  NOT NULL REFERENCES policy_versions,
    position   integer NOT NULL CHECK (position > 0),
    item       jsonb   NOT NULL,
    PRIMARY KEY (version_id, position)
);
-- Every try at them, right or wrong.
CREATE TABLE policy_answers (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id  bigint  NOT NULL REFERENCES policy_versions,
    person_id   bigint  NOT NULL REFERENCES people,
    responses   jsonb   NOT NULL,
    correct     integer NOT NULL CHECK (correct >= 0 AND correct <= total),
    total       integer NOT NULL CHECK (total > 0),
    answered_at timestamptz NOT NULL
);
CREATE INDEX policy_answers_person ON policy_answers (version_id, person_id);
ALTER TABLE acknowledgements
    ADD COLUMN tier    smallint NOT NULL DEFAULT 1 CHECK (tier IN (1, 2)),
    ADD COLUMN roles   text     NOT NULL DEFAULT '',   -- held then
    ADD COLUMN address text     NOT NULL DEFAULT '';   -- of the caller; tier 2 only
CREATE TRIGGER policy_questions_append_only BEFORE UPDATE OR DELETE ON policy_questions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_answers_append_only BEFORE UPDATE OR DELETE ON policy_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
ALTER TABLE acknowledgements DROP COLUMN address, DROP COLUMN roles, DROP COLUMN tier;
DROP TABLE policy_answers, policy_questions;
ALTER TABLE policy_versions DROP COLUMN tier;
