package courses

import (
	"time"

	"anwen/internal/i18n"
)

// Completion is the fact that a person completed a course in a cycle, with what
// a certificate says about the course.
type Completion struct {
	ID           int64
	AssignmentID int64
	PersonID     int64
	CourseID     int64
	RevisionID   int64
	Cycle        int
	UnitID       int64 // of the person, then
	CompletedAt  time.Time

	Slug        string
	Titles      map[i18n.Locale]string
	ValidMonths *int // nil: the certificate does not expire
}

// QuizPass tells that an attempt passed the quiz of an assignment's course.
type QuizPass struct {
	AssignmentID int64
	AttemptID    int64
	At           time.Time
}
