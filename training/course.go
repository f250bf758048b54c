package training

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"anwen/courses"
	"anwen/people"
)

// CourseProgress is a course in a list, with how far the actor is with it.
type CourseProgress struct {
	CourseID     int64
	Slug         string
	Title        string
	Summary      string
	Category     string
	Minutes      int
	Revision     int
	HasQuiz      bool
	LessonsTotal int
	LessonsRead  int
	State        State
	Tags         []string
}

// CourseOutline is a course with its lessons and how far the actor is with it.
type CourseOutline struct {
	CourseID    int64
	Slug        string
	Title       string
	Summary     string
	Category    string
	Minutes     int
	RevisionID  int64
	Revision    int
	PublishedAt time.Time
	HasQuiz     bool
	ValidMonths *int
	Tags        []string
	Requires    []RelatedCourse // to complete before
	Equivalents []RelatedCourse // whose completion counts for this one
	Lessons     []LessonProgress
	Assignment  *Assignment // nil: neither assigned nor opened
}

// LessonProgress is a lesson in the list of its course.
type LessonProgress struct {
	N     int
	Name  string
	Title string
	Read  bool
}

// RelatedCourse is another course that a course names: one to complete before, or one
// whose completion counts for it.
type RelatedCourse struct {
	Slug      string
	Title     string
	Completed bool // by the actor, in any cycle
}

// Courses returns every course in its current revision, by category and title. It
// refuses nobody.
func (s *Service) Courses(ctx context.Context, actor people.Actor) ([]CourseProgress, error) {
	rows, err := overview(ctx, s.db, actor, "")
	if err != nil {
		return nil, err
	}
	today := actor.Today(s.now())
	list := make([]CourseProgress, len(rows))
	for i, r := range rows {
		m := r.assignment(actor.Locale, today)
		list[i] = CourseProgress{
			CourseID: m.CourseID, Slug: m.Slug, Title: m.Title, Summary: m.Summary, Category: m.Category, Minutes: m.Minutes,
			Revision: r.Revision, HasQuiz: m.HasQuiz, LessonsTotal: m.LessonsTotal, LessonsRead: m.LessonsRead, State: m.State, Tags: r.Tags,
		}
	}
	slices.SortStableFunc(list, func(a, b CourseProgress) int {
		if c := strings.Compare(a.Category, b.Category); c != 0 {
			return c
		}
		return strings.Compare(a.Title, b.Title)
	})
	return list, nil
}

// Course returns one course with its lessons. NotFound when there is none.
func (s *Service) Course(ctx context.Context, actor people.Actor, slug string) (CourseOutline, error) {
	rows, err := overview(ctx, s.db, actor, slug)
	if err != nil {
		return CourseOutline{}, err
	}
	if slug == "" || len(rows) == 0 {
		return CourseOutline{}, courses.NotFound(slug)
	}
	row := rows[0]
	m := row.assignment(actor.Locale, actor.Today(s.now()))
	c := CourseOutline{
		CourseID: m.CourseID, Slug: m.Slug, Title: m.Title, Summary: m.Summary, Category: m.Category, Minutes: m.Minutes,
		Tags: row.Tags, RevisionID: row.RevisionID, Revision: row.Revision, PublishedAt: row.PublishedAt, HasQuiz: m.HasQuiz, ValidMonths: row.ValidMonths,
	}
	if c.Requires, err = relatedCourses(ctx, s.db, actor, row.Requires); err != nil {
		return CourseOutline{}, err
	}
	if c.Equivalents, err = relatedCourses(ctx, s.db, actor, row.Equivalents); err != nil {
		return CourseOutline{}, err
	}
	if m.State != None {
		c.Assignment = &m
	}
	if c.Lessons, err = lessonsOf(ctx, s.db, row.RevisionID, m.AssignmentID, actor.Locale); err != nil {
		return CourseOutline{}, fmt.Errorf("lessons of course %s: %w", slug, err)
	}
	return c, nil
}
