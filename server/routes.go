package server

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"anwen/people"
)

// Limits of uploads, in bytes.
const (
	courseUpload = 100 << 20
	sheetUpload  = 25 << 20
	policyUpload = 8 << 20
)

// routes is the whole API and who may call it. The verbs decide about units and
// ownership. A test calls every route as every role.
func (s *Server) routes() []Route {
	var (
		authors   = holders(people.Author, people.Compliance)
		officers  = holders(people.Compliance)
		drafters  = holders(people.Author, people.Compliance, people.Auditor)
		deciders  = holders(people.Compliance, people.Auditor)
		assigners = holders(people.Compliance, people.HR)
		overseers = holders(people.Compliance, people.HR, people.Auditor)
		desk      = holders(people.ComplaintDesk)
		deskReads = holders(people.ComplaintDesk, people.Compliance, people.HR, people.Auditor)
		hr        = holders(people.HR, people.Auditor)
		staffing  = holders(people.HR, people.Administrator)
		admins    = holders(people.Administrator)
		auditors  = holders(people.Administrator, people.Auditor)
		listers   = holders(people.HR, people.Administrator, people.Auditor, people.Compliance, people.ComplaintDesk)
	)
	created, none := status(http.StatusCreated), status(http.StatusNoContent)
	return []Route{
		get("/about", anyone, "The institution and the program", s.about),
		post("/session", anyone, "Sign in", s.signIn),
		remove("/session", withTemporaryPassword, "Sign out", s.signOut),
		get("/verify/{serial}", anyone, "Verify a certificate", s.verify),

		get("/me", withTemporaryPassword, "Who is signed in", s.me),
		patch("/me", withTemporaryPassword, "Change my language", s.changeMe),
		post("/me/password", withTemporaryPassword, "Change my password", s.changePassword).as(none),
		get("/me/sessions", employee, "My open sessions", s.sessions),
		remove("/me/sessions/{id}", employee, "End one of my sessions", s.revokeSession),
		get("/me/assignments", employee, "What is required of me, and by when", s.myAssignments),
		get("/me/certificates", employee, "My certificates of every cycle", s.myCertificates),
		get("/me/performance", employee, "My performance card and what it was computed from", s.myCard),

		get("/courses", employee, "Published courses", s.listCourses),
		post("/courses", authors, "Publish a course folder (zip)", s.publishCourse).as(upload(courseUpload)),
		get("/courses/{slug}", employee, "A course with my progress", s.course),
		get("/courses/{slug}/lessons/{n}", employee, "A lesson", s.lesson).as(answers[lesson](s.humaAPI)),
		post("/courses/{slug}/lessons/{n}/read", employee, "Record that I read a lesson", s.readLesson),
		post("/courses/{slug}/lessons/{n}/checks/{position}", employee, "Answer a question inside a lesson", s.tryCheck),
		get("/courses/{slug}/files/{sha}", employee, "An attachment, a video or its captions", s.courseFile),
		get("/courses/{slug}/revisions", drafters, "The history of a course", s.courseRevisions),
		get("/courses/{slug}/revisions/{number}/difference", drafters, "What a revision changed", s.courseDifference),
		get("/courses/{slug}/export.zip", drafters, "The files of a course as they were published", s.exportCourse),
		get("/courses/{slug}/images/{sha}", employee, "A picture of a lesson", s.courseImage),
		post("/courses/{slug}/assignments", assigners, "Assign a course to a unit or a person", s.assign),

		get("/manuscripts", authors, "Courses being written", s.listManuscripts),
		post("/manuscripts", authors, "Start writing a course, or continue", s.openManuscript).as(created),
		get("/manuscripts/{slug}", authors, "A course being written", s.manuscript),
		put("/manuscripts/{slug}/base", authors, "Take the newest revision as the one that it is written from", s.takeRevision),
		remove("/manuscripts/{slug}", authors, "Discard a course being written", s.discardManuscript),
		get("/manuscripts/{slug}/text", authors, "A text file of it", s.manuscriptText),
		put("/manuscripts/{slug}/text", authors, "Save a text file of it", s.saveText).as(upload(policyUpload)),
		put("/manuscripts/{slug}/file", authors, "Save a picture, a video or an attachment of it", s.saveUpload).as(upload(courseUpload)),
		remove("/manuscripts/{slug}/file", authors, "Remove a file from it", s.removeFile),
		get("/manuscripts/{slug}/images/{sha}", authors, "A picture of it", s.manuscriptImage),
		post("/manuscripts/{slug}/preview", authors, "A text as readers would see it", s.previewFile).as(upload(policyUpload)),
		post("/manuscripts/{slug}/publication", authors, "Publish it as the next revision", s.publishManuscript),

		get("/banks", authors, "Banks of questions", s.listBanks),
		post("/banks", authors, "Open a bank", s.openBank).as(status(http.StatusNoContent)),
		patch("/banks/{code}", authors, "Rename a bank or change its owner", s.changeBank).as(none),
		get("/banks/{code}/items", authors, "Questions of a bank", s.bankItems),
		get("/banks/{code}/items/{item}", authors, "A question with its versions, and how they did", s.itemHistory),
		put("/banks/{code}/filing", authors, "Change category, tags, difficulty or state of many questions", s.refile).as(status(http.StatusNoContent)),
		post("/banks/{code}/imports", authors, "Import questions from a text", s.importText).as(upload(policyUpload)),
		post("/banks/{code}/files", authors, "Import questions from a file", s.importFile).as(upload(sheetUpload)),
		post("/banks/{code}/pictures", authors, "Add a picture to a bank", s.addPicture).as(upload(policyUpload)),
		get("/banks/{code}/export", authors, "A bank as a file", s.exportBank),
		get("/quizzes", holders(people.Author, people.Compliance, people.HR, people.Auditor), "Quizzes with how they stand", s.listQuizzes),
		get("/quizzes/{id}/insight", holders(people.Author, people.Compliance, people.HR, people.Auditor), "What the answers say about the items", s.quizInsight),
		get("/quizzes/{id}/learning", holders(people.Author, people.Compliance, people.HR, people.Auditor), "How scores changed since another quiz", s.quizLearning),
		get("/quizzes/{id}/essays", authors, "Essays that wait to be marked", s.waitingEssays),
		post("/quizzes/{id}/regrades", officers, "Correct a wrong answer key, or preview who is affected", s.regrade),
		put("/attempts/{id}/marks/{item}", authors, "Mark an essay", s.markEssay),
		get("/quizzes/{id}/conditions", authors, "When and where a quiz may be started", s.conditions),
		put("/quizzes/{id}/conditions", authors, "Set when and where a quiz may be started", s.setConditions).as(none),
		get("/quizzes/{id}/accommodations", assigners, "Who has more time or attempts", s.accommodations),
		post("/quizzes/{id}/accommodations", assigners, "Grant more time or attempts, or end that", s.accommodate).as(none),
		get("/quizzes/{id}/attempts", overseers, "Attempts of my units", s.quizAttempts),
		get("/attempts/{id}/log", overseers, "What happened in an attempt", s.attemptLog),
		post("/quizzes/{id}/practice", employee, "Start practising, or continue", s.practise),
		post("/quizzes/{id}/attempts", employee, "Start an attempt, or continue the open one", s.startAttempt),
		get("/attempts/{id}", employee, "My attempt", s.attempt),
		put("/attempts/{id}/answers/{item}", employee, "Save an answer", s.saveAnswer),
		post("/attempts/{id}/events", employee, "Report events of an attempt", s.recordEvents).as(status(http.StatusNoContent)),
		post("/attempts/{id}/submission", employee, "Submit an attempt", s.submit),

		get("/pictures/{sha}", employee, "A picture of a question", s.picture),

		get("/certificates/{file}", employee, "The PDF of a certificate", s.certificatePDF),

		get("/policies", employee, "Policies in force", s.listPolicies),
		get("/policies/{code}", employee, "A policy and its versions", s.policy),
		post("/policies/{code}/repeal", officers, "Propose to repeal a policy", s.proposeRepeal).as(none),
		remove("/policies/{code}/repeal", officers, "Take back a proposal to repeal a policy", s.withdrawRepeal),
		post("/policies/{code}/repeal/approval", officers, "Repeal a policy as somebody else proposed", s.approveRepeal).as(none),
		get("/policies/{code}/repeal", deciders, "What the proposed repeal of a policy would end", s.repealEffect),
		get("/policy-repeals", deciders, "Proposals to repeal policies that wait for a decision", s.listRepeals),
		get("/policies/{code}/versions/{n}", employee, "A policy version", s.policyVersion),
		get("/policies/{code}/versions/{n}/content", authors, "What a version says, for a draft that is written against it", s.baseContent),
		post("/policies/{code}/versions/{n}/comparison", authors, "A text that is being written against a version, clause by clause", s.compareText).as(upload(policyUpload)),
		post("/policies/{code}/versions/{n}/acknowledgement", employee, "Acknowledge a policy version", s.acknowledge),
		post("/policies/{code}/versions/{n}/requests", officers, "Ask a unit to acknowledge a version", s.requestAcknowledgement),
		get("/policies/{code}/versions/{n}/acknowledgements", overseers, "Who has not acknowledged a version", s.outstanding),

		get("/policies/{code}/versions/{n}/difference", employee, "What a version changed, clause by clause", s.versionDifference),
		post("/policy-texts", authors, "Extract the text of a file without storing it", s.readText).as(upload(policyUpload)),
		get("/policy-drafts", drafters, "Open drafts and the latest closed ones", s.listDrafts),
		post("/policy-drafts", authors, "Begin the next version of a policy", s.newDraft).as(created, upload(policyUpload)),
		get("/policy-drafts/{id}", drafters, "A draft", s.draft),
		put("/policy-drafts/{id}", authors, "Save an edition of a draft", s.saveDraft).as(upload(policyUpload)),
		get("/policy-drafts/{id}/difference", drafters, "What a draft would change, clause by clause", s.draftDifference),
		get("/policy-drafts/{id}/since", drafters, "What came after the version that a draft is written against, clause by clause", s.sinceBase),
		put("/policy-drafts/{id}/base", authors, "Take the newest version as the one that a draft is written against", s.takeBase),
		get("/policy-drafts/{id}/effects", drafters, "Which citations publishing a draft would make stale, and whom it would ask", s.draftEffects),
		post("/policy-drafts/{id}/submission", authors, "Submit a draft for review", s.submitDraft),
		post("/policy-drafts/{id}/return", officers, "Return a draft to its writers", s.returnDraft),
		post("/policy-drafts/{id}/approval", officers, "Approve somebody else's draft, as material or editorial", s.approveDraft),
		post("/policy-drafts/{id}/publication", officers, "Publish an approved draft", s.publishDraft),
		post("/policy-drafts/{id}/withdrawal", authors, "Withdraw a draft", s.withdrawDraft),

		get("/citations", drafters, "Citations of clauses that have changed", s.staleCitations),
		post("/citations/{id}/review", authors, "Confirm that a stale citation is still correct", s.reviewCitation).as(none),

		get("/briefings", employee, "Monthly briefings", s.listBriefings),
		post("/briefings", officers, "Publish the briefing of a month", s.publishBriefing).as(created, upload(policyUpload)),
		get("/briefings/board", overseers, "A year of briefings at a glance", s.briefingBoard),
		get("/briefings/{month}", employee, "A briefing", s.briefing),
		post("/briefings/{month}/read", employee, "Record that I read a briefing", s.readBriefing),
		get("/briefings/{month}/actions", employee, "The adjustment plan of a briefing", s.actions),
		post("/briefings/{month}/actions", officers, "Add an action to the adjustment plan", s.addAction).as(none),
		post("/briefings/{month}/actions/{number}/state", employee, "Change the state of an action that I own", s.moveAction).as(none),
		get("/briefings/{month}/meeting", employee, "The minutes of the meeting that studied a briefing", s.meeting),
		post("/briefings/{month}/meeting", officers, "Publish minutes with attendance", s.recordMeeting).as(created, upload(policyUpload)),
		get("/briefings/{month}/minutes.pdf", overseers, "The minutes as a PDF", s.minutesPDF),

		get("/complaint-profiles", deskReads, "How complaint files are read", s.complaintProfiles),
		post("/complaints/imports", desk, "Import complaint facts", s.importComplaints).as(upload(sheetUpload)),
		get("/complaints", deskReads, "Complaints and their time limits", s.listComplaints),
		get("/complaints/summary", deskReads, "A quarter of complaints at a glance", s.complaintSummary),
		put("/complaints/{reference}/responsible-person", desk, "Name the responsible person", s.nameResponsible).as(none),

		get("/search", employee, "Search policies, lessons and briefings", s.find),

		get("/units", employee, "Org units", s.units),
		get("/people", listers, "Staff", s.listPeople),
		post("/people/imports", staffing, "Import staff and units", s.importPeople).as(upload(sheetUpload)),
		post("/people/{id}/password", admins, "Issue a temporary password", s.issuePassword),
		get("/people/{id}/roles", auditors, "Roles of a person", s.personRoles),
		post("/people/{id}/roles", admins, "Grant a role over a unit", s.grantRole).as(none),
		remove("/people/{id}/roles/{grant}", admins, "Revoke a role", s.revokeRole),

		get("/performance/scores", hr, "Performance beside certifications", s.scores).as(answers[scorePage](s.humaAPI)),
		get("/performance/cards/{employee_no}", hr, "A person's performance card", s.personCard),
		get("/records/certifications", hr, "Certification records as of a date", s.certifications).as(answers[certificationPage](s.humaAPI)),
		get("/records/exposure", overseers, "How long people worked under a version before they acknowledged it", s.exposure).as(answers[exposure](s.humaAPI)),
		get("/audit/events", auditors, "The audit log", s.auditEvents),
	}
}

// humaAPI is set by New before the route table is read.
func (s *Server) humaAPI() huma.API { return s.api }
