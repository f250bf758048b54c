-- +goose Up
-- What can be found: the newest text of every policy, course and briefing, cut
-- into sections. It is made from those rooms' tables and may be dropped and made
-- again at any time.
CREATE TABLE search_sources (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text   NOT NULL CHECK (kind IN ('policy', 'lesson', 'briefing')),
    source_id bigint NOT NULL,     -- policy version, course revision, briefing revision
    CONSTRAINT search_sources_key UNIQUE (kind, source_id)
);
CREATE TABLE search_sections (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source    bigint  NOT NULL REFERENCES search_sources ON DELETE CASCADE,
    shown_in  text[]  NOT NULL,     -- languages whose readers are shown this text
    code      text    NOT NULL,     -- of the policy, the course's slug, the briefing's month
    number    integer NOT NULL,     -- version, lesson, or part of the briefing
    title     text    NOT NULL,
    heading   text    NOT NULL,
    body      text    NOT NULL,
    words     tsvector NOT NULL
);
CREATE INDEX search_sections_words ON search_sections USING gin (words);
CREATE INDEX search_sections_source ON search_sections (source);

-- The plan depends on how rare the words are: EXECUTE plans for the query at
-- hand, where a prepared statement would settle for one plan for all.
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

-- +goose Down
DROP FUNCTION find_sections(tsquery, text, integer, integer);
DROP TABLE search_sections, search_sources;
