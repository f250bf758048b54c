package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
	"anwen/policies"
	"anwen/quizzes"
	"anwen/training"
)

// wave is one assignment of a course to a unit, so many days ago, and the share
// of people who have completed it by now.
type wave struct {
	slug, unit  string
	days, dueIn int
	share       float64
}

// The pilot regions began a year early: their first certificates have expired,
// and most people hold the second.
var waves = []wave{
	{"complaint-handling", "AH-S", 400, 60, 0.95},
	{"complaint-handling", "AH-N", 390, 60, 0.90},
	{"risk-disclosure-suitability", "AH", 320, 60, 0.80},
	{"complaint-handling", "AH", 30, 45, 0.55},
	{"aml-essentials", "AH", 25, 60, 0.40},
}

// The employee whose sign-in is printed has something of everything left to do:
// one course not begun, one half read, one completed.
const sampleLearner = "employee"

func (b *bank) train(ctx context.Context) error {
	random := rand.New(rand.NewPCG(20260115, 3))
	learner, err := b.people.IDOfLogin(ctx, sampleLearner)
	if err != nil {
		return err
	}
	keys := map[string][]items.Response{}
	for _, w := range waves {
		if keys[w.slug] == nil {
			if keys[w.slug], err = rightAnswers(w.slug); err != nil {
				return fmt.Errorf("%s: %w", w.slug, err)
			}
		}
		if err := b.runWave(ctx, w, keys[w.slug], learner, random); err != nil {
			return fmt.Errorf("%s in %s: %w", w.slug, w.unit, err)
		}
	}
	return b.askForAcknowledgements(ctx, learner, random)
}

func (b *bank) runWave(ctx context.Context, w wave, key []items.Response, learner int64, random *rand.Rand) error {
	assigned := b.daysAgo(w.days, 9)
	b.clock.at(assigned)
	due := date(assigned.AddDate(0, 0, w.dueIn))
	if _, err := b.training.Assign(ctx, people.System(), training.AssignInput{Slug: w.slug, UnitCode: w.unit, DueOn: &due}); err != nil {
		return err
	}
	for _, m := range b.members {
		if !strings.HasPrefix(m.branch, w.unit) {
			continue
		}
		share := w.share
		if m.actor.PersonID == learner {
			share = map[string]float64{"risk-disclosure-suitability": 1}[w.slug]
		}
		if strings.HasPrefix(m.actor.Position, "合规") {
			share = 1 // whoever sets the conditions of a quiz has sat it
		}
		// Most finish before the due date, a few after it, some not at all.
		took := 1 + random.IntN(min(w.days-1, w.dueIn+w.dueIn/5))
		at := assigned.AddDate(0, 0, took).Add(time.Duration(random.IntN(9*60)) * time.Minute)
		wrong := random.IntN(3)
		switch {
		case random.Float64() < share:
			if err := b.complete(ctx, m, w.slug, at, key, wrong); err != nil {
				return fmt.Errorf("%s: %w", m.actor.EmployeeNo, err)
			}
		case m.actor.PersonID == learner && w.slug != "aml-essentials":
		case m.actor.PersonID == learner || random.Float64() < 0.4:
			if err := b.readSome(ctx, m, w.slug, at, 2); err != nil {
				return fmt.Errorf("%s: %w", m.actor.EmployeeNo, err)
			}
		}
	}
	return nil
}

func (b *bank) readSome(ctx context.Context, m member, slug string, at time.Time, lessons int) error {
	page, err := b.training.Course(ctx, m.actor, slug)
	if err != nil {
		return err
	}
	for i, l := range page.Lessons {
		if i == lessons {
			break
		}
		b.clock.at(at.Add(time.Duration(i*9) * time.Minute))
		if _, err := b.training.ReadLesson(ctx, m.actor, slug, l.N, page.Revision); err != nil {
			return err
		}
	}
	return nil
}

// complete learns and passes as a person would: every lesson, every answer.
func (b *bank) complete(ctx context.Context, m member, slug string, at time.Time, key []items.Response, wrong int) error {
	if err := b.readSome(ctx, m, slug, at, 100); err != nil {
		return err
	}
	page, err := b.training.Course(ctx, m.actor, slug)
	if err != nil {
		return err
	}
	card, err := b.quizzes.QuizOfCourse(ctx, m.actor, page.CourseID)
	if err != nil {
		return err
	}
	at = at.Add(time.Hour)
	b.clock.at(at)
	attempt, err := b.quizzes.Start(ctx, m.actor, card.QuizID, "")
	if err != nil {
		return err
	}
	for i, response := range key {
		if i < wrong {
			continue // left blank
		}
		b.clock.at(at.Add(time.Duration(i*40) * time.Second))
		shown, err := b.quizzes.ShownAs(ctx, attempt.ID, i+1, response)
		if err != nil {
			return err
		}
		if _, err := b.quizzes.SaveAnswer(ctx, m.actor, attempt.ID, i+1, quizzes.AnswerInput{Response: shown}); err != nil {
			return err
		}
	}
	result, err := b.quizzes.Submit(ctx, m.actor, attempt.ID)
	if err == nil && !result.Passed {
		err = fmt.Errorf("attempt %d with %d blanks did not pass: %s of %s", attempt.ID, wrong, result.Earned, result.Possible)
	}
	return err
}

// rightAnswers reads the answer key of a sample course from its own files.
func rightAnswers(slug string) ([]items.Response, error) {
	return answersOfFolder("sample/courses/" + slug)
}

func answersOfFolder(folder string) ([]items.Response, error) {
	files := map[i18n.Locale][]byte{}
	for _, l := range i18n.Locales {
		raw, err := sample.ReadFile(folder + "/quiz." + string(l) + ".gift")
		if err == nil {
			files[l] = raw
		} else if !isNotExist(err) {
			return nil, err
		}
	}
	list, faults := formats.ReadQuiz(files)
	if len(faults) > 0 {
		return nil, &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	key := make([]items.Response, len(list))
	for i, it := range list {
		key[i] = it.Key()
	}
	return key, nil
}

// askForAcknowledgements asks everybody for every policy in force; most have
// given theirs, the sample learner has not.
func (b *bank) askForAcknowledgements(ctx context.Context, learner int64, random *rand.Rand) error {
	b.clock.at(b.daysAgo(20, 9))
	list, _, err := b.policies.List(ctx, people.System(), policies.ListQuery{})
	if err != nil {
		return err
	}
	for _, p := range list {
		b.clock.at(b.daysAgo(20, 9))
		_, err := b.policies.RequestAcknowledgement(ctx, people.System(), policies.RequestInput{Code: p.Code, Number: p.InForce,
			UnitCode: institution.code, DueOn: b.daysAgo(-10, 0).Format(time.DateOnly)})
		if err != nil {
			return err
		}
		v, err := b.policies.Version(ctx, people.System(), p.Code, p.InForce, i18n.Hans)
		if err != nil {
			return err
		}
		for _, m := range b.members {
			if m.actor.PersonID == learner || random.Float64() > 0.7 {
				continue
			}
			b.clock.at(b.daysAgo(random.IntN(19), 10))
			_, err := b.policies.Acknowledge(ctx, m.actor, policies.AcknowledgeInput{Code: p.Code, Number: p.InForce, Locale: v.Locale,
				TextSHA256: v.TextSHA256, StatementSHA256: v.StatementSHA256})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
