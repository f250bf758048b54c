-- +goose Up
-- A version is written, reviewed and approved before it is published, by at
-- least two people. Drafts change; every saved edition stays.
CREATE TABLE policy_drafts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_code  text    NOT NULL CHECK (policy_code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    state        text    NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in_review', 'approved', 'published', 'withdrawn')),
    edition      integer NOT NULL CHECK (edition > 0),       -- the newest
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    approver_id  bigint  REFERENCES people,
    approved_at  timestamptz,
    material     boolean,                                     -- the approver's decision
    note         text    NOT NULL DEFAULT '',                 -- the approver's, or why it was sent back
    version_id   bigint  REFERENCES policy_versions,
    CONSTRAINT policy_drafts_decided CHECK (state NOT IN ('approved', 'published') OR (approver_id IS NOT NULL AND approved_at IS NOT NULL AND material IS NOT NULL)),
    CONSTRAINT policy_drafts_published CHECK ((state = 'published') = (version_id IS NOT NULL))
);
CREATE UNIQUE INDEX policy_drafts_open_key ON policy_drafts (policy_code) WHERE state IN ('draft', 'in_review', 'approved');

CREATE TABLE policy_draft_editions (
    draft_id  bigint  NOT NULL REFERENCES policy_drafts,
    edition   integer NOT NULL,
    editor_id bigint  NOT NULL REFERENCES people,
    content   jsonb   NOT NULL,
    saved_at  timestamptz NOT NULL,
    CONSTRAINT policy_draft_editions_key PRIMARY KEY (draft_id, edition)
);
CREATE TRIGGER policy_draft_editions_append_only BEFORE UPDATE OR DELETE ON policy_draft_editions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Nobody approves what they wrote any edition of.
-- +goose StatementBegin
CREATE FUNCTION refuse_own_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.approver_id IS NOT NULL AND EXISTS (SELECT FROM policy_draft_editions e WHERE e.draft_id = NEW.id AND e.editor_id = NEW.approver_id) THEN
        RAISE EXCEPTION 'the approver wrote the draft' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_drafts_two_people';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER policy_drafts_two_people BEFORE INSERT OR UPDATE ON policy_drafts FOR EACH ROW EXECUTE FUNCTION refuse_own_approval();

-- An editorial version carries the substance of an earlier one: who acknowledged
-- that one has acknowledged this one too.
ALTER TABLE policy_versions
    ADD COLUMN material    boolean  NOT NULL DEFAULT true,
    ADD COLUMN carries     integer CHECK (carries < number),
    ADD COLUMN substance   integer GENERATED ALWAYS AS (coalesce(carries, number)) STORED,
    ADD COLUMN approved_by bigint   REFERENCES people,
    ADD COLUMN approved_at timestamptz,
    ADD CONSTRAINT policy_versions_editorial CHECK (material = (carries IS NULL));
CREATE INDEX policy_versions_substance ON policy_versions (policy_id, substance);

-- +goose Down
ALTER TABLE policy_versions DROP COLUMN approved_at, DROP COLUMN approved_by, DROP COLUMN substance, DROP COLUMN carries, DROP COLUMN material;
DROP TABLE policy_draft_editions, policy_drafts;
DROP FUNCTION refuse_own_approval();
