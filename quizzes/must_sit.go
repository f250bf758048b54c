package quizzes

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// refuseWhoMustSit is Forbidden for whoever was asked to sit the quiz and has not
// passed it yet: nobody sets the conditions of, or sees what tells the key of, what
// they must still answer themselves.
func refuseWhoMustSit(ctx context.Context, conn database.Conn, quizID int64, actor people.Actor) error {
	must, err := mustSit(ctx, conn, quizID, actor.PersonID)
	if err == nil && must {
		err = errs.New(errs.Forbidden, "quizzes.must_sit", nil)
	}
	return err
}
