-- +goose Up
-- What certification records are made of is found person by person, in one stretch of an
-- index each, without the rows themselves.
CREATE INDEX assignments_of_person ON assignments (person_id, id) INCLUDE (course_id, cycle, due_on, assigned_at);
CREATE INDEX completions_of_person ON completions (person_id) INCLUDE (id, assignment_id, completed_at, unit_id, revision_id);
CREATE INDEX certificates_of_person ON certificates (person_id) INCLUDE (id, completion_id, serial, issued_at, issued_on, valid_until);
CREATE INDEX certificates_holder ON certificates (id) INCLUDE (person_id, certification_id);
CREATE INDEX certificates_end ON certificates (certification_id, valid_until) INCLUDE (person_id);
CREATE INDEX attempts_of_person ON attempts (person_id) INCLUDE (id, assignment_id, practice);
CREATE INDEX submissions_result ON submissions (attempt_id) INCLUDE (submitted_at, earned, possible);
DROP INDEX assignments_person;
DROP INDEX attempts_person;
DROP INDEX submissions_when;

-- +goose Down
CREATE INDEX submissions_when ON submissions (attempt_id) INCLUDE (submitted_at);
CREATE INDEX attempts_person ON attempts (person_id);
CREATE INDEX assignments_person ON assignments (person_id);
DROP INDEX submissions_result;
DROP INDEX attempts_of_person;
DROP INDEX certificates_end;
DROP INDEX certificates_holder;
DROP INDEX certificates_of_person;
DROP INDEX completions_of_person;
DROP INDEX assignments_of_person;
