-- +goose Up
-- A policy that ends without a successor. Its versions and who acknowledged them
-- stay.
CREATE TABLE policy_repeals (
    policy_id      bigint PRIMARY KEY REFERENCES policies,
    effective_from date   NOT NULL,
    reason         text   NOT NULL CHECK (reason <> ''),
    repealed_at    timestamptz NOT NULL,
    repealed_by    bigint REFERENCES people
);
CREATE TRIGGER policy_repeals_append_only BEFORE UPDATE OR DELETE ON policy_repeals FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE policy_repeals;
