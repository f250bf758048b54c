-- +goose Up
-- The index holds the versions of a policy that are in force or will be, each with its
-- days: the query chooses by the day. It is made again at the start.
DELETE FROM search_sources;
ALTER TABLE search_sources ADD COLUMN in_force daterange NOT NULL;   -- lessons and briefings: always
ALTER TABLE search_sections
    ADD COLUMN name text NOT NULL,            -- code and title as they are compared
    ADD COLUMN in_force daterange NOT NULL;   -- of its source, beside the words: a join would find them word by word

-- What is in force on the day comes first, and its places are not taken by what is to
-- come. A clause is found in the policies of a title, too, when the query has one.
DROP FUNCTION find_sections(tsquery, text, integer, integer);
-- +goose StatementBegin
CREATE FUNCTION find_sections(query tsquery, clause tsquery, title text, reader text, day date, candidates integer, wanted integer)
RETURNS TABLE (id bigint, in_force boolean, rank real) LANGUAGE plpgsql STABLE AS $$
DECLARE
    holds   text := 's.words @@ $1';
    worth   text := 'ts_rank_cd(c.words, $1)';
    best    text := 'SELECT c.id, %s, %s AS rank
        FROM (SELECT s.id, s.words FROM search_sections s WHERE %s AND $2 = ANY (s.shown_in) AND %s LIMIT $3) c
        ORDER BY rank DESC, c.id LIMIT $4';
    to_come bigint[] := ARRAY(SELECT o.id FROM search_sources o WHERE lower(o.in_force) > day);
BEGIN
    IF title <> '' THEN
        holds := '(s.words @@ $1 OR s.words @@ $6 AND s.name LIKE $7)';
        worth := 'ts_rank_cd(c.words, $1) + ts_rank_cd(c.words, $6)';
    END IF;
    RETURN QUERY EXECUTE format(best, 'true', worth, holds, 's.in_force @> $5') USING query, reader, candidates, wanted, day, clause, title;
    IF to_come <> '{}' THEN
        RETURN QUERY EXECUTE format(best, 'false', worth, holds, 's.source = ANY ($5)') USING query, reader, candidates, wanted, to_come, clause, title;
    END IF;
END $$;
-- +goose StatementEnd

-- +goose Down
DELETE FROM search_sources;
DROP FUNCTION find_sections(tsquery, tsquery, text, text, date, integer, integer);
ALTER TABLE search_sections DROP COLUMN name, DROP COLUMN in_force;
ALTER TABLE search_sources DROP COLUMN in_force;
-- +goose StatementBegin
CREATE FUNCTION find_sections(query tsquery, reader text, candidates integer, wanted integer)
RETURNS TABLE (id bigint, rank real) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE '
        SELECT c.id, ts_rank_cd(c.words, $1) AS rank
        FROM (SELECT s.id, s.words FROM search_sections s WHERE s.words @@ $1 AND $2 = ANY (s.shown_in) LIMIT $3) c
        ORDER BY rank DESC, c.id LIMIT $4' USING query, reader, candidates, wanted;
END $$;
-- +goose StatementEnd
