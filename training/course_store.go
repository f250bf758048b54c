package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// overviewRow is a course in its current revision beside the actor's latest
// assignment of it.
type overviewRow struct {
	CourseID     int64
	Slug         string
	RevisionID   int64
	Revision     int
	Category     string
	Minutes      int
	HasQuiz      bool
	ValidMonths  *int
	LessonsTotal int
	PublishedAt  time.Time
	Titles       i18n.Texts
	Summaries    i18n.Texts
	Tags         []string `gorm:"serializer:json"`
	Requires     []string `gorm:"serializer:json"`
	Equivalents  []string `gorm:"serializer:json"`

	AssignmentID *int64
	Cycle        *int
	Reason       *string
	AssignedAt   *time.Time
	DueOn        *time.Time
	LessonsRead  int
	QuizPassed   bool
	CompletedAt  *time.Time
	CreditedFrom string // slug of the course whose completion was credited
}

// overview lists the courses, or the one with the slug, for the actor.
func overview(ctx context.Context, conn database.Conn, actor people.Actor, slug string) ([]overviewRow, error) {
	var rows []overviewRow
	err := conn.WithContext(ctx).Raw(`
		SELECT k.id AS course_id, k.slug, r.id AS revision_id, r.number AS revision, r.category, r.minutes, r.has_quiz, r.valid_months,
			r.lessons AS lessons_total, r.published_at, r.titles, r.summaries,
			to_jsonb(r.tags) AS tags, to_jsonb(r.requires) AS requires, to_jsonb(r.equivalents) AS equivalents,
			a.id AS assignment_id, a.cycle, a.reason, a.assigned_at, a.due_on,
			CASE WHEN a.id IS NULL THEN 0 ELSE `+readOf+` END AS lessons_read,
			EXISTS (SELECT 1 FROM quiz_passes q WHERE q.assignment_id = a.id) AS quiz_passed,
			c.completed_at, coalesce((SELECT fk.slug FROM completions f JOIN courses fk ON fk.id = f.course_id WHERE f.id = c.credited_from), '') AS credited_from
		FROM courses k
		JOIN LATERAL (SELECT * FROM course_revisions WHERE course_id = k.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN LATERAL (SELECT * FROM assignments WHERE course_id = k.id AND person_id = ? ORDER BY cycle DESC LIMIT 1) a ON true
		LEFT JOIN completions c ON c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle
		WHERE ? IN ('', k.slug) ORDER BY k.slug`, actor.PersonID, slug).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("courses of person %d: %w", actor.PersonID, err)
	}
	return rows, nil
}

// assignment is the row as the actor reads it on a day; its state is None when there
// is no assignment.
func (r overviewRow) assignment(locale i18n.Locale, today time.Time) Assignment {
	m := Assignment{
		CourseID: r.CourseID, Slug: r.Slug, Title: r.Titles.In(locale), Summary: r.Summaries.In(locale), Category: r.Category, Minutes: r.Minutes,
		HasQuiz: r.HasQuiz, LessonsTotal: r.LessonsTotal, State: None,
	}
	if r.AssignmentID == nil {
		return m
	}
	m.AssignmentID, m.Cycle, m.Reason, m.AssignedAt = *r.AssignmentID, *r.Cycle, Reason(*r.Reason), *r.AssignedAt
	m.DueOn, m.LessonsRead, m.QuizPassed, m.CompletedAt = r.DueOn, r.LessonsRead, r.QuizPassed, r.CompletedAt
	m.CreditedFrom = r.CreditedFrom
	m.State = stateOf(facts{
		Assigned: true, DueOn: r.DueOn, Read: r.LessonsRead, QuizPassed: r.QuizPassed, Completed: r.CompletedAt != nil,
	}, today)
	if m.State != Completed {
		m.DaysLeft = daysLeft(r.DueOn, today)
	}
	return m
}

// lessonsOf lists the lessons of a revision, and which of them the assignment has read.
func lessonsOf(ctx context.Context, conn database.Conn, revisionID, assignmentID int64, locale i18n.Locale) ([]LessonProgress, error) {
	var lines []LessonProgress
	err := conn.WithContext(ctx).Raw(`
		SELECT l.n, l.name, t.title, EXISTS (SELECT 1 FROM lesson_reads x WHERE x.assignment_id = ? AND x.name = l.name) AS read
		FROM lessons l
		JOIN LATERAL (SELECT title FROM lesson_texts WHERE lesson_id = l.id ORDER BY array_position(?::text[], locale) LIMIT 1) t ON true
		WHERE l.revision_id = ? ORDER BY l.n`, assignmentID, database.Array[string](i18n.Preference(locale)), revisionID).Scan(&lines).Error
	return lines, err
}
