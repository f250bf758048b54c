package quizzes

import (
	"context"
	"fmt"
	"slices"

	"anwen/courses"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
)

// CheckQuiz reads the quiz of a course folder without writing anything; see
// courses.QuizPublisher.
func (s *Service) CheckQuiz(quiz courses.QuizFiles) (courses.QuizCheck, []errs.Fault) {
	list, faults := formats.ReadQuiz(quiz.GIFT)
	if len(faults) == 0 && !slices.ContainsFunc(list, items.Item.Asks) {
		faults = append(faults, errs.Fault{Code: "quizzes.no_items"})
	}
	if len(faults) == 0 {
		_, faults = planOf(quiz.Plan).LayOut(list)
		faults = append(faults, unknownImages(quiz, list)...)
	}
	check := courses.QuizCheck{Items: len(list)}
	for _, it := range list {
		check.Citations = append(check.Citations, it.Citations()...)
	}
	return check, faults
}

// PublishQuizTx makes the next revision of the course's quiz: a new version of
// every item whose bytes changed, and a revision that names versions, pass mark
// and limits. When all is as in the current revision nothing is written. Invalid
// when the files have faults, or draw from a bank that is closed to the actor; Conflict
// when a bank of its own has the course's slug as its code.
func (s *Service) PublishQuizTx(ctx context.Context, tx database.Tx, actor people.Actor, quiz courses.QuizFiles) error {
	items, faults := formats.ReadQuiz(quiz.GIFT)
	if len(faults) > 0 || len(items) == 0 {
		_, faults = s.CheckQuiz(quiz)
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	now := s.now()
	bank, err := bankOfCourseTx(ctx, tx, quiz, now)
	if err != nil {
		return fmt.Errorf("bank of course %d: %w", quiz.CourseID, err)
	}
	if err := bindImagesTx(ctx, tx, quiz, items); err != nil {
		return err
	}
	versions := make([]int64, len(items))
	for i, it := range items {
		id, err := versionTx(ctx, tx, bank, it, Reviewed, now) // to publish is to answer for it
		if err != nil {
			return fmt.Errorf("publish item %q: %w", it.Name, err)
		}
		versions[i] = id
	}
	if err := retireOthersTx(ctx, tx, bank, items); err != nil {
		return err
	}
	plan := planOf(quiz.Plan)
	fixed, faults := plan.LayOut(items)
	if len(faults) > 0 {
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	paper := make([]quizItemRow, len(fixed))
	fixedVersions := make([]int64, len(fixed))
	for i, f := range fixed {
		paper[i] = quizItemRow{Position: i + 1, Section: f.Section, ItemVersionID: versions[f.Item], Points: items[f.Item].Points}
		fixedVersions[i] = versions[f.Item]
	}
	if err := blueprintTx(ctx, tx, actor, &plan, bank, fixedVersions); err != nil {
		return err
	}
	quizID, err := quizOfCourseTx(ctx, tx, quiz.CourseID, now)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	revision, changed, err := nextRevisionTx(ctx, tx, quizRevisionRow{QuizID: quizID, PassMark: quiz.PassMark, AttemptLimit: quiz.Attempts, Minutes: quiz.Minutes,
		Plan: plan, PublishedAt: now}, paper)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	if !changed {
		return nil
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.publish",
		Subject: fmt.Sprintf("quiz:%d", quizID), Data: map[string]any{"revision": revision, "items": len(items)}})
}

// courseOf finds the course of a quiz; a quiz never changes its course, so it is
// asked once. NotFound when there is no such quiz.
func (s *Service) courseOf(ctx context.Context, quizID int64) (int64, error) {
	if id, ok := s.items.courseOf(quizID); ok {
		return id, nil
	}
	id, found, err := courseOfQuiz(ctx, s.db, quizID)
	if err != nil {
		return 0, fmt.Errorf("course of quiz %d: %w", quizID, err)
	}
	if !found {
		return 0, errs.New(errs.NotFound, "quizzes.quiz_not_found", nil)
	}
	s.items.keepCourse(quizID, id)
	return id, nil
}
