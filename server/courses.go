package server

import (
	"context"
	"time"

	"anwen/policies"
	"anwen/quizzes"
	"anwen/training"
)

type courseCard struct {
	Slug         string   `json:"slug"`
	Title        string   `json:"title"`
	Summary      string   `json:"summary"`
	Category     string   `json:"category"`
	Minutes      int      `json:"minutes"`
	Revision     int      `json:"revision"`
	HasQuiz      bool     `json:"has_quiz"`
	LessonsTotal int      `json:"lessons_total"`
	LessonsRead  int      `json:"lessons_read"`
	State        string   `json:"state" enum:"none,not_started,in_progress,completed,overdue"`
	Tags         []string `json:"tags" nullable:"false"`
}

func (s *Server) listCourses(ctx context.Context, _ *struct{}) (*body[list[courseCard]], error) {
	rows, err := s.training.Courses(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(c training.CourseProgress) courseCard {
		return courseCard{Slug: c.Slug, Title: c.Title, Summary: c.Summary, Category: c.Category, Minutes: c.Minutes,
			Revision: c.Revision, HasQuiz: c.HasQuiz, LessonsTotal: c.LessonsTotal, LessonsRead: c.LessonsRead, State: string(c.State), Tags: append([]string{}, c.Tags...)}
	}), nil
}

// CourseSummary is what every view of a course begins with; embedded views must
// be exported to be part of the description.
type CourseSummary struct {
	Slug     string `json:"slug"`
	Title    string `json:"title"`
	Summary  string `json:"summary"`
	Category string `json:"category"`
	Minutes  int    `json:"minutes"`
}

type coursePage struct {
	CourseSummary
	Revision    int            `json:"revision"`
	PublishedAt time.Time      `json:"published_at"`
	ValidMonths *int           `json:"valid_months" doc:"How long the certificate is valid; null: for ever"`
	Lessons     []lessonLine   `json:"lessons" nullable:"false"`
	Assignment  *assignment    `json:"assignment"`
	Quiz        *quizCard      `json:"quiz"`
	Certificate *string        `json:"certificate_serial"`
	Tags        []string       `json:"tags" nullable:"false"`
	Requires    []linkedCourse `json:"requires" nullable:"false" doc:"Courses to complete before"`
	Equivalents []linkedCourse `json:"equivalents" nullable:"false" doc:"Courses whose completion counts for this one"`
	// Stale lists citations whose clause has changed, so that a reader is warned.
	Stale []staleCitation `json:"stale" nullable:"false" doc:"Cited clauses that changed since and wait for a review"`
}

type linkedCourse struct {
	Slug      string `json:"slug"`
	Title     string `json:"title"`
	Completed bool   `json:"completed" doc:"By me, in any cycle"`
}

func viewLinked(l training.RelatedCourse) linkedCourse {
	return linkedCourse{Slug: l.Slug, Title: l.Title, Completed: l.Completed}
}

type lessonLine struct {
	N     int    `json:"n"`
	Name  string `json:"name" doc:"The same from revision to revision"`
	Title string `json:"title"`
	Read  bool   `json:"read"`
}

type quizCard struct {
	ID           int64  `json:"id"`
	Items        int    `json:"items"`
	PassMark     int    `json:"pass_mark"`
	AttemptLimit *int   `json:"attempts_limit"`
	Minutes      *int   `json:"minutes"`
	AttemptsUsed int    `json:"attempts_used"`
	OpenAttempt  *int64 `json:"open_attempt_id"`
	Passed       bool   `json:"passed"`
	BestPercent  *int   `json:"best_percent"`

	Opens        *time.Time `json:"opens_at" doc:"For this person"`
	Closes       *time.Time `json:"closes_at"`
	HasPassword  bool       `json:"has_password"`
	Fenced       bool       `json:"fenced" doc:"Must be taken on the network of the person's unit"`
	ExtraPercent int        `json:"extra_percent" doc:"More time, already included in minutes"`
	Practice     bool       `json:"practice" doc:"May be practised"`
	OpenPractice *int64     `json:"open_practice_id"`
}

// BySlug is the path of a course; embedded inputs must be exported for huma to
// fill them.
type BySlug struct {
	Slug string `path:"slug" maxLength:"100"`
}

func (s *Server) course(ctx context.Context, in *BySlug) (*body[coursePage], error) {
	actor := actorOf(ctx)
	c, err := s.training.Course(ctx, actor, in.Slug)
	if err != nil {
		return nil, err
	}
	serial, err := s.certificates.SerialOf(ctx, actor, c.Slug)
	if err != nil {
		return nil, err
	}
	quiz, err := s.quizzes.QuizOfCourse(ctx, actor, c.CourseID)
	if err != nil {
		return nil, err
	}
	stale, err := s.policies.StaleCitations(ctx, actor, policies.StaleFilter{Kind: policies.CitingCourse, Source: c.Slug})
	if err != nil {
		return nil, err
	}
	v := coursePage{
		Stale: views(stale, viewStale),
		Tags:  append([]string{}, c.Tags...), Requires: views(c.Requires, viewLinked), Equivalents: views(c.Equivalents, viewLinked),
		CourseSummary: CourseSummary{Slug: c.Slug, Title: c.Title, Summary: c.Summary, Category: c.Category, Minutes: c.Minutes},
		Revision:      c.Revision, PublishedAt: c.PublishedAt, ValidMonths: c.ValidMonths, Certificate: optional(serial),
		Lessons: views(c.Lessons, func(l training.LessonProgress) lessonLine {
			return lessonLine{N: l.N, Name: l.Name, Title: l.Title, Read: l.Read}
		}),
		Quiz: viewQuizCard(quiz),
	}
	if c.Assignment != nil {
		a := viewAssignment(*c.Assignment, serial)
		v.Assignment = &a
	}
	return &body[coursePage]{Body: v}, nil
}

func viewQuizCard(q *quizzes.CourseQuiz) *quizCard {
	if q == nil {
		return nil
	}
	return &quizCard{ID: q.QuizID, Items: q.Items, PassMark: q.PassMark, AttemptLimit: q.AttemptLimit, Minutes: q.Minutes,
		AttemptsUsed: q.AttemptsUsed, OpenAttempt: q.OpenAttempt, Passed: q.Passed, BestPercent: q.BestPercent,
		Opens: q.Opens, Closes: q.Closes, HasPassword: q.HasPassword, Fenced: q.Fenced, ExtraPercent: q.ExtraPercent, Practice: q.Practice, OpenPractice: q.OpenPractice}
}

type readLesson struct {
	BySlug
	N    int `path:"n" minimum:"1" maximum:"1000"`
	Body struct {
		Revision int `json:"revision" minimum:"1" doc:"The revision that was read"`
	}
}

type progress struct {
	LessonsRead  int     `json:"lessons_read"`
	LessonsTotal int     `json:"lessons_total"`
	QuizPassed   bool    `json:"quiz_passed"`
	Completed    bool    `json:"completed"`
	Certificate  *string `json:"certificate_serial"`
}

func (s *Server) readLesson(ctx context.Context, in *readLesson) (*body[progress], error) {
	actor := actorOf(ctx)
	p, err := s.training.ReadLesson(ctx, actor, in.Slug, in.N, in.Body.Revision)
	if err != nil {
		return nil, err
	}
	v := progress{LessonsRead: p.LessonsRead, LessonsTotal: p.LessonsTotal, QuizPassed: p.QuizPassed, Completed: p.Completed}
	if p.Completed {
		serial, err := s.certificates.SerialOf(ctx, actor, in.Slug)
		if err != nil {
			return nil, err
		}
		v.Certificate = optional(serial)
	}
	return &body[progress]{Body: v}, nil
}

func (s *Server) courseImage(ctx context.Context, in *struct {
	BySlug
	SHA string `path:"sha" maxLength:"64"`
}) (*file, error) {
	image, err := s.courses.Image(ctx, in.Slug, in.SHA)
	if err != nil {
		return nil, err
	}
	return &file{ContentType: image.MediaType, ContentDisposition: "inline", CacheControl: "private, max-age=31536000, immutable",
		ETag: `"` + in.SHA + `"`, Body: image.Bytes}, nil
}
