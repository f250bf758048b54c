-- +goose Up
-- A briefing is for everybody, or for a unit and those below it.
ALTER TABLE briefings
    ADD COLUMN unit_id bigint REFERENCES units,          -- null: everybody
    ADD COLUMN key     text;                             -- 2026-11, 2026-11.R01
UPDATE briefings SET key = month;
ALTER TABLE briefings
    ALTER COLUMN key SET NOT NULL,
    ADD CONSTRAINT briefings_key_key UNIQUE (key),
    DROP CONSTRAINT briefings_month_key,
    ADD CONSTRAINT briefings_whole CHECK (starts_with(key, month) AND (unit_id IS NULL) = (key = month));

-- What its readers are asked, about clauses that changed; and every try.
CREATE TABLE briefing_questions (
    revision_id bigint  NOT NULL REFERENCES briefing_revisions,
    position    integer NOT NULL CHECK (position > 0),
    item        jsonb   NOT NULL,
    PRIMARY KEY (revision_id, position)
);
CREATE TABLE briefing_answers (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision_id bigint  NOT NULL REFERENCES briefing_revisions,
    person_id   bigint  NOT NULL REFERENCES people,
    responses   jsonb   NOT NULL,
    correct     integer NOT NULL CHECK (correct >= 0 AND correct <= total),
    total       integer NOT NULL CHECK (total > 0),
    answered_at timestamptz NOT NULL
);
CREATE INDEX briefing_answers_person ON briefing_answers (revision_id, person_id);

-- The adjustment plan: who does what by when, and every step of it.
CREATE TABLE briefing_actions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    briefing_id bigint  NOT NULL REFERENCES briefings,
    number      integer NOT NULL CHECK (number > 0),
    text        text    NOT NULL CHECK (text <> ''),
    owner_id    bigint  NOT NULL REFERENCES people,
    due_on      date    NOT NULL,
    created_at  timestamptz NOT NULL,
    created_by  bigint  REFERENCES people,
    CONSTRAINT briefing_actions_number_key UNIQUE (briefing_id, number)
);
CREATE INDEX briefing_actions_owner ON briefing_actions (owner_id);
CREATE TABLE briefing_action_steps (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id bigint NOT NULL REFERENCES briefing_actions,
    state     text   NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    note      text   NOT NULL,
    at        timestamptz NOT NULL,
    by_id     bigint REFERENCES people
);
CREATE INDEX briefing_action_steps_action ON briefing_action_steps (action_id, id);

-- The meeting that studied a briefing. Minutes never change: a correction is the
-- next number.
CREATE TABLE study_meetings (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    briefing_id  bigint  NOT NULL REFERENCES briefings,
    revision_id  bigint  NOT NULL REFERENCES briefing_revisions,   -- that was studied
    number       integer NOT NULL CHECK (number > 0),
    held_at      timestamptz NOT NULL,
    place        text    NOT NULL,
    chair_id     bigint  NOT NULL REFERENCES people,
    recorder_id  bigint  NOT NULL REFERENCES people,
    notes        text    NOT NULL,
    notes_html   text    NOT NULL,
    published_at timestamptz NOT NULL,
    published_by bigint  REFERENCES people,
    CONSTRAINT study_meetings_number_key UNIQUE (briefing_id, number)
);
CREATE TABLE attendances (
    meeting_id bigint NOT NULL REFERENCES study_meetings,
    person_id  bigint NOT NULL REFERENCES people,
    unit_id    bigint NOT NULL REFERENCES units,     -- then
    how        text   NOT NULL CHECK (how IN ('room', 'remote')),
    PRIMARY KEY (meeting_id, person_id)
);
CREATE TRIGGER briefing_questions_append_only BEFORE UPDATE OR DELETE ON briefing_questions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_answers_append_only BEFORE UPDATE OR DELETE ON briefing_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_actions_append_only BEFORE UPDATE OR DELETE ON briefing_actions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER briefing_action_steps_append_only BEFORE UPDATE OR DELETE ON briefing_action_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER study_meetings_append_only BEFORE UPDATE OR DELETE ON study_meetings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendances_append_only BEFORE UPDATE OR DELETE ON attendances FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE attendances, study_meetings, briefing_action_steps, briefing_actions, briefing_answers, briefing_questions;
ALTER TABLE briefings DROP CONSTRAINT briefings_whole, DROP CONSTRAINT briefings_key_key, DROP COLUMN key, DROP COLUMN unit_id,
    ADD CONSTRAINT briefings_month_key UNIQUE (month);
