package main

import (
	"context"
	"fmt"
	"net/url"
	"time"
)

// parts are what addresses name: the records of the database that most is known of.
type parts struct {
	Course, Graded, Lone, Serial, Policy, File, Attachment, Picture string
	Quiz, Other, Attempt, Item, Draft                               int64
	Version, Revision                                               int
	Bank, Briefing, Small, Large, Empty, Reference, EmployeeNo      string
	Person, Session                                                 int64
	Quarter, Before, Year                                           string
}

// findParts looks for the course, quiz, unit and person with the most records.
func findParts(ctx context.Context, h *house) (p parts, err error) {
	for _, q := range []struct {
		sql  string
		into []any
	}{
		{`SELECT c.slug FROM completions d JOIN courses c ON c.id = d.course_id GROUP BY c.slug ORDER BY count(*) DESC LIMIT 1`, []any{&p.Course}},
		{`SELECT r.quiz_id, min(k.slug) FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN quizzes q ON q.id = r.quiz_id JOIN courses k ON k.id = q.course_id
			GROUP BY r.quiz_id ORDER BY count(*) DESC LIMIT 1`, []any{&p.Quiz, &p.Graded}},
		{`SELECT id FROM quizzes WHERE id <> (SELECT r.quiz_id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) ORDER BY id DESC LIMIT 1`, []any{&p.Other}},
		{`SELECT a.id FROM attempts a JOIN people p ON p.id = a.person_id WHERE p.login = 'employee' ORDER BY a.id LIMIT 1`, []any{&p.Attempt}},
		{`SELECT serial FROM certificates k JOIN people p ON p.id = k.person_id WHERE p.login = 'employee' ORDER BY k.id LIMIT 1`, []any{&p.Serial}},
		{`SELECT p.code, v.number FROM acknowledgement_requests q JOIN policy_versions v ON v.id = q.version_id JOIN policies p ON p.id = v.policy_id GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT 1`, []any{&p.Policy, &p.Version}},
		{`SELECT code FROM banks b JOIN items i ON i.bank_id = b.id GROUP BY code ORDER BY count(*) DESC LIMIT 1`, []any{&p.Bank}},
		{`SELECT i.id FROM items i JOIN banks b ON b.id = i.bank_id JOIN courses c ON c.id = b.course_id WHERE c.slug = (SELECT k.slug FROM quizzes q JOIN courses k ON k.id = q.course_id
			WHERE q.id = (SELECT r.quiz_id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)) ORDER BY i.id LIMIT 1`, []any{&p.Item}},
		{`SELECT key FROM briefings ORDER BY month DESC LIMIT 1`, []any{&p.Briefing}},
		{`SELECT u.code FROM units u JOIN people p ON p.unit_id = u.id GROUP BY u.code ORDER BY count(*) DESC, u.code LIMIT 1`, []any{&p.Large}},
		{`SELECT unit_code FROM complaint_standing(now()) WHERE unit_path LIKE '/%/%/%/' GROUP BY unit_code ORDER BY count(*), unit_code LIMIT 1`, []any{&p.Small}},
		{`SELECT coalesce(min(code), '') FROM units u WHERE path LIKE '/%/%/%/' AND NOT EXISTS (SELECT FROM complaint_standing(now()) c WHERE c.unit_id = u.id)`, []any{&p.Empty}},
		{`SELECT reference FROM complaint_standing(now()) ORDER BY id DESC LIMIT 1`, []any{&p.Reference}},
		{`SELECT id, employee_no FROM people WHERE login = 'employee'`, []any{&p.Person, &p.EmployeeNo}},
		{`SELECT coalesce((SELECT encode(f.sha256, 'hex') FROM course_files f JOIN course_revisions r ON r.id = f.revision_id JOIN courses c ON c.id = r.course_id
			WHERE c.slug = 'complaint-handling' AND f.name LIKE 'images/%' LIMIT 1), '')`, []any{&p.File}},
		{`SELECT coalesce((SELECT encode(sha256, 'hex') FROM pictures LIMIT 1), '')`, []any{&p.Picture}},
	} {
		if err := h.db.PGX().QueryRow(ctx, q.sql).Scan(q.into...); err != nil {
			return p, fmt.Errorf("%s: %w", q.sql, err)
		}
	}
	now := h.now()
	p.Quarter, p.Before, p.Year = quarterOf(now), quarterOf(now.AddDate(0, -3, 0)), fmt.Sprint(now.Year())
	return p, nil
}

func quarterOf(t time.Time) string { return fmt.Sprintf("%d-Q%d", t.Year(), (int(t.Month())+2)/3) }

// addresses are what is asked of each route that reads. A route that needs what the
// sample has not, such as a draft, is asked for one that is not there.
func (p parts) addresses() map[string][]string {
	one := func(format string, args ...any) []string { return []string{fmt.Sprintf(format, args...)} }
	with := func(path string, queries ...string) (all []string) {
		for _, q := range queries {
			all = append(all, path+q)
		}
		return all
	}
	nobody := "?q=" + url.QueryEscape("没有此人")
	common := "?q=" + url.QueryEscape("王")
	quiz := fmt.Sprintf("/quizzes/%d", p.Quiz)
	version := fmt.Sprintf("/policies/%s/versions/%d", p.Policy, p.Version)
	exposure := fmt.Sprintf("?policy=%s&version=%d", p.Policy, p.Version)
	return map[string][]string{
		"/about": {"/about"}, "/verify/{serial}": {"/verify/" + p.Serial},
		"/me": {"/me"}, "/me/sessions": {"/me/sessions"}, "/me/assignments": {"/me/assignments"}, "/me/certificates": {"/me/certificates"},
		"/me/performance": {"/me/performance?period=" + p.Before},

		"/courses": {"/courses"}, "/courses/{slug}": {"/courses/" + p.Graded}, "/courses/{slug}/lessons/{n}": {"/courses/" + p.Course + "/lessons/1"},
		"/courses/{slug}/files/{sha}": {"/courses/complaint-handling/files/" + p.File}, "/courses/{slug}/images/{sha}": {"/courses/complaint-handling/images/" + p.File},
		"/courses/{slug}/revisions": {"/courses/" + p.Course + "/revisions"}, "/courses/{slug}/revisions/{number}/difference": {"/courses/" + p.Course + "/revisions/1/difference"},
		"/courses/{slug}/export.zip": {"/courses/" + p.Course + "/export.zip"},
		"/manuscripts":               {"/manuscripts"}, "/manuscripts/{slug}": {"/manuscripts/none"}, "/manuscripts/{slug}/text": {"/manuscripts/none/text?name=course.md"},
		"/manuscripts/{slug}/images/{sha}": {"/manuscripts/none/images/" + p.File},

		"/banks": {"/banks"}, "/banks/{code}/items": {"/banks/" + p.Bank + "/items"}, "/banks/{code}/items/{item}": one("/banks/%s/items/%d", p.Graded, p.Item),
		"/banks/{code}/export": {"/banks/" + p.Bank + "/export?locale=zh-Hans"},
		"/quizzes":             {"/quizzes"}, "/quizzes/{id}/insight": with(quiz+"/insight", "", "?attempts=all"), "/quizzes/{id}/learning": one("%s/learning?before=%d", quiz, p.Other),
		"/quizzes/{id}/essays": {quiz + "/essays"}, "/quizzes/{id}/conditions": {quiz + "/conditions"}, "/quizzes/{id}/accommodations": {quiz + "/accommodations"},
		"/quizzes/{id}/attempts": with(quiz+"/attempts", "", nobody, common),
		"/attempts/{id}":         one("/attempts/%d", p.Attempt), "/attempts/{id}/log": one("/attempts/%d/log", p.Attempt),
		"/pictures/{sha}": {"/pictures/" + p.Picture}, "/certificates/{file}": {"/certificates/" + p.Serial + ".pdf"},

		"/policies": with("/policies", "", nobody), "/policies/{code}": {"/policies/" + p.Policy}, "/policies/{code}/repeal": {"/policies/" + p.Policy + "/repeal"}, "/policies/{code}/versions/{n}": {version},
		"/policies/{code}/versions/{n}/acknowledgements": with(version+"/acknowledgements", "", "?unit="+p.Small, "?unit="+p.Large),
		"/policies/{code}/versions/{n}/difference":       {version + "/difference"},
		"/policies/{code}/versions/{n}/content":          {version + "/content"},
		"/policy-drafts":                                 {"/policy-drafts"}, "/policy-drafts/{id}": {"/policy-drafts/1"}, "/policy-drafts/{id}/difference": {"/policy-drafts/1/difference"},
		"/policy-drafts/{id}/since": {"/policy-drafts/1/since"}, "/policy-drafts/{id}/effects": {"/policy-drafts/1/effects"}, "/citations": {"/citations"}, "/policy-repeals": {"/policy-repeals"},

		"/briefings": {"/briefings"}, "/briefings/board": {"/briefings/board?year=" + p.Year}, "/briefings/{month}": {"/briefings/" + p.Briefing},
		"/briefings/{month}/actions": {"/briefings/" + p.Briefing + "/actions"}, "/briefings/{month}/meeting": {"/briefings/" + p.Briefing + "/meeting"},
		"/briefings/{month}/minutes.pdf": {"/briefings/" + p.Briefing + "/minutes.pdf"},

		"/complaint-profiles": {"/complaint-profiles"},
		"/complaints": with("/complaints", "", "?state=late", "?state=open", "?state=met&class=complex", "?unnamed=true", nobody, "?q="+p.Reference[:len(p.Reference)-2],
			"?q="+url.QueryEscape("保险"), "?q="+url.QueryEscape("保险")+"&state=late&unit="+p.Small, "?unit="+p.Small, "?unit="+p.Large, "?unit="+p.Empty),
		"/complaints/summary": with("/complaints/summary", "?period="+p.Quarter, "?period="+p.Before),

		"/search": {"/search?q=" + url.QueryEscape("投诉")}, "/units": {"/units"},
		"/people":            with("/people", "", nobody, common, "?q=L0001&unit="+p.Large, "?unit="+p.Small),
		"/people/{id}/roles": one("/people/%d/roles", p.Person),

		"/performance/scores": with("/performance/scores", "?period="+p.Quarter, "?period="+p.Before+"&everyone=true", "?period="+p.Before+"&sort=name", "?period="+p.Before+"&sort=unit&everyone=true",
			"?period="+p.Before+"&q="+nobody[3:], "?period="+p.Before+"&unit="+p.Small),
		"/performance/cards/{employee_no}": {"/performance/cards/" + p.EmployeeNo + "?period=" + p.Before},
		"/records/certifications": with("/records/certifications", "", "?state=none", "?state=expired", "?state=revoked", "?state=valid", "?as_of="+p.Year+"-01-15&state=expired", nobody, common,
			"?course="+p.Course+"&state=expired", "?course="+p.Graded+"&state=revoked", "?unit="+p.Small, "?unit="+p.Large+"&state=revoked"),
		"/records/exposure": with("/records/exposure", exposure, exposure+"&unit="+p.Small),
		"/audit/events": with("/audit/events", "", "?action=people.grant_role", "?action=certificates", "?action=nothing", "?subject=course:"+p.Course, "?subject=complaint:none",
			"?subject=certificate:"+p.Serial),
	}
}
