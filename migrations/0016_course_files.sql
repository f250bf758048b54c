-- +goose Up
-- Every file of a revision is kept as it came, so that a course can be taken out
-- again byte for byte. Equal bytes are kept once.
ALTER TABLE images RENAME TO blobs;
ALTER TABLE course_images RENAME TO course_files;
ALTER TABLE blobs ALTER COLUMN bytes SET STORAGE EXTERNAL;    -- read in pieces
CREATE TRIGGER blobs_append_only BEFORE UPDATE OR DELETE ON blobs FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER course_files_append_only BEFORE UPDATE OR DELETE ON course_files FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE course_revisions
    ADD COLUMN tags        text[] NOT NULL DEFAULT '{}',
    ADD COLUMN requires    text[] NOT NULL DEFAULT '{}',     -- slugs to complete before
    ADD COLUMN equivalents text[] NOT NULL DEFAULT '{}';     -- slugs whose completion counts for this course

-- A completion that another course's completion stands for.
ALTER TABLE completions ADD COLUMN credited_from bigint REFERENCES completions;

-- Questions inside a lesson, to try oneself on: neither graded nor kept.
CREATE TABLE lesson_checks (
    lesson_id bigint  NOT NULL REFERENCES lessons,
    locale    text    NOT NULL CHECK (locale IN ('zh-Hans','zh-Hant','en')),
    position  integer NOT NULL CHECK (position > 0),
    item      jsonb   NOT NULL,
    PRIMARY KEY (lesson_id, locale, position)
);
CREATE TRIGGER lesson_checks_append_only BEFORE UPDATE OR DELETE ON lesson_checks FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE lesson_checks;
ALTER TABLE completions DROP COLUMN credited_from;
ALTER TABLE course_revisions DROP COLUMN equivalents, DROP COLUMN requires, DROP COLUMN tags;
DROP TRIGGER course_files_append_only ON course_files;
DROP TRIGGER blobs_append_only ON blobs;
ALTER TABLE blobs ALTER COLUMN bytes SET STORAGE EXTENDED;
ALTER TABLE course_files RENAME TO course_images;
ALTER TABLE blobs RENAME TO images;
