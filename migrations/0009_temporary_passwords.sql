-- +goose Up
-- A password that an administrator gave out: it opens nothing but the change of
-- itself, and not for long.
ALTER TABLE credentials ADD COLUMN temporary boolean NOT NULL DEFAULT false;
CREATE TRIGGER credentials_notify AFTER INSERT OR UPDATE ON credentials FOR EACH ROW EXECUTE FUNCTION notify_person();

-- +goose Down
DROP TRIGGER credentials_notify ON credentials;
ALTER TABLE credentials DROP COLUMN temporary;
