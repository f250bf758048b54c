-- +goose Up
-- Identifiers that look the same are the same: what differs only in capitals is taken.
-- Pairs that are there already stay, and are left out of the index by name: nobody can
-- rename them, and a database that holds some must start all the same.
-- +goose StatementBegin
DO $$
DECLARE
    kind record;
    pairs text;
BEGIN
    FOR kind IN SELECT * FROM (VALUES
        ('policies_code_alike', 'policies', 'code', 'true'),
        ('policy_drafts_open_alike', 'policy_drafts', 'policy_code', $c$state IN ('draft', 'in_review', 'approved')$c$),
        ('banks_code_alike', 'banks', 'code', 'true'),
        ('units_code_alike', 'units', 'code', 'true'),
        ('people_number_alike', 'people', 'employee_no', 'true'),
        ('complaints_reference_alike', 'complaints', 'reference', 'true')) AS k(index, relation, field, holds) LOOP
        EXECUTE format('SELECT string_agg(quote_literal(d.alike), '', '') FROM (SELECT lower(%1$I) AS alike FROM %2$I WHERE %3$s GROUP BY 1 HAVING count(*) > 1) d',
            kind.field, kind.relation, kind.holds) INTO pairs;
        EXECUTE format('CREATE UNIQUE INDEX %1$I ON %2$I (lower(%3$I)) WHERE %4$s', kind.index, kind.relation, kind.field, kind.holds)
            || CASE WHEN pairs IS NULL THEN '' ELSE format(' AND lower(%I) NOT IN (%s)', kind.field, pairs) END;
    END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP INDEX policies_code_alike, policy_drafts_open_alike, banks_code_alike, units_code_alike, people_number_alike, complaints_reference_alike;
