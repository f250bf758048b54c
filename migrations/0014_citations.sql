-- +goose Up
-- What cites clauses: a revision of a course or a briefing. The newest revision
-- of a code is the one that counts; the others stay.
CREATE TABLE citing_revisions (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text    NOT NULL CHECK (kind IN ('course', 'briefing')),
    code      text    NOT NULL CHECK (code <> ''),      -- slug, month
    revision  integer NOT NULL CHECK (revision > 0),
    titles    jsonb   NOT NULL,
    author_id bigint  REFERENCES people,
    cited_at  timestamptz NOT NULL,
    CONSTRAINT citing_revisions_key UNIQUE (kind, code, revision)
);
CREATE TABLE citations (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    citing_id  bigint NOT NULL REFERENCES citing_revisions,
    part       text   NOT NULL,      -- lesson/name, item/name, section
    locale     text   NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    version_id bigint NOT NULL REFERENCES policy_versions,   -- the newest then
    clause     text   NOT NULL,      -- as written; empty: the whole policy
    address    text   NOT NULL,      -- in the version's text
    found_in   text   NOT NULL,      -- the language of that text
    CONSTRAINT citations_key UNIQUE (citing_id, part, locale, version_id, clause)
);
CREATE INDEX citations_version ON citations (version_id);

-- A version that changed what is cited makes the citation stale until somebody
-- who writes has looked at it.
CREATE TABLE citation_changes (
    citation_id bigint NOT NULL REFERENCES citations,
    version_id  bigint NOT NULL REFERENCES policy_versions,
    fate        text   NOT NULL CHECK (fate IN ('renumbered', 'changed', 'removed', 'split', 'merged')),
    now         text   NOT NULL,     -- what the clause is called there
    PRIMARY KEY (citation_id, version_id)
);
CREATE TABLE citation_reviews (
    citation_id bigint NOT NULL REFERENCES citations,
    version_id  bigint NOT NULL REFERENCES policy_versions,  -- found to be right with
    reviewer_id bigint REFERENCES people,
    note        text   NOT NULL,
    reviewed_at timestamptz NOT NULL,
    CONSTRAINT citation_reviews_key PRIMARY KEY (citation_id, version_id)
);
CREATE TRIGGER citing_revisions_append_only BEFORE UPDATE OR DELETE ON citing_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER citations_append_only BEFORE UPDATE OR DELETE ON citations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER citation_changes_append_only BEFORE UPDATE OR DELETE ON citation_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER citation_reviews_append_only BEFORE UPDATE OR DELETE ON citation_reviews FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE citation_reviews, citation_changes, citations, citing_revisions;
