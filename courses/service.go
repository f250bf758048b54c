package courses

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
	"anwen/policies"
)

// QuizFiles is the quiz of a course folder, for the quizzes room to read.
type QuizFiles struct {
	CourseID int64 // 0 while only checking
	Slug     string
	Titles   i18n.Texts
	PassMark int  // percent of the points
	Attempts *int // nil: no limit
	Minutes  *int // nil: no time limit
	Plan     QuizPlan
	GIFT     map[i18n.Locale][]byte
	Images   []Image // that its questions may show
}

// QuizCheck is what the files of a quiz hold.
type QuizCheck struct {
	Items     int
	Citations []items.Citation
}

// QuizPublisher is what courses needs of the quizzes room, which imports courses.
type QuizPublisher interface {
	// CheckQuiz reads the files without writing anything and returns what
	// they hold, or what is wrong with them; the faults name the file as
	// quiz.<locale>.gift.
	CheckQuiz(quiz QuizFiles) (QuizCheck, []errs.Fault)
	// PublishQuizTx makes the next revision of the course's quiz, or keeps
	// the current one when nothing changed. Invalid when the files have faults.
	PublishQuizTx(ctx context.Context, tx database.Tx, actor people.Actor, quiz QuizFiles) error
	// MustSit reports whether the person must still sit the quiz of the course, or
	// another one that may ask what its files hold, and so may not see its key.
	MustSit(ctx context.Context, conn database.Conn, personID int64, slug string) (bool, error)
}

// Service does everything that is done with courses and their manuscripts.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	policies *policies.Service
	quizzes  QuizPublisher
}

// New returns the room; policies keeps what lessons cite, and without it nothing can
// be cited. Without a quiz publisher quizzes are neither checked nor published.
func New(db *database.Pool, now func() time.Time, policies *policies.Service, quizzes QuizPublisher) *Service {
	return &Service{db: db, now: now, policies: policies, quizzes: quizzes}
}

// SetQuizPublisher hands in the quizzes room, which itself needs this one to
// exist first. Call it while wiring, before the first request.
func (s *Service) SetQuizPublisher(q QuizPublisher) { s.quizzes = q }
