package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/errs"
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
	found, err := find(ctx, s.db, code, number)
	if err != nil {
		return Version{}, err
	}
	var rows []struct {
		Version
		Notes  textsJSON
		Newest int
		Latest int
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT p.issuer, p.category, v.notes::text AS notes, v.published_at, encode(v.sha256, 'hex') AS sha256,
			t.locale, t.html, encode(t.sha256, 'hex') AS text_sha256,
			r.id IS NOT NULL AS asked, coalesce(r.due_on::text, '') AS due_on,
			a.acknowledged_at, coalesce(a.statement, '') AS accepted, coalesce(a.number, 0) AS accepted_number,
			v.tier, v.material, coalesce(v.carries, 0) AS carries,
			(SELECT max(number) FROM policy_versions WHERE policy_id = p.id) AS newest,
			(SELECT coalesce(max(number), 0) FROM policy_versions WHERE policy_id = p.id AND effective_from <= @today AND `+notRepealed+`) AS latest
		FROM policy_versions v
		JOIN policies p ON p.id = v.policy_id
		JOIN policy_texts t ON t.version_id = v.id
		`+accepted+`
		`+requested+`
		WHERE v.id = @version`, map[string]any{"today": s.today(actor), "person": actor.PersonID, "version": found.ID}).Scan(&rows).Error
	if err != nil {
		return Version{}, fmt.Errorf("read version %d of policy %s: %w", number, code, err)
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
		v.Title, v.Note, v.Newest, v.InForce = found.Titles.in(l), r.Notes.in(l), r.Newest, r.Latest == found.Number
		for _, offered := range i18n.Locales {
			if texts[offered] != "" {
				v.Languages = append(v.Languages, offered)
			}
		}
		v.Statement = statement(l, found.Titles.texts(), found.Number, found.EffectiveFrom)
		v.StatementSHA256 = hash(v.Statement)
		v.Questions, err = questionsOf(ctx, s.db, found.ID)
		return v, err
	}
	return Version{}, errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": code, "number": number})
}
