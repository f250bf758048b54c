-- +goose Up
-- A draft is written against one version and becomes the one right after it. Of the
-- drafts that there are, it is the version that was newest when they were begun.
ALTER TABLE policy_drafts ADD COLUMN base integer CHECK (base >= 0);      -- number of the version; 0: a new policy
UPDATE policy_drafts d SET base = (
    SELECT coalesce(max(v.number), 0) FROM policies p JOIN policy_versions v ON v.policy_id = p.id
    WHERE p.code = d.policy_code AND v.published_at <= d.created_at
        AND v.number < coalesce((SELECT o.number FROM policy_versions o WHERE o.id = d.version_id), v.number + 1));
ALTER TABLE policy_drafts ALTER COLUMN base SET NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION refuse_other_base() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version_id IS NOT NULL AND NOT EXISTS (SELECT FROM policy_versions v WHERE v.id = NEW.version_id AND v.number = NEW.base + 1) THEN
        RAISE EXCEPTION 'the draft was written against another version' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_drafts_follow_their_base';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER policy_drafts_follow_their_base BEFORE INSERT OR UPDATE OF version_id ON policy_drafts FOR EACH ROW EXECUTE FUNCTION refuse_other_base();

-- What is proposed to be repealed is the policy as somebody knew it: up to a version.
ALTER TABLE policy_repeal_proposals ADD COLUMN number integer CHECK (number > 0); -- of the newest version then
UPDATE policy_repeal_proposals r SET number = (
    SELECT coalesce(max(v.number) FILTER (WHERE v.published_at <= r.proposed_at), 1) FROM policy_versions v WHERE v.policy_id = r.policy_id);
ALTER TABLE policy_repeal_proposals ALTER COLUMN number SET NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION refuse_unseen_repeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM policy_repeal_proposals p JOIN policy_versions v ON v.policy_id = p.policy_id AND v.number > p.number WHERE p.id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'a version came after the repeal was proposed' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_repeals_of_the_newest';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER policy_repeals_of_the_newest BEFORE INSERT ON policy_repeals FOR EACH ROW EXECUTE FUNCTION refuse_unseen_repeal();

-- +goose Down
DROP TRIGGER policy_repeals_of_the_newest ON policy_repeals;
DROP FUNCTION refuse_unseen_repeal();
ALTER TABLE policy_repeal_proposals DROP COLUMN number;
DROP TRIGGER policy_drafts_follow_their_base ON policy_drafts;
DROP FUNCTION refuse_other_base();
ALTER TABLE policy_drafts DROP COLUMN base;
