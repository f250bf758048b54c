package quizzes

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Whoever must sit a quiz sees nothing that tells its key until it is passed, whatever
// roles they hold: see docs/decisions/0017.

// refuseWhoMustSit is Forbidden for whoever must still sit the quiz, or another one over
// the same bank: nobody sets the conditions of, sees what tells the key of, or corrects
// what they must answer themselves.
func refuseWhoMustSit(ctx context.Context, conn database.Conn, quizID int64, actor people.Actor) error {
	must, err := mustSit(ctx, conn, quizID, actor.PersonID)
	if err == nil && must {
		err = errs.New(errs.Forbidden, "quizzes.must_sit", nil)
	}
	return err
}

// refuseWhoMustSitFrom is Forbidden for whoever must still sit a quiz that may ask what
// is in the bank.
func refuseWhoMustSitFrom(ctx context.Context, conn database.Conn, bankID int64, actor people.Actor) error {
	must, err := mustSitFrom(ctx, conn, bankID, actor.PersonID)
	if err == nil && must {
		err = errs.New(errs.Forbidden, "quizzes.must_sit_from_bank", nil)
	}
	return err
}

// MustSit reports whether the person must still sit a quiz that may ask what the files
// of the course hold; see courses.QuizPublisher.
func (s *Service) MustSit(ctx context.Context, conn database.Conn, personID int64, slug string) (bool, error) {
	return mustSitCourse(ctx, conn, slug, personID)
}
