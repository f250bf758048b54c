package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/testdb"
)

func TestEvidenceThatNobodyTouchedIsSound(t *testing.T) {
	db := evidenced.Tx(t)
	report := verified(t, db, nil)
	if report.said != "" {
		t.Errorf("verify says: %s", report.said)
	}
	for _, k := range report.kinds {
		if k.Checked == 0 && k.Name != "rows of certificate_revocations" { // no verb revokes one yet
			t.Errorf("%s: nothing was there to be checked", k.Name)
		}
	}
}

// altered are changes that somebody with the rights of the database's owner makes, the
// triggers off, and which of the two commands says what.
var alteredEvidence = []struct{ name, sql, command, says string }{
	{"an event is changed", `UPDATE audit_events SET subject = 'people:other' WHERE id = 5`, "audit", "an event was changed"},
	{"an event is deleted", `DELETE FROM audit_events WHERE id = 5`, "audit", "1 events are missing"},
	{"two events change places", `UPDATE audit_events e SET action = o.action, subject = o.subject, data = o.data FROM audit_events o WHERE (e.id, o.id) IN ((5, 6), (6, 5))`, "audit", "an event was changed"},
	{"an event is put in", `INSERT INTO audit_events (at, action, subject, data) VALUES (now(), 'people.grant_role', 'person:1', '{}')`, "audit", "are neither sealed nor waiting"},
	{"an event is put in, and the count is made right", `INSERT INTO audit_events (at, action, subject, data) VALUES (now(), 'people.grant_role', 'person:1', '{}'); DELETE FROM audit_unsealed; INSERT INTO audit_unsealed SELECT max(id) - 2 FROM audit_events; INSERT INTO audit_unsealed VALUES (1)`, "audit", "sealed and wait once more"},
	{"an event that waits is changed for another", `UPDATE audit_unsealed SET event_id = (SELECT max(id) + 1000 FROM audit_events)`, "audit", "wait and are not in the log"},
	{"the newest seal is deleted", `DELETE FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals)`, "audit", "neither sealed nor waiting"},
	{"the newest seal is deleted and its events are queued again", `INSERT INTO audit_unsealed SELECT unnest(event_ids) FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals); DELETE FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals)`, "audit", "wait anew"},
	{"a seal in the middle is deleted", `DELETE FROM audit_seals WHERE number = 1`, "audit", "seals follow a gap after seal 0"},
	{"the chain is truncated and everything is queued again", `TRUNCATE audit_seals; TRUNCATE audit_unsealed; INSERT INTO audit_unsealed SELECT id FROM audit_events`, "audit", "the chain is empty"},
	{"a seal gets another time", `UPDATE audit_seals SET sealed_at = sealed_at - interval '1 day' WHERE number = 2`, "audit", "when the seal was made"},
	{"a seal gets the form of old ones", `UPDATE audit_seals SET form = 1 WHERE number = 2`, "audit", "seal 2 has the form 1"},
	{"an event stands in two seals", `UPDATE audit_seals SET event_ids = event_ids || 1 WHERE number = 2`, "audit", "are in two seals"},
	{"the log is rolled back to its first seal", `DELETE FROM audit_events e WHERE NOT EXISTS (SELECT FROM audit_seals s WHERE s.number = 1 AND e.id = ANY (s.event_ids)); DELETE FROM audit_seals WHERE number > 1; TRUNCATE audit_unsealed`, "audit", "is not in the chain"},
	{"the log is truncated", `TRUNCATE audit_seals, audit_unsealed, audit_events`, "audit", "is not in the chain"},
	{"the log is truncated, and the evidence stays", `TRUNCATE audit_seals, audit_unsealed, audit_events`, "evidence", "the audit log does not tell of it"},

	{"a score is raised", `UPDATE submissions SET earned = possible, passed = true WHERE earned < possible`, "evidence", "its answers earn"},
	{"a grade is changed for another", `UPDATE submissions SET grades = replace(grades::text, '"status": "blank"', '"status": "wrong"')::jsonb`, "evidence", "its answers earn other grades"},
	{"an answer is changed after the submission", `UPDATE answers w SET response = '{}' FROM submissions b WHERE b.attempt_id = w.attempt_id AND w.position = 4`, "evidence", "its answers earn other grades"},
	{"an answer is put in after the submission", `INSERT INTO answers (attempt_id, position, response, saved_at, revision) SELECT attempt_id, position, '{}', saved_at, 2 FROM answers WHERE position = 5`, "evidence", "its answers earn other grades"},
	{"an answer is deleted", `DELETE FROM answers WHERE position = 4`, "evidence", "its answers earn other grades"},
	{"a paper asks for less", `UPDATE attempts SET paper = jsonb_set(paper, '{pass_mark}', '1'), pass_mark = 1`, "evidence", "its pass mark or seed is not that of its paper and quiz"},
	{"a question of a paper is worth more", `UPDATE attempts SET paper = jsonb_set(paper, '{positions,0,points}', '5000')`, "evidence", "its paper does not ask item version"},
	{"the order of a paper is changed", `UPDATE attempts SET paper = jsonb_set(paper, '{positions}', (SELECT jsonb_agg(p ORDER BY n DESC) FROM jsonb_array_elements(paper->'positions') WITH ORDINALITY e(p, n)))`, "evidence", "submission of attempt"},
	{"the key of an item is changed", `UPDATE item_versions SET body = convert_to(replace(convert_from(body, 'UTF8'), '"weight":10000000', '"weight":0'), 'UTF8')`, "evidence", "item version"},
	{"submissions are truncated", `TRUNCATE submissions CASCADE`, "evidence", "the audit log tells of it, and it is not there"},
	{"a submission is backdated", `UPDATE submissions SET submitted_at = submitted_at - interval '1 day'`, "evidence", "it was not submitted when the audit log tells"},
	{"a regrade is changed", `UPDATE regrades SET earned = possible, passed = true WHERE id = (SELECT min(id) FROM regrades WHERE earned < possible)`, "evidence", "its grades add up to"},
	{"a regrade is deleted", `DELETE FROM regrades WHERE id = (SELECT min(id) FROM regrades)`, "evidence", "regrade 1 of attempt"},
	{"a correction is put in", `INSERT INTO corrections (quiz_id, item_version_id, correction, note, made_by, made_at) SELECT quiz_id, item_version_id, 'full', note, made_by, now() FROM corrections`, "evidence", "correction 2 of quiz"},
	{"a correction is changed", `UPDATE corrections SET correction = 'full'`, "evidence", "correction 1 of quiz"},
	{"a correction is deleted", `DELETE FROM corrections`, "evidence", "the audit log tells of it, and it is not there"},
	{"a mark is put in", `INSERT INTO marks (attempt_id, position, marker_id, earned, possible, criteria, marked_at) SELECT attempt_id, position, marker_id, earned, possible, criteria, now() FROM marks LIMIT 1`, "evidence", "the audit log does not tell of it"},

	{"a completion is put in", `INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at) SELECT a.id, a.person_id, a.course_id, r.id, a.cycle, p.unit_id, now() FROM assignments a JOIN people p ON p.id = a.person_id JOIN course_revisions r ON r.course_id = a.course_id WHERE NOT EXISTS (SELECT FROM completions c WHERE c.assignment_id = a.id) LIMIT 1`, "evidence", "the audit log does not tell of it"},
	{"a completion and its certificate are deleted", `DELETE FROM certificates WHERE id = 2; DELETE FROM completions WHERE id = 2`, "evidence", "completion of assignment"},
	{"a completion is backdated", `UPDATE completions SET completed_at = completed_at - interval '30 days'`, "evidence", "completion 1: it is not what the audit log tells"},
	{"what completed a course is deleted", `DELETE FROM lesson_reads WHERE assignment_id = (SELECT assignment_id FROM completions LIMIT 1) AND name = (SELECT min(name) FROM lesson_reads)`, "evidence", "was not read"},
	{"a pass of a quiz is deleted", `DELETE FROM quiz_passes`, "evidence", "the quiz was not passed"},
	{"completions are truncated", `TRUNCATE completions CASCADE`, "evidence", "completion of assignment"},

	{"a certificate is valid for longer", `UPDATE certificates SET valid_until = valid_until + 365`, "evidence", "it is not valid until"},
	{"a certificate is issued to somebody else", `UPDATE certificates SET content = jsonb_set(content, '{holder}', '"Somebody Else"') WHERE id = 1`, "evidence", "its words are not those that were issued"},
	{"a certificate is put in", `INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until) SELECT 'AW-FORGED', certification_id, (SELECT max(id) FROM people), cycle, completion_id, content, issued_at, issued_on, valid_until FROM certificates WHERE id = 1`, "evidence", "certificate:AW-FORGED"},
	{"certificates are truncated", `TRUNCATE certificates CASCADE`, "evidence", "certificates: 12"},
	{"a revocation is put in", `INSERT INTO certificate_revocations (certificate_id, revoked_at, reason) VALUES (1, now(), 'x')`, "evidence", "does not tell of its revocation"},
	{"a document is replaced", `UPDATE certificate_documents SET pdf = 'another'`, "evidence", "its bytes do not have its hash"},
	{"a document is replaced with its hash", `UPDATE certificate_documents SET pdf = 'another', sha256 = sha256('another')`, "evidence", "it is not what the audit log tells"},

	{"a policy text is changed", `UPDATE policy_texts SET markdown = markdown || 'x'`, "evidence", "the text does not have its hash"},
	{"a policy text is changed with its hash", `UPDATE policy_texts SET markdown = markdown || 'x', sha256 = sha256(convert_to(markdown || 'x', 'UTF8'))`, "evidence", "the text that was read has another hash"},
	{"a version gets another title", `UPDATE policy_versions SET titles = '{"en": "Another"}'`, "evidence", "policy:"},
	{"an acknowledgement is put in", `INSERT INTO acknowledgements (version_id, person_id, unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at) SELECT version_id, (SELECT max(id) FROM people), unit_id, position, locale, text_sha256, statement, statement_sha256, acknowledged_at FROM acknowledgements LIMIT 1`, "evidence", "the audit log does not tell of it"},
	{"an acknowledgement is deleted", `DELETE FROM acknowledgements WHERE id = 1`, "evidence", "acknowledgement of policy:"},
	{"an acknowledgement is backdated", `UPDATE acknowledgements SET acknowledged_at = acknowledged_at - interval '1 day' WHERE id = 1`, "evidence", "acknowledgement 1: it is not what the audit log tells"},
	{"a statement is changed", `UPDATE acknowledgements SET statement = statement || 'x'`, "evidence", "the statement does not have its hash"},
	{"a request is deleted", `DELETE FROM acknowledgement_requests WHERE id = (SELECT min(id) FROM acknowledgement_requests)`, "evidence", "requests, and"},
	{"acknowledgements are rolled back", `DELETE FROM acknowledgements WHERE id > 3`, "evidence", "the audit log tells of it, and it is not there"},

	{"a reading is put in", `INSERT INTO briefing_reads SELECT revision_id, (SELECT max(id) FROM people), read_at FROM briefing_reads LIMIT 1`, "evidence", "by person"},
	{"a reading is deleted", `DELETE FROM briefing_reads WHERE ctid = (SELECT min(ctid) FROM briefing_reads)`, "evidence", "the audit log tells of it, and it is not there"},
	{"readings are truncated", `TRUNCATE briefing_reads`, "evidence", "the audit log tells of it, and it is not there"},
	{"a reading is backdated", `UPDATE briefing_reads SET read_at = read_at - interval '1 day'`, "evidence", "it is not what the audit log tells"},
	{"minutes are changed", `UPDATE study_meetings SET notes = notes || 'x', notes_html = notes_html || 'x'`, "evidence", "minutes 1 of briefing:"},
	{"somebody attended who did not", `INSERT INTO attendances SELECT meeting_id, (SELECT max(id) FROM people), unit_id, how FROM attendances LIMIT 1`, "evidence", "not as many attended"},
	{"another one attended", `UPDATE attendances SET person_id = (SELECT max(id) FROM people) WHERE (meeting_id, person_id) = (SELECT meeting_id, min(person_id) FROM attendances GROUP BY meeting_id LIMIT 1)`, "evidence", "minutes 1 of briefing:"},
	{"minutes are deleted", `DELETE FROM study_meetings`, "evidence", "the audit log tells of it, and it is not there"},

	{"somebody else is responsible", `UPDATE responsible_persons SET person_id = (SELECT max(id) FROM people) WHERE id = (SELECT max(id) FROM responsible_persons)`, "evidence", "who is responsible is not who was named last"},
	{"satisfaction is changed where it counts", `UPDATE satisfaction_now SET score = 5`, "evidence", "the satisfaction is not what was answered last"},

	{"more attempts are granted", `UPDATE accommodations SET extra_attempts = 20 WHERE id = 1`, "evidence", "rows of accommodations: 1, row 1: it is not what the audit log tells"},
	{"the newest row of history is changed", `UPDATE staff_history SET position = 'another' WHERE id = (SELECT max(id) FROM staff_history)`, "evidence", "rows of staff_history: 1, row"},
	{"a role is granted by hand", `INSERT INTO role_grants (person_id, role, unit_id, granted_at) SELECT max(p.id), 'administrator', min(u.id), now() FROM people p, units u`, "evidence", "rows of role_grants: 1, row"},
	{"a role that ended is opened again", `UPDATE role_grants SET revoked_at = NULL, revoked_by = NULL WHERE revoked_at IS NOT NULL`, "evidence", "rows of role_grants: "},
	{"a complaint came later", `UPDATE complaints SET received_at = received_at + interval '1 hour' WHERE id = 1`, "evidence", "rows of complaints: 1, row 1"},
	{"a complaint is due later", `UPDATE complaints SET due_at = due_at + interval '1 day', due_on = due_on + 1 WHERE id = 1`, "evidence", "rows of complaints: 1, row 1"},
	{"a root cause is changed", `UPDATE complaints SET cause = 'fraud' WHERE id = 1`, "evidence", "rows of complaints: 1, row 1"},
	{"an attempt gets more time", `UPDATE attempts SET deadline_at = coalesce(deadline_at, started_at) + interval '1 hour' WHERE id = 1`, "evidence", "rows of attempts: 1, row 1"},
	{"assignments are due later", `UPDATE assignments SET due_on = '2030-01-01' WHERE id < 3`, "evidence", "rows of assignments: 2, row 1"},
	{"a completion gets another unit", `UPDATE completions SET unit_id = unit_id + 1 WHERE id = 1`, "evidence", "rows of completions: 1, row 1"},
	{"an acknowledgement gets another address", `UPDATE acknowledgements SET address = '10.0.0.9' WHERE id = 1`, "evidence", "rows of acknowledgements: 1, row 1"},
	{"an acknowledgement gets another position", `UPDATE acknowledgements SET position = 'another' WHERE id = 1`, "evidence", "rows of acknowledgements: 1, row 1"},
	{"a repeal is deleted", `DELETE FROM policy_repeals`, "evidence", "rows of policy_repeals: 1, row"},
	{"a draft gets another editor", `UPDATE policy_draft_editions SET editor_id = 1 WHERE draft_id = 1 AND edition = 1`, "evidence", "rows of policy_draft_editions: 1, row 1/1"},
	{"a version gets another approver", `UPDATE policy_versions SET approved_by = 1 WHERE approved_by IS NOT NULL`, "evidence", "rows of policy_versions: 2, row"},
	{"a lesson was read earlier", `UPDATE lesson_reads SET read_at = read_at - interval '1 day' WHERE assignment_id = (SELECT max(assignment_id) FROM lesson_reads)`, "evidence", "rows of lesson_reads: "},
	{"a policy is shown otherwise", `UPDATE policy_texts SET html = html || 'x' WHERE version_id = 1 AND locale = 'en'`, "evidence", "rows of policy_texts: 1, row 1/en"},
	{"a lesson is shown otherwise", `UPDATE lesson_texts SET html = html || 'x' WHERE lesson_id = 1 AND locale = 'en'`, "evidence", "rows of lesson_texts: 1, row 1/en"},
	{"a complaint is deleted", `DELETE FROM complaints WHERE reference = 'C-2'`, "evidence", "rows of complaints: 1, row 2: the audit log tells of it, and it is not there"},
	{"somebody gets another employee number", `UPDATE people SET employee_no = 'AH-OTHER' WHERE id = 7`, "evidence", "rows of people: 1, row 7"},

	{"a grade says more than is added up", `UPDATE regrades SET grades = jsonb_set(grades, '{0,x}', '1') WHERE id = 1`, "evidence", "rows of regrades: 1, row 1"},
	{"a mark gets another marker", `UPDATE marks SET marker_id = 1 WHERE id = 1`, "evidence", "rows of marks: 1, row 1"},
	{"a text is changed with its hash and its version's", `UPDATE policy_texts SET markdown = markdown || 'x', sha256 = sha256(convert_to(markdown || 'x', 'UTF8')) WHERE version_id = 1; UPDATE policy_versions SET sha256 = sha256('x') WHERE id = 1`, "evidence", "rows of policy_versions: 1, row 1"},
	{"two completions change places", `ALTER TABLE completions ALTER id DROP IDENTITY; UPDATE completions SET id = -id WHERE id IN (1, 2); UPDATE completions SET id = 3 + id WHERE id < 0`, "evidence", "rows of completions: 2, row 1"},
	{"somebody else was named, in both tables", `UPDATE responsible_persons SET person_id = 3; UPDATE responsible_now SET person_id = 3`, "evidence", "rows of responsible_persons: "},
	{"an answer was better, in both tables", `UPDATE satisfaction_answers SET score = 5; UPDATE satisfaction_now SET score = 5`, "evidence", "rows of satisfaction_answers: "},
	{"an answer is deleted, in both tables", `DELETE FROM satisfaction_answers; DELETE FROM satisfaction_now`, "evidence", "rows of satisfaction_answers: "},
	{"somebody attended otherwise", `UPDATE attendances SET how = CASE how WHEN 'room' THEN 'remote' ELSE 'room' END`, "evidence", "rows of attendances: "},
	{"an action gets another owner", `UPDATE briefing_actions SET owner_id = 1 WHERE id = 1`, "evidence", "rows of briefing_actions: 1, row 1"},
	{"an action was done earlier", `UPDATE briefing_action_steps SET at = at - interval '1 day' WHERE id = 1`, "evidence", "rows of briefing_action_steps: 1, row 1"},
	{"a certificate gets another holder", `UPDATE certificates SET person_id = 1 WHERE id = 1`, "evidence", "rows of certificates: 1, row 1"},
	{"a certificate gets another number", `UPDATE certificates SET serial = 'AW-OTHER' WHERE id = 1`, "evidence", "rows of certificates: 1, row 1"},
	{"a quiz opens to more", `UPDATE quiz_conditions SET secret = NULL, salt = NULL`, "evidence", "rows of quiz_conditions: 1, row 1"},
	{"a quiz is passed with less", `UPDATE quiz_revisions SET pass_mark = 1 WHERE id = 1`, "evidence", "rows of quiz_revisions: 1, row 1"},
	{"a review of a citation is another's", `UPDATE citation_reviews SET reviewer_id = 1`, "evidence", "rows of citation_reviews: 1, row"},
	{"what a version made stale is deleted", `DELETE FROM citation_changes`, "evidence", "rows of citation_changes: "},
	{"a wrong password is deleted", `DELETE FROM quiz_refusals`, "evidence", "rows of quiz_refusals: 1, row 1"},
	{"a rule of time limits is changed", `UPDATE complaint_rule_sets SET body = body || '{"x": 1}'`, "evidence", "rows of complaint_rule_sets: "},
	{"an answer was saved earlier", `UPDATE answers SET saved_at = saved_at - interval '1 hour' WHERE attempt_id = 1`, "evidence", "rows of answers: 1, row 1"},
	{"what a page reported is deleted", `DELETE FROM attempt_events`, "evidence", "rows of attempt_events: 2, row"},
	{"a briefing is shown otherwise", `UPDATE briefing_texts SET impact_html = impact_html || 'x' WHERE locale = 'en'`, "evidence", "rows of briefing_texts: "},
	{"a question of a policy is easier", `UPDATE policy_questions SET item = item || '{"x": 1}'`, "evidence", "rows of policy_questions: "},
	{"a unit stands elsewhere", `UPDATE units SET path = path || '9/' WHERE id = 20`, "evidence", "rows of units: 1, row 20"},
	{"an event carries less", `UPDATE audit_events SET written = NULL WHERE id = 1`, "audit", "an event was changed"},
	{"an event carries something else", `UPDATE audit_events SET written = '[]' WHERE id = 1`, "audit", "an event was changed"},
	{"a mark was made earlier", `UPDATE marks SET marked_at = marked_at - interval '1 day'`, "evidence", ", mark 1 of attempt"},
	{"the log is truncated, and marks stay", `TRUNCATE audit_seals, audit_unsealed, audit_events`, "evidence", ", mark 1 of attempt"},
	{"the log is truncated, and submissions stay", `TRUNCATE audit_seals, audit_unsealed, audit_events`, "evidence", ", submission of attempt 1: it is there, and the audit log does not tell of it"},
	{"submissions are truncated, and the log tells of them", `TRUNCATE submissions CASCADE`, "evidence", ", submission of attempt 1: the audit log tells of it, and it is not there"},
	{"a quiz was passed by no submission", `UPDATE submissions SET submitted_at = submitted_at - interval '1 day'`, "evidence", "no submission of it passed"},
	{"a failed attempt is called passed", `UPDATE submissions SET earned = possible, passed = true WHERE earned < possible`, "evidence", "it passed, and the pass of its assignment is not there"},
	{"the attempt of a submission is deleted", `DELETE FROM attempts WHERE id = 1`, "evidence", "its attempt is not there"},
	{"the revision of a quiz is deleted", `DELETE FROM quiz_revisions WHERE id = 1`, "evidence", "the revision of its quiz is not there"},
	{"a paper asks for one more", `UPDATE attempts SET paper = jsonb_set(paper, '{positions}', paper->'positions' || jsonb_build_array(paper->'positions'->0))`, "evidence", " items, and its quiz has "},
	{"an answer has a revision too many", `INSERT INTO answers (attempt_id, position, response, saved_at, revision) SELECT attempt_id, position, '{}', saved_at, 9 FROM answers WHERE position = 5`, "evidence", "their revisions are not 1 to"},
	{"a picture is changed", `INSERT INTO pictures (sha256, media_type, bytes) VALUES (sha256('x'), 'image/png', 'y')`, "evidence", "items: 1, picture"},

	{"a completion is of another cycle", `UPDATE completions SET cycle = cycle + 7 WHERE id = 1; UPDATE audit_events SET data = jsonb_set(data, '{cycle}', to_jsonb((data->>'cycle')::integer + 7)) WHERE id = (SELECT min(id) FROM audit_events WHERE action = 'courses.complete')`, "evidence", "its assignment is another person's"},
	{"a completion is of another course's revision", `UPDATE completions SET revision_id = (SELECT max(id) FROM course_revisions) WHERE id = 1; UPDATE audit_events SET data = jsonb_set(data, '{revision}', to_jsonb((SELECT max(id) FROM course_revisions))) WHERE id = (SELECT min(id) FROM audit_events WHERE action = 'courses.complete')`, "evidence", "its revision is of another course"},
	{"a completion is credited by hand", `INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at, credited_from) SELECT a.id, a.person_id, a.course_id, r.id, a.cycle, p.unit_id, now(), 1 FROM assignments a JOIN people p ON p.id = a.person_id JOIN course_revisions r ON r.course_id = a.course_id WHERE NOT EXISTS (SELECT FROM completions c WHERE c.assignment_id = a.id) LIMIT 1`, "evidence", "credited completion"},
	{"a certificate is earned earlier than its completion", `UPDATE completions SET completed_at = completed_at - interval '30 days'`, "evidence", "it is not what its completion earned"},
	{"a revocation is told of and deleted", `INSERT INTO audit_events (at, action, subject, data) SELECT now(), 'certificates.revoke', 'certificate:' || serial, '{}' FROM certificates WHERE id = 1`, "evidence", "tells of its revocation, and it is not there"},
	{"a document is another one, with its hash", `UPDATE certificate_documents SET pdf = 'another', sha256 = sha256('another')`, "evidence", ", document of certificate:"},

	{"the answers before an acknowledgement are deleted", `INSERT INTO policy_questions (version_id, position, item) SELECT version_id, 99, '{}' FROM acknowledgements WHERE id = 1; DELETE FROM policy_answers`, "evidence", "the questions of the version were not answered right before it"},
	{"the answers before a reading are deleted", `DELETE FROM briefing_answers`, "evidence", "its questions were not answered right before"},
	{"a reading is deleted where the log tells of it", `DELETE FROM briefing_reads WHERE ctid = (SELECT min(ctid) FROM briefing_reads)`, "evidence", "briefing reads: 1, briefing:"},
	{"a revision of a briefing gets another hash", `UPDATE briefing_revisions SET sha256 = sha256('x') WHERE id = 1`, "evidence", "briefing reads: 1, briefing:"},
	{"somebody attended a meeting that was none", `INSERT INTO attendances SELECT 999, person_id, unit_id, how FROM attendances LIMIT 1`, "evidence", "its meeting 999 is not there"},
	{"a file of a course is changed", `UPDATE blobs SET bytes = 'x' WHERE sha256 = (SELECT min(sha256::text)::bytea FROM blobs)`, "evidence", "course files: 1, file"},
	{"a file of a course is deleted", `DELETE FROM blobs`, "evidence", "its bytes are not there"},
	{"a course gets another hash", `UPDATE course_revisions SET sha256 = sha256('x') WHERE id = 1`, "evidence", "course files: 1, course:"},
	{"somebody was named whom the log does not name", `UPDATE responsible_persons SET person_id = 3; UPDATE responsible_now SET person_id = 3`, "evidence", "was named, and nobody was then"},
	{"an answer was given twice", `INSERT INTO answers (attempt_id, position, response, saved_at, revision) SELECT attempt_id, position, response, saved_at, 2 FROM answers WHERE position = 5`, "evidence", "its paper or its answers are not those that were submitted"},
	{"a submission is called one of the deadline", `UPDATE submissions SET by_deadline = true`, "evidence", "it was not submitted at its deadline"},
	{"a submission is told of twice", `INSERT INTO audit_events (at, actor_id, action, subject, data) SELECT at, actor_id, action, subject, data FROM audit_events WHERE action = 'quizzes.submit'`, "evidence", "the audit log tells of it more than once"},
	{"what is told of a submission is changed", `UPDATE audit_events SET data = jsonb_set(data, '{earned}', '1') WHERE action = 'quizzes.submit'`, "evidence", ", submission of attempt 1: it is not what the audit log tells"},
	{"a certificate is issued earlier", `UPDATE certificates SET issued_on = issued_on - 40`, "evidence", "it was not issued on"},
	{"a certificate is valid for ever", `UPDATE certificates SET valid_until = NULL`, "evidence", "its end does not follow from its course"},
	{"grades of a regrade are changed for others", `UPDATE regrades SET grades = replace(grades::text, '"status": "right"', '"status": "wrong"')::jsonb`, "evidence", "its grades are not those that were given"},
	{"a guard is switched off", `ALTER TABLE completions DISABLE TRIGGER completions_append_only; UPDATE completions SET cycle = cycle`, "evidence", "guards: 1, completions"},
	{"what writes are told by is taken away", `DROP TRIGGER lesson_reads_noted_insert ON lesson_reads; UPDATE completions SET cycle = cycle`, "evidence", "guards: 1, lesson_reads"},
	{"a paper cannot be read", `UPDATE attempts SET paper = '[1]'`, "evidence", "they cannot be compared"},
}

func TestEveryAlterationByTheOwnerIsFound(t *testing.T) {
	var head []byte
	t.Run("the head before", func(t *testing.T) { // a test of its own, so that its transaction ends and locks nothing
		head = verified(t, evidenced.Tx(t), nil).head
	})
	for _, c := range alteredEvidence {
		t.Run(c.name, func(t *testing.T) {
			db := evidenced.Tx(t)
			alter(t, db, c.sql)
			report := verified(t, db, head)
			if said := map[string]string{"audit": report.audit, "evidence": report.evidence}[c.command]; !strings.Contains(said, c.says) {
				t.Errorf("verify %s says %q, and not %q; in all: %s", c.command, said, c.says, report.said)
			}
		})
	}
}

// alter runs the statements as a superuser with the triggers off. At least one row must
// be altered, or there would be nothing to find.
func alter(t *testing.T, db *database.Pool, sql string) {
	t.Helper()
	err := db.Transaction(context.Background(), func(tx database.Tx) error {
		touched := int64(0)
		for _, statement := range strings.Split(`SET LOCAL session_replication_role = replica; `+sql+`; SET LOCAL session_replication_role = DEFAULT`, "; ") {
			done := tx.Exec(statement)
			if done.Error != nil {
				return fmt.Errorf("%s: %w", statement, done.Error)
			}
			if touched += done.RowsAffected; strings.HasPrefix(statement, "TRUNCATE") {
				touched++
			}
		}
		if touched == 0 {
			return fmt.Errorf("%s alters nothing", sql)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// verification is what both commands say.
type verification struct {
	head                  []byte
	audit, evidence, said string
	kinds                 []recordsKind
}

type recordsKind struct {
	Name    string
	Checked int64
}

func verified(t *testing.T, db *database.Pool, head []byte) (v verification) {
	t.Helper()
	ctx := context.Background()
	chain, err := audit.Verify(ctx, db, head)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{now: time.Now, db: db}
	h.wire()
	found, err := h.records.VerifyEvidence(ctx)
	if err != nil {
		t.Fatal(err)
	}
	v.head, _ = audit.Head(chain.Head)
	v.audit = strings.Join(chain.Faults, "\n")
	var lines []string
	for _, k := range found.Kinds {
		v.kinds = append(v.kinds, recordsKind{k.Name, k.Checked})
		if k.Differences > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d, %s", k.Name, k.Differences, k.First))
		}
	}
	v.evidence = strings.Join(lines, "\n")
	v.said = strings.Trim(v.audit+"\n"+v.evidence, "\n")
	return v
}

func TestVerifyTellsByItsExitCode(t *testing.T) {
	db := evidenced.New(t)
	env := map[string]string{"ANWEN_DATABASE_URL": db.PGX().Config().ConnString(), "LANG": "en_GB.UTF-8"}
	s := say(t, env, "verify", "audit", "--json")
	var chain struct {
		Head   string
		HeadAt int64 `json:"head_at"`
	}
	if err := json.Unmarshal([]byte(s.out), &chain); err != nil || s.code != exitDone || len(chain.Head) != 64 {
		t.Fatalf("%+v, %v", s, err)
	}
	if s := say(t, env, "verify", "audit", "--head", chain.Head); s.code != exitDone || !strings.Contains(s.out, "is that of seal") {
		t.Errorf("the head of now: %+v", s)
	}
	if s := say(t, env, "verify", "audit", "--head", strings.Repeat("ab", 32)); s.code != exitRefused || !strings.Contains(s.out, "is not in the chain") {
		t.Errorf("a head of another chain: %+v", s)
	}
	if s := say(t, env, "verify", "audit", "--head", "abc"); s.code != exitUsage {
		t.Errorf("no head at all: %+v", s)
	}
	if s := say(t, env, "verify", "evidence"); s.code != exitDone || strings.Contains(s.out, "differ") || !strings.Contains(s.out, "certificates") {
		t.Errorf("sound evidence: %+v", s)
	}
	if s := say(t, env, "verify", "evidence", "--nothing"); s.code != exitUsage {
		t.Errorf("an unknown flag: %+v", s)
	}
	alter(t, db, `UPDATE acknowledgements SET statement = statement || 'x'`)
	s = say(t, env, "verify", "evidence", "--json")
	var report struct {
		Sound bool
		Kinds []struct {
			Kind        string
			Differences int64
			First       string
		}
	}
	if err := json.Unmarshal([]byte(s.out), &report); err != nil || s.code != exitRefused || report.Sound {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, k := range report.Kinds {
		if (k.Differences > 0) != strings.HasSuffix(k.Kind, "acknowledgements") || (k.Differences > 0) != (k.First != "") {
			t.Errorf("%+v", k)
		}
	}
}

// What an older release wrote is sound, though it kept less to compare with.
func TestEvidenceOfAnOlderReleaseIsSound(t *testing.T) {
	db := testdb.Dump(t, filepath.Join("..", "..", "internal", "database", "testdata", "sample-0021.sql.gz"))
	if err := db.Migrate(context.Background(), testdb.Quiet); err != nil {
		t.Fatal(err)
	}
	if report := verified(t, db, nil); report.said != "" {
		t.Errorf("verify says: %s", report.said)
	}
	sealAll(t, db)
	if report := verified(t, db, nil); report.said != "" {
		t.Errorf("after the next seals, verify says: %s", report.said)
	}
	alter(t, db, `UPDATE briefing_reads SET read_at = read_at - interval '1 day'`)
	if report := verified(t, db, nil); !strings.Contains(report.evidence, "from before they were events") {
		t.Errorf("readings from before they were events were altered, and verify says %q", report.evidence)
	}
	alter(t, db, `UPDATE audit_seals SET sealed_at = sealed_at - interval '1 day' WHERE number = 1`)
	if report := verified(t, db, nil); !strings.Contains(report.audit, "when the seal was made") {
		t.Errorf("a seal of the old form got another time, and verify says %q", report.audit)
	}
}
