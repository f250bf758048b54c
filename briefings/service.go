package briefings

import (
	"time"

	"gorm.io/gorm"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/policies"
)

// Question is a question that a briefing asks, as it was read.
type Question struct {
	Name      string
	Stored    []byte // the bytes that are kept
	Citations []QuestionCitation
}

// QuestionCitation is a clause that a question links to.
type QuestionCitation struct {
	Locale i18n.Locale
	markdownx.Citation
}

// QuestionReader is what briefings needs of whoever knows what a question is.
type QuestionReader interface {
	// ReadQuestions reads the questions of one file per language, or says what
	// is wrong with them.
	ReadQuestions(files map[i18n.Locale][]byte) ([]Question, []errs.Fault)
	// JudgeAnswer tells whether a response to a stored question is right.
	// Invalid when it does not fit the question.
	JudgeAnswer(stored, response []byte) (bool, error)
}

// Service does everything that is done with briefings, their plan and their
// study meetings.
type Service struct {
	db        *gorm.DB
	now       func() time.Time
	policies  *policies.Service
	questions QuestionReader
	print     MinutesPrinter
}

// New returns the room; policies keeps what briefings cite. Without a reader of
// questions no briefing asks any; print draws the minutes of a meeting.
func New(db *gorm.DB, now func() time.Time, policies *policies.Service, questions QuestionReader, print MinutesPrinter) *Service {
	return &Service{db: db, now: now, policies: policies, questions: questions, print: print}
}
