package courses

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Manuscript is a course folder that is being written, perhaps by several people. A
// course has at most one that is open; every save of a file stays on record. That of
// a course which is published belongs to the whole institution, that of a new one to
// the unit of who opened it.
type Manuscript struct {
	ID       int64
	Slug     string
	Base     int // revision that it began from; 0: a new course
	OpenedBy string
	OpenedAt time.Time
	Files    []ManuscriptFile `gorm:"-"`
	Since    Overtaking       `gorm:"-"` // what came since its base; of one manuscript, not in a list
}

// authors is what the actor may touch as one who writes courses.
func authors(actor people.Actor) people.Reach { return actor.Over(people.Author, people.Compliance) }

// writable is Forbidden without the role Author or Compliance, and for the manuscript
// of another unit; NotFound when none is open.
func (s *Service) writable(ctx context.Context, conn database.Conn, actor people.Actor, slug string) error {
	reach := authors(actor)
	if err := reach.Require(); err != nil {
		return err
	}
	owner, err := ownerOfManuscript(ctx, conn, slug)
	if err != nil || owner.OpenedBy == actor.PersonID && owner.Base == 0 {
		return err
	}
	return reach.Change(ctx, conn, owner.path())
}

// OpenManuscript begins to write the next revision of a course from the files of its
// newest one, or a new course from files. A manuscript that is open already is returned as
// it is. Forbidden without the role Author or Compliance, which for a course that is
// published must be over the root, and when the one that is open is another unit's;
// Invalid for a malformed slug; Conflict when the files of the newest revision were not
// kept; NotFound when somebody closes the manuscript at the same moment.
func (s *Service) OpenManuscript(ctx context.Context, actor people.Actor, slug string, files archive.Files) (Manuscript, error) {
	if err := authors(actor).Require(); err != nil {
		return Manuscript{}, err
	}
	if !slugPattern.MatchString(slug) || len(slug) > 80 {
		return Manuscript{}, errs.New(errs.Invalid, "courses.slug_refused", errs.Args{"slug": errs.Clip(slug)})
	}
	current, err := currentRevision(ctx, s.db, slug)
	if err != nil {
		return Manuscript{}, err
	}
	if current.Number > 0 {
		if err := authors(actor).Root(ctx, s.db); err != nil {
			return Manuscript{}, err
		}
		if files, err = s.publishedFiles(ctx, slug, 0); err != nil {
			return Manuscript{}, err
		}
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		id, made, err := insertManuscriptTx(ctx, tx, slug, current.Number, actor, now)
		if err != nil || !made {
			return err
		}
		last, err := lastEditionsTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		for _, name := range files.Names() {
			if err := insertEditionTx(ctx, tx, id, name, last[name]+1, files[name], actor, now); err != nil {
				return err
			}
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.open_manuscript",
			Subject: "course:" + slug, Data: map[string]any{"base": current.Number}})
	})
	if err != nil {
		return Manuscript{}, err
	}
	return s.Manuscript(ctx, actor, slug)
}

// Manuscripts lists the open ones, the last opened first, without their files.
// Forbidden without the role Author or Compliance.
func (s *Service) Manuscripts(ctx context.Context, actor people.Actor) ([]Manuscript, error) {
	if err := authors(actor).Require(); err != nil {
		return nil, err
	}
	return openManuscripts(ctx, s.db, "")
}

// Manuscript returns the open manuscript of a course with its files in the order of
// their names. Forbidden without the role Author or Compliance, and for the manuscript
// of another unit; NotFound when none is open.
func (s *Service) Manuscript(ctx context.Context, actor people.Actor, slug string) (Manuscript, error) {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return Manuscript{}, err
	}
	open, err := openManuscripts(ctx, s.db, slug)
	if err != nil {
		return Manuscript{}, err
	}
	if slug == "" || len(open) == 0 {
		return Manuscript{}, manuscriptNotFound(slug)
	}
	m := open[0]
	if m.Files, err = newestFiles(ctx, s.db, m.ID); err != nil {
		return Manuscript{}, fmt.Errorf("files of the manuscript of %s: %w", slug, err)
	}
	if m.Since, _, err = overtakingOf(ctx, s.db, m.ID, slug, m.Base); err != nil {
		return Manuscript{}, err
	}
	return m, nil
}

// PublishManuscript publishes the newest editions as the next revision and closes the
// manuscript, in one transaction; it stays open when they are refused. In a dry run
// everything is checked and nothing changed: whoever may write in the manuscript may do
// that. Forbidden as Manuscript, and otherwise without the role Author or Compliance over
// the root and for whoever must still sit the quiz of the course; NotFound when none is
// open; Invalid with a fault per place, and for a header that names another course;
// Conflict when another revision came since the one that it was made from, somebody saved
// a file while the others were checked, or the warnings are not confirmed, of which
// confirmed were shown.
func (s *Service) PublishManuscript(ctx context.Context, actor people.Actor, slug string, dryRun bool, confirmed int) (PublishReport, error) {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return PublishReport{}, err
	}
	if !dryRun {
		if err := authors(actor).Root(ctx, s.db); err != nil {
			return PublishReport{}, err
		}
		if err := s.refuseWhoMustSit(ctx, s.db, actor, slug); err != nil {
			return PublishReport{}, err
		}
	}
	m, files, err := manuscriptAsSaved(ctx, s.db, slug)
	if err != nil {
		return PublishReport{}, err
	}
	folder, report, err := s.check(ctx, files)
	if err != nil {
		return PublishReport{}, err
	}
	if folder.Slug != slug {
		var faults errs.Faults
		faults.Add(errs.Place{File: courseFile}, "courses.manuscript_of_another", errs.Args{"other": errs.Clip(folder.Slug), "slug": slug})
		return PublishReport{}, faults.Err("courses.folder_refused")
	}
	if report.DryRun = dryRun; dryRun {
		if err := s.rehearse(ctx, actor, folder, &report); err != nil {
			return PublishReport{}, err
		}
		return report, m.followsOn(report)
	}
	if err := answered(actor, report, confirmed); err != nil {
		return PublishReport{}, err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockUnsavedSinceTx(ctx, tx, m); err != nil {
			return err
		}
		now := sync.OnceValue(s.now)
		if err := s.publishTx(ctx, tx, actor, folder, &report, now); err != nil {
			return err
		}
		if err := m.followsOn(report); err != nil {
			return err
		}
		return closeManuscriptTx(ctx, tx, actor, m.ID, slug, "published", report.SHA256, now())
	})
	if err != nil {
		return PublishReport{}, err
	}
	return report, nil
}

// followsOn refuses a revision that does not follow the one that the manuscript was made
// from. The same bytes as the newest revision are no new one.
func (m savedManuscript) followsOn(report PublishReport) error {
	if newest := report.Revision - 1; !report.Unchanged && newest != m.Base {
		return errs.New(errs.Conflict, "courses.revised_meanwhile", errs.Args{"base": m.Base, "revision": newest})
	}
	return nil
}

// DiscardManuscript abandons an open manuscript; its editions stay on record.
// Forbidden and NotFound as Manuscript.
func (s *Service) DiscardManuscript(ctx context.Context, actor people.Actor, slug string) error {
	if err := s.writable(ctx, s.db, actor, slug); err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := lockManuscriptTx(ctx, tx, slug)
		if err != nil {
			return err
		}
		return closeManuscriptTx(ctx, tx, actor, id, slug, "discarded", [32]byte{}, s.now())
	})
}

func closeManuscriptTx(ctx context.Context, tx database.Tx, actor people.Actor, id int64, slug, state string, sum [32]byte, now time.Time) error {
	if err := updateManuscriptTx(ctx, tx, id, state, now); err != nil {
		return fmt.Errorf("close the manuscript of %s: %w", slug, err)
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.close_manuscript",
		Subject: "course:" + slug, Data: map[string]any{"state": state, "sha256": fmt.Sprintf("%x", sum)}})
}

// NewCourse are the files that a new course begins with: its header and one
// lesson to write.
func NewCourse(slug, title string, l i18n.Locale) archive.Files {
	if l == i18n.Hant {
		l = i18n.Hans // a course needs Simplified Chinese or English
	}
	if title == "" {
		title = slug
	}
	quoted := strconv.Quote(title)
	word := func(key string) string { return i18n.Text(l, "courses."+key, nil) }
	return archive.Files{
		courseFile: fmt.Appendf(nil, "---\nslug: %s\ncategory: compliance\ntags: []\nminutes: 20\ntitles:\n  %s: %s\nsummaries:\n  %s: %s\ncertificate:\n  valid_months: 12\n---\n",
			slug, l, quoted, l, quoted),
		"lessons/01-first." + string(l) + ".md": fmt.Appendf(nil, "# %s\n\n%s\n", word("first_lesson"), word("first_lesson_text")),
	}
}
