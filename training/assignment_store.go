package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// scope is the set of people that an assignment is for.
type scope struct {
	arg    any // the unit's path as a pattern, or the person's id
	reason Reason
}

// candidates lists the staff in the scope with their latest cycle and what assigning
// does to it: begin the next one, keep the open one, or take over one that they
// opened themselves.
func (sc scope) candidates() string {
	return `candidates AS (
		SELECT p.id, p.employee_no, p.name, p.unit_names, coalesce(a.cycle, 0) AS cycle,
			CASE WHEN a.id IS NULL OR c.id IS NOT NULL THEN 'begin'
				WHEN ` + byThemselves + ` THEN 'take_over' ELSE 'keep' END AS step
		FROM staff p
		LEFT JOIN LATERAL (SELECT * FROM assignments WHERE course_id = @course AND person_id = p.id
			ORDER BY cycle DESC LIMIT 1) a ON true
		LEFT JOIN completions c ON c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle
		WHERE p.status <> 'left' AND ` + sc.named() + `)`
}

func (sc scope) named() string {
	if sc.reason == ForUnit {
		return `p.unit_path LIKE @scope`
	}
	return `p.id = @scope`
}

const sampleSize = 20

// lockAssigningTx makes those who assign a course to many do it one after another.
func lockAssigningTx(ctx context.Context, tx database.Tx, courseID int64) error {
	return tx.WithContext(ctx).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('training.assign:' || CAST(? AS bigint), 0))`, courseID).Error
}

// foreseeTx counts what assigning would do, and reads the first of those who would
// get an assignment.
func (sc scope) foreseeTx(ctx context.Context, tx database.Tx, courseID int64, report *AssignReport) error {
	args := map[string]any{"course": courseID, "scope": sc.arg, "limit": sampleSize}
	var counts struct{ Assigned, Kept int }
	err := tx.WithContext(ctx).Raw(`WITH `+sc.candidates()+`
		SELECT count(*) FILTER (WHERE step <> 'keep') AS assigned, count(*) FILTER (WHERE step = 'keep') AS kept FROM candidates`,
		args).Scan(&counts).Error
	if err != nil {
		return err
	}
	report.Assigned, report.AlreadyAssigned = counts.Assigned, counts.Kept
	return tx.WithContext(ctx).Raw(`WITH `+sc.candidates()+`
		SELECT employee_no, name, unit_names FROM candidates WHERE step <> 'keep' ORDER BY employee_no LIMIT @limit`,
		args).Scan(&report.Sample).Error
}

// byThemselves is the condition of an assignment a that nobody asked for.
const byThemselves = `a.reason = 'self' AND a.due_on IS NULL`

// assignTx assigns: one statement begins the next cycles, then one takes over the
// assignments that people opened themselves. Both look again at what was written in the
// meantime: who opened the course is asked all the same, and who was asked by another
// is left out.
func (sc scope) assignTx(ctx context.Context, tx database.Tx, courseID int64, dueOn *time.Time, actor people.Actor, now time.Time) (int, error) {
	args := map[string]any{"course": courseID, "scope": sc.arg, "due": dueOn, "reason": string(sc.reason), "now": now, "actor": actor.By()}
	begun := tx.WithContext(ctx).Exec(`WITH `+sc.candidates()+`
		INSERT INTO assignments AS a (course_id, person_id, cycle, due_on, reason, assigned_at, assigned_by)
		SELECT @course, id, cycle + 1, CAST(@due AS date), @reason, @now, CAST(@actor AS bigint) FROM candidates WHERE step = 'begin' ORDER BY id
		ON CONFLICT ON CONSTRAINT assignments_cycle_key DO UPDATE
			SET due_on = excluded.due_on, reason = excluded.reason, assigned_by = excluded.assigned_by WHERE `+byThemselves, args)
	if begun.Error != nil {
		return 0, begun.Error
	}
	takenOver := tx.WithContext(ctx).Exec(`WITH `+sc.candidates()+`
		UPDATE assignments a SET due_on = CAST(@due AS date), reason = @reason, assigned_by = CAST(@actor AS bigint)
		FROM candidates c WHERE c.step = 'take_over' AND a.course_id = @course AND a.person_id = c.id AND a.cycle = c.cycle AND `+byThemselves, args)
	return int(begun.RowsAffected + takenOver.RowsAffected), takenOver.Error
}

// openTx is lockLatestTx, and reads whether the cycle is completed.
func openTx(ctx context.Context, tx database.Tx, personID, courseID int64, now func() time.Time) (lockedAssignment, error) {
	a, err := lockLatestTx(ctx, tx, personID, courseID, now)
	if err != nil {
		return a, err
	}
	return a.withDoneTx(ctx, tx)
}

// lockLatestTx returns the person's latest assignment of a course, locked against
// every other change of it, though a credit of another course may name it. Without one
// it opens the first cycle as the person's own.
func lockLatestTx(ctx context.Context, tx database.Tx, personID, courseID int64, now func() time.Time) (a lockedAssignment, err error) {
	for range 2 {
		var rows []lockedAssignment
		err = tx.WithContext(ctx).Raw(`SELECT id, person_id, course_id, cycle FROM assignments
			WHERE person_id = ? AND course_id = ? ORDER BY cycle DESC LIMIT 1 FOR NO KEY UPDATE`, personID, courseID).Scan(&rows).Error
		if err != nil {
			return a, fmt.Errorf("lock the assignment of person %d to course %d: %w", personID, courseID, err)
		}
		if len(rows) > 0 {
			return rows[0], nil
		}
		err = tx.WithContext(ctx).Exec(`INSERT INTO assignments (course_id, person_id, cycle, reason, assigned_at, assigned_by)
			VALUES (?, ?, 1, 'self', ?, ?) ON CONFLICT ON CONSTRAINT assignments_cycle_key DO NOTHING`,
			courseID, personID, now(), personID).Error
		if err != nil {
			return a, fmt.Errorf("open course %d for person %d: %w", courseID, personID, err)
		}
	}
	return a, fmt.Errorf("the assignment of person %d to course %d cannot be opened", personID, courseID)
}

// lockedAssignment is an assignment under lock.
type lockedAssignment struct {
	ID       int64
	PersonID int64
	CourseID int64
	Cycle    int
	Done     bool
}

// withDoneTx looks for the completion in a statement of its own: one that began
// before the lock was held would not see what the other transaction wrote.
func (a lockedAssignment) withDoneTx(ctx context.Context, tx database.Tx) (lockedAssignment, error) {
	err := tx.WithContext(ctx).Raw(`SELECT EXISTS (SELECT 1 FROM completions WHERE person_id = ? AND course_id = ? AND cycle = ?)`,
		a.PersonID, a.CourseID, a.Cycle).Scan(&a.Done).Error
	if err != nil {
		return a, fmt.Errorf("completion of assignment %d: %w", a.ID, err)
	}
	return a, nil
}
