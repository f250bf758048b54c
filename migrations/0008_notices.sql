-- +goose Up
-- Whoever caches persons, sessions or published courses hears of every change.
-- +goose StatementBegin
CREATE FUNCTION notify_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('anwen_people', coalesce(NEW.person_id, OLD.person_id)::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION notify_everyone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('anwen_people', '*');
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION notify_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('anwen_courses', NEW.course_id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sessions_notify AFTER UPDATE OF revoked_at, expires_at OR DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION notify_person();
CREATE TRIGGER role_grants_notify AFTER INSERT OR UPDATE OR DELETE ON role_grants FOR EACH ROW EXECUTE FUNCTION notify_person();
CREATE TRIGGER people_notify AFTER UPDATE ON people FOR EACH STATEMENT EXECUTE FUNCTION notify_everyone();
CREATE TRIGGER units_notify AFTER UPDATE ON units FOR EACH STATEMENT EXECUTE FUNCTION notify_everyone();
CREATE TRIGGER course_revisions_notify AFTER INSERT ON course_revisions FOR EACH ROW EXECUTE FUNCTION notify_course();

-- +goose Down
DROP TRIGGER course_revisions_notify ON course_revisions;
DROP TRIGGER units_notify ON units;
DROP TRIGGER people_notify ON people;
DROP TRIGGER role_grants_notify ON role_grants;
DROP TRIGGER sessions_notify ON sessions;
DROP FUNCTION notify_course();
DROP FUNCTION notify_everyone();
DROP FUNCTION notify_person();
