package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// toSit makes to_sit, the revisions of quizzes that the person must still answer: the
// newest one, and that of an open attempt, of every course that the person was asked to
// complete, or began to be examined in unasked, and has not completed. Who opened a
// course unasked, only to look at it, need not sit its quiz.
const toSit = `to_sit AS (
	SELECT r.id, r.quiz_id, r.plan, q.course_id
	FROM assignments a JOIN quizzes q ON q.course_id = a.course_id JOIN quiz_revisions r ON r.quiz_id = q.id
	WHERE a.person_id = @person
		AND NOT EXISTS (SELECT FROM completions c WHERE c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle)
		AND (a.reason <> 'self' OR EXISTS (SELECT FROM attempts t WHERE t.assignment_id = a.id AND NOT t.practice))
		AND (r.number = (SELECT max(n.number) FROM quiz_revisions n WHERE n.quiz_id = q.id)
			OR EXISTS (SELECT FROM attempts t WHERE t.assignment_id = a.id AND t.revision_id = r.id AND NOT t.practice
				AND NOT EXISTS (SELECT FROM submissions s WHERE s.attempt_id = t.id)))
)`

// asksFrom is the condition on a revision r of to_sit that it may ask what is in bank b:
// it is the bank of its course, the revision draws from it, or holds an item of it.
const asksFrom = `(r.course_id = b.course_id
	OR r.plan->'sections' @> jsonb_build_array(jsonb_build_object('draw', jsonb_build_object('bank_id', b.id)))
	OR EXISTS (SELECT FROM quiz_items i JOIN item_versions v ON v.id = i.item_version_id JOIN items t ON t.id = v.item_id
		WHERE i.revision_id = r.id AND t.bank_id = b.id))`

// closedBanks makes to_sit, and closed, the banks that it may ask from: what they hold is
// closed to the person, and so is every course, quiz and file that tells of it.
const closedBanks = toSit + `, closed AS (SELECT b.id, b.course_id FROM banks b WHERE EXISTS (SELECT FROM to_sit r WHERE ` + asksFrom + `))`

// mustSit reports whether the person must still answer the quiz, or another one that may
// ask what any revision of it asked.
func mustSit(ctx context.Context, conn database.Conn, quizID, personID int64) (bool, error) {
	return anyClosed(ctx, conn, personID, `closed b JOIN (SELECT r.id, r.plan, q.course_id FROM quiz_revisions r JOIN quizzes q ON q.id = r.quiz_id WHERE q.id = @id) r ON `+asksFrom, quizID)
}

// mustSitCourse reports whether the person must still answer the quiz of the course, or
// another one that may ask what its files hold.
func mustSitCourse(ctx context.Context, conn database.Conn, slug string, personID int64) (bool, error) {
	return anyClosed(ctx, conn, personID, `closed b JOIN courses k ON k.id = b.course_id WHERE k.slug = @id`, slug)
}

// mustSitFrom reports whether the person must still answer a quiz that may ask what is
// in the bank.
func mustSitFrom(ctx context.Context, conn database.Conn, bankID, personID int64) (bool, error) {
	return anyClosed(ctx, conn, personID, `closed b WHERE b.id = @id`, bankID)
}

// ClosedQuizzes are the quizzes that the person must still answer, and the others that
// may have asked the same: what tells of their keys is closed to the person.
func ClosedQuizzes(ctx context.Context, conn database.Conn, personID int64) (ids []int64, err error) {
	err = conn.WithContext(ctx).Raw(`WITH `+closedBanks+` SELECT q.id FROM quizzes q WHERE EXISTS (
		SELECT FROM closed b JOIN (SELECT n.id, n.plan, q.course_id FROM quiz_revisions n WHERE n.quiz_id = q.id) r ON `+asksFrom+`)`, map[string]any{"person": personID}).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("which quizzes are closed to person %d: %w", personID, err)
	}
	return ids, nil
}

// anyClosed reports whether there is any row of from, which names what is closed.
func anyClosed(ctx context.Context, conn database.Conn, personID int64, from string, id any) (must bool, err error) {
	err = conn.WithContext(ctx).Raw(`WITH `+closedBanks+` SELECT EXISTS (SELECT FROM `+from+`)`, map[string]any{"person": personID, "id": id}).Scan(&must).Error
	if err != nil {
		return false, fmt.Errorf("what person %d must sit: %w", personID, err)
	}
	return must, nil
}
