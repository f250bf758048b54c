package main

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/archive"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
	"anwen/quizzes"
)

// sampleBank is the bank that is not a course's own.
const sampleBank = "complaint-bank"

// exercise publishes a course whose quiz has every kind of question, lets some
// people sit it so that essays wait to be marked, and fills a bank that is not a
// course's own.
func (b *bank) exercise(ctx context.Context) error {
	system := people.System()
	var files archive.Files
	b.clock.at(b.daysAgo(12, 9))
	err := eachFolder("sample/exercises", func(_ string, found archive.Files) error {
		files = found
		_, err := b.courses.Publish(ctx, system, found, false, 0)
		return err
	})
	if err != nil {
		return err
	}
	for i, reply := range []string{
		"您别着急，我先听您说清楚。您是说年费多收了300元，对吗？我现在就为您登记，两天之内投诉处理岗的同事会给您回电，结果以核实为准。",
		"非常抱歉让您跑了两趟。我帮您登记，明天下午五点前由小李给您打电话。",
		"这个不归我们管，您打客服电话吧。",
	} {
		if err := b.sitExercise(ctx, b.members[20+i], b.daysAgo(10-i, 14), reply); err != nil {
			return fmt.Errorf("attempt %d: %w", i+1, err)
		}
	}
	names := i18n.Texts{i18n.Hans: "投诉处理通用题库", i18n.Hant: "投訴處理通用題庫", i18n.English: "Complaint handling, shared questions"}
	if err := b.quizzes.OpenBank(ctx, system, sampleBank, names); err != nil {
		return err
	}
	questions, faults := formats.Read("quiz.gift", files["quiz.zh-Hans.gift"], formats.GIFT)
	items, wrong := formats.JoinLanguages(map[i18n.Locale][]formats.Question{i18n.Hans: questions})
	if len(faults)+len(wrong) > 0 {
		return fmt.Errorf("the sample bank: %v %v", faults, wrong)
	}
	for i := range items {
		items[i].Category, items[i].Tags = "投诉/时限", []string{"演练"}
	}
	_, err = b.quizzes.ImportItems(ctx, system, sampleBank, items[4:], false, quizzes.Based{}) // the case has a picture and stays with its course
	return err
}

// sitExercise answers the quiz of the exercise rightly, and its essay with the reply.
func (b *bank) sitExercise(ctx context.Context, m member, at time.Time, reply string) error {
	b.clock.at(at)
	page, err := b.training.Course(ctx, m.actor, "complaint-cases")
	if err != nil {
		return err
	}
	card, err := b.quizzes.QuizOfCourse(ctx, m.actor, page.CourseID)
	if err != nil {
		return err
	}
	key, err := answersOfFolder("sample/exercises/complaint-cases")
	if err != nil {
		return err
	}
	attempt, err := b.quizzes.Start(ctx, m.actor, card.QuizID, "")
	if err != nil {
		return err
	}
	for i, response := range key {
		b.clock.at(at.Add(time.Duration(i) * time.Minute))
		switch attempt.Questions[i].Kind {
		case items.Description:
			continue
		case items.Essay:
			response = items.Write(reply)
		}
		shown, err := b.quizzes.ShownAs(ctx, attempt.ID, i+1, response)
		if err != nil {
			return err
		}
		if _, err := b.quizzes.SaveAnswer(ctx, m.actor, attempt.ID, i+1, quizzes.AnswerInput{Response: shown}); err != nil {
			return err
		}
	}
	_, err = b.quizzes.Submit(ctx, m.actor, attempt.ID)
	return err
}
