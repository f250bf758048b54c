package policies

import (
	"context"
	"time"

	"anwen/internal/i18n"
	"anwen/people"
)

// Version is one version as a reader sees it, with the statement to accept.
type Version struct {
	Code            string
	Title           string // in the language asked for
	Issuer          string
	Category        string
	Number          int
	Newest          int // number of the newest version
	EffectiveFrom   string
	InForce         bool
	Note            string
	PublishedAt     time.Time
	SHA256          string // of all languages
	Locale          i18n.Locale
	Languages       []i18n.Locale `gorm:"-"`
	HTML            string
	TextSHA256      string // of the Markdown in Locale
	Statement       string // in the language asked for
	StatementSHA256 string
	Asked           bool // the actor is asked to acknowledge it
	DueOn           string
	AcknowledgedAt  *time.Time // the actor's
	Accepted        string     // the statement that the actor accepted then
	AcceptedNumber  int        // the version that it was about
	Material        bool
	Tier            int      // of its acknowledgement
	Questions       [][]byte `gorm:"-"` // what is asked about it, as the room of the quizzes stores items
	Carries         int      // editorial: the version whose acknowledgements count; 0 for a material one
}

// Version shows the text in the locale, or the nearest language there is.
// NotFound when there is no such version.
func (s *Service) Version(ctx context.Context, actor people.Actor, code string, number int, l i18n.Locale) (Version, error) {
	if !i18n.Valid(string(l)) {
		l = actor.Locale
	}
	found, err := findVersion(ctx, s.db, code, number)
	if err != nil {
		return Version{}, err
	}
	rows, err := shownVersions(ctx, s.db, actor, found, s.today(actor))
	if err != nil {
		return Version{}, err
	}
	texts := Texts{}
	for _, r := range rows {
		texts[r.Locale] = r.HTML + " " // a text may render to nothing and is still there
	}
	_, best := texts.Pick(l)
	for _, r := range rows {
		if r.Locale != best {
			continue
		}
		v := r.Version
		v.Code, v.Number, v.EffectiveFrom = found.Code, found.Number, found.EffectiveFrom
		v.Title, v.Note, v.InForce = found.Titles.In(l), r.Notes.In(l), r.Latest == found.Number
		for _, offered := range i18n.Locales {
			if texts[offered] != "" {
				v.Languages = append(v.Languages, offered)
			}
		}
		v.Statement = statement(l, found.Titles, found.Number, found.EffectiveFrom)
		v.StatementSHA256 = hash(v.Statement)
		v.Questions, err = questionsOf(ctx, s.db, found.ID)
		return v, err
	}
	return Version{}, versionNotFound(code, number)
}
