package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"anwen/briefings"
	"anwen/complaints"
	"anwen/courses"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
	"anwen/quizzes"
)

// useInEveryWay does what else leaves evidence: people come, move, leave and come back,
// roles are given and taken, policies go from draft to repeal, courses are written,
// quizzes get conditions, and complaints are corrected.
func (b *bank) useInEveryWay(t testing.TB, ctx context.Context) {
	t.Helper()
	b.clock.at(b.daysAgo(3, 9))
	for i, use := range []func(context.Context) error{b.changeStaff, b.writePolicy, b.askInBriefing, b.writeCourse, b.conditionQuiz, b.keepBank, b.correctComplaint} {
		if err := use(ctx); err != nil {
			t.Fatalf("use %d: %v", i+1, err)
		}
	}
}

func (b *bank) changeStaff(ctx context.Context) error {
	system, number := people.System(), b.members[200].actor.EmployeeNo
	lines := []string{
		"employee_no,name,unit_code,login,position,status\nNEW-1,新人,AH-E01,new-1,柜员,active\n",
		"employee_no,name,unit_code,login,position,status\nNEW-1,新人,AH-N01,renamed-1,经理,active\n",
		"employee_no,name,unit_code,status\n" + number + ",某人,AH-E02,left\n",
		"employee_no,name,unit_code,status\n" + number + ",某人,AH-E02,active\n",
	}
	id := b.members[200].actor.PersonID
	for i, list := range lines {
		if i == 2 { // who leaves had a role
			if err := b.people.GrantRole(ctx, system, id, people.Author, "AH-E01"); err != nil {
				return err
			}
		}
		if _, err := b.people.Import(ctx, system, "list.csv", []byte(list), false); err != nil {
			return err
		}
	}
	if err := b.people.GrantRole(ctx, system, id, people.HR, "AH-E"); err != nil {
		return err
	}
	held, err := b.people.RolesOf(ctx, system, id)
	if err != nil || len(held) != 1 {
		return fmt.Errorf("%d roles, %w", len(held), err)
	}
	if err := b.people.RevokeRole(ctx, system, id, held[0].ID); err != nil {
		return err
	}
	return b.people.SetLanguage(ctx, b.members[200].actor, i18n.English)
}

// writePolicy takes a policy from its first draft over a second version to its repeal.
func (b *bank) writePolicy(ctx context.Context) error {
	writer, approver, reader := b.officer(52), b.officer(53), b.members[60].actor
	for n, text := range []string{"**第一条** 投诉在48小时内答复。\n\n**第二条** 甲。\n", "**第一条** 投诉在24小时内答复。\n\n**第二条** 甲。\n"} {
		content := policies.Content{Titles: i18n.Texts{i18n.Hans: "新办法"}, EffectiveFrom: fmt.Sprintf("2026-01-0%d", n+1), Texts: i18n.Texts{i18n.Hans: text},
			Questions: i18n.Texts{i18n.Hans: "::q:: 几小时内答复？ {#48}\n"}}
		d, err := b.policies.SaveDraft(ctx, writer, policies.SaveInput{Code: "POL-NEW", Content: content})
		for _, step := range []func() (policies.Draft, error){
			func() (policies.Draft, error) { return b.policies.SubmitDraft(ctx, writer, d.ID, d.Edition, 0) },
			func() (policies.Draft, error) { return b.policies.ReturnDraft(ctx, approver, d.ID, d.Edition, "again") },
			func() (policies.Draft, error) {
				return b.policies.SaveDraft(ctx, writer, policies.SaveInput{ID: d.ID, Edition: d.Edition, Code: "POL-NEW", Content: content})
			},
			func() (policies.Draft, error) { return b.policies.SubmitDraft(ctx, writer, d.ID, d.Edition, 0) },
			func() (policies.Draft, error) {
				return b.policies.ApproveDraft(ctx, approver, d.ID, d.Edition, true, "")
			},
			func() (policies.Draft, error) { return b.policies.PublishDraft(ctx, approver, d.ID, d.Edition) },
		} {
			if err != nil {
				return err
			}
			d, err = step()
		}
		if err != nil {
			return err
		}
	}
	v, err := b.policies.Version(ctx, reader, "POL-NEW", 2, i18n.Hans)
	if err != nil {
		return err
	}
	for _, answer := range []string{"24", "48"} {
		_, err := b.policies.Acknowledge(ctx, reader, policies.AcknowledgeInput{Code: v.Code, Number: v.Number, Locale: v.Locale, TextSHA256: v.TextSHA256,
			StatementSHA256: v.StatementSHA256, Answers: []json.RawMessage{[]byte(`{"text":"` + answer + `"}`)}})
		if err != nil {
			return err
		}
	}
	stale, err := b.policies.StaleCitations(ctx, people.System(), policies.StaleFilter{})
	if err != nil || len(stale) == 0 {
		return fmt.Errorf("%d citations are stale, %w", len(stale), err)
	}
	if err := b.policies.ReviewCitation(ctx, writer, policies.ReviewInput{ID: stale[0].ID, Changed: stale[0].Changed, Note: "still right"}); err != nil {
		return err
	}
	return b.repeal(ctx, "POL-NEW")
}

func (b *bank) repeal(ctx context.Context, code string) error {
	proposer, approver := b.officer(52), b.officer(53)
	ask := func() error {
		return b.policies.ProposeRepeal(ctx, proposer, policies.RepealInput{Code: code, EffectiveFrom: b.daysAgo(-30, 0).Format("2006-01-02"), Reason: "merged"})
	}
	if err := ask(); err != nil {
		return err
	}
	if err := b.policies.WithdrawRepeal(ctx, proposer, code); err != nil {
		return err
	}
	if err := ask(); err != nil {
		return err
	}
	var proposal int64
	if err := b.db.Raw(`SELECT max(id) FROM policy_repeal_proposals`).Scan(&proposal).Error; err != nil {
		return err
	}
	return b.policies.ApproveRepeal(ctx, approver, code, proposal)
}

func (b *bank) askInBriefing(ctx context.Context) error {
	report, err := b.briefings.Publish(ctx, people.System(), briefings.Input{Month: "2020-01", Policies: []briefings.PolicyRef{{Code: "POL-CH-001", Number: 2}},
		Texts:     map[i18n.Locale]briefings.Text{i18n.Hans: {Title: "一月", Changes: "甲", Impact: "乙", Plan: "丙"}},
		Questions: i18n.Texts{i18n.Hans: "::q:: [markdown]按[第八条](policy:POL-CH-001#第八条)，几小时内答复？ {#48}"}})
	if err != nil {
		return err
	}
	for _, answer := range []string{"24", "48"} {
		if _, err := b.briefings.MarkRead(ctx, b.members[60].actor, report.Key, report.Revision, []json.RawMessage{[]byte(`{"text":"` + answer + `"}`)}); err != nil {
			return err
		}
	}
	return nil
}

func (b *bank) writeCourse(ctx context.Context) error {
	writer := b.officer(52)
	if _, err := b.courses.OpenManuscript(ctx, writer, "a-new-course", courses.NewCourse("a-new-course", "新课", i18n.Hans)); err != nil {
		return err
	}
	text := "# 第一课\n\n请阅读。\n\n```quiz\n::q:: 投诉可以口头提出。 {T}\n```\n"
	if _, err := b.courses.SaveFile(ctx, writer, "a-new-course", "lessons/01-first.zh-Hans.md", 1, []byte(text)); err != nil {
		return err
	}
	if _, err := b.courses.PublishManuscript(ctx, writer, "a-new-course", false, 0); err != nil {
		return err
	}
	if _, err := b.courses.OpenManuscript(ctx, writer, "a-new-course", nil); err != nil {
		return err
	}
	return b.courses.DiscardManuscript(ctx, writer, "a-new-course")
}

// conditionQuiz sets a password, grants somebody an attempt and more time, and has them
// begin with a wrong password first.
func (b *bank) conditionQuiz(ctx context.Context) error {
	var quiz int64
	if err := b.db.Raw(`SELECT q.id FROM quizzes q JOIN courses k ON k.id = q.course_id WHERE k.slug = 'aml-essentials'`).Scan(&quiz).Error; err != nil {
		return err
	}
	sitter, password := b.members[61].actor, "open sesame"
	if err := b.quizzes.SetConditions(ctx, b.officer(50), quiz, quizzes.Conditions{}, &password); err != nil {
		return err
	}
	for _, extra := range []int{1, 2} {
		in := quizzes.Accommodation{EmployeeNo: sitter.EmployeeNo, ExtraPercent: 50, ExtraAttempts: extra, Reason: "a broken arm"}
		if err := b.quizzes.Accommodate(ctx, b.officer(50), quiz, in); err != nil {
			return err
		}
	}
	if _, err := b.quizzes.Start(ctx, sitter, quiz, "wrong"); err == nil {
		return fmt.Errorf("a wrong password opens the quiz")
	}
	attempt, err := b.quizzes.Start(ctx, sitter, quiz, password)
	if err != nil {
		return err
	}
	if err := b.quizzes.RecordEvents(ctx, sitter, attempt.ID, []quizzes.Event{{Kind: quizzes.Opened}, {Kind: quizzes.Left}}); err != nil {
		return err
	}
	_, err = b.quizzes.Submit(ctx, sitter, attempt.ID)
	return err
}

func (b *bank) keepBank(ctx context.Context) error {
	system := people.System()
	picture, err := sample.ReadFile("sample/exercises/complaint-cases/images/steps.png")
	if err != nil {
		return err
	}
	if _, err := b.quizzes.AddPicture(ctx, system, sampleBank, "steps.png", picture); err != nil {
		return err
	}
	var item int64
	if err := b.db.Raw(`SELECT i.id FROM items i JOIN banks b ON b.id = i.bank_id WHERE b.code = ? LIMIT 1`, sampleBank).Scan(&item).Error; err != nil {
		return err
	}
	category := "投诉/其他"
	if err := b.quizzes.Refile(ctx, system, sampleBank, []int64{item}, quizzes.Refiling{Category: &category}); err != nil {
		return err
	}
	return b.quizzes.ChangeBank(ctx, system, sampleBank, 1, i18n.Texts{i18n.Hans: "题库"}, "")
}

func (b *bank) correctComplaint(ctx context.Context) error {
	at := b.daysAgo(5, 9).Format("2006-01-02 ")
	file := strings.Join([]string{"reference,class,unit,received_at,first_reply_at,responsible,satisfaction,cause",
		"C-1,general,AH-E02," + at + "08:30," + at + "17:00,,2,", "C-2,complex,AH-E01," + at + "09:00,,,,"}, "\n")
	_, err := b.complaints.Import(ctx, people.System(), complaints.ImportInput{FileName: "corrected.csv", Raw: []byte(file), Profile: "anwen"})
	return err
}
