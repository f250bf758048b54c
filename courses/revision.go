package courses

import (
	"context"
	"fmt"
	"sync"
	"time"

	"anwen/internal/archive"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
)

// PublishReport says what publishing a course folder did, or would do.
type PublishReport struct {
	Slug       string
	Titles     i18n.Texts
	CourseID   int64 // 0 in a dry run of a new course
	RevisionID int64 // 0 in a dry run of a new revision
	Revision   int
	Unchanged  bool // the same bytes are the current revision already
	DryRun     bool
	Lessons    int
	Items      int // of the quiz
	Languages  []i18n.Locale
	Warnings   []errs.Fault
	SHA256     [32]byte
}

// Publish makes a course folder the next revision of its course, for ever. The same bytes
// again return the revision that they are. In a dry run everything is checked and nothing
// written. Forbidden without the role Author or Compliance over the root, as a course is
// the whole institution's, and for whoever must still sit a quiz that may ask what it
// holds; Invalid with a fault per place; Conflict when a person has not confirmed the
// warnings, of which confirmed were shown.
func (s *Service) Publish(ctx context.Context, actor people.Actor, files archive.Files, dryRun bool, confirmed int) (PublishReport, error) {
	if err := authors(actor).Root(ctx, s.db); err != nil {
		return PublishReport{}, err
	}
	folder, report, err := s.check(ctx, files)
	if err != nil {
		return PublishReport{}, err
	}
	if err := s.refuseWhoMustSit(ctx, s.db, actor, folder.Slug); err != nil {
		return PublishReport{}, err
	}
	if report.DryRun = dryRun; dryRun {
		err = s.rehearse(ctx, actor, folder, &report)
		return report, err
	}
	if err := answered(actor, report, confirmed); err != nil {
		return PublishReport{}, err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		return s.publishTx(ctx, tx, actor, folder, &report, sync.OnceValue(s.now))
	})
	if err != nil {
		return PublishReport{}, err
	}
	return report, nil
}

// answered is Conflict while a person has not confirmed the warnings of what is to be
// published. What the program publishes shows them to whoever runs it.
func answered(actor people.Actor, report PublishReport, confirmed int) error {
	if actor.By() == nil {
		return nil
	}
	return errs.Unconfirmed(report.Warnings, confirmed)
}

// check reads a folder whole and says what it holds. Invalid with a fault per place.
func (s *Service) check(ctx context.Context, files archive.Files) (Folder, PublishReport, error) {
	folder, err := ReadFolder(files)
	if err != nil {
		return Folder{}, PublishReport{}, err
	}
	report := PublishReport{
		Slug: folder.Slug, Titles: folder.Titles, Lessons: len(folder.Lessons),
		Languages: folder.Languages, Warnings: folder.Warnings, SHA256: folder.SHA256,
	}
	if report.Items, err = s.checkQuiz(&folder); err != nil {
		return Folder{}, PublishReport{}, err
	}
	if err := readChecks(&folder); err != nil {
		return Folder{}, PublishReport{}, err
	}
	if err := s.checkLinks(ctx, folder); err != nil {
		return Folder{}, PublishReport{}, err
	}
	var faults errs.Faults
	if err := s.checkCitations(ctx, folder.Citations, &faults); err != nil {
		return Folder{}, PublishReport{}, err
	}
	return folder, report, faults.Err("courses.folder_refused")
}

// checkQuiz reads the quiz and adds what it cites to the folder.
func (s *Service) checkQuiz(folder *Folder) (items int, err error) {
	if folder.Quiz == nil || s.quizzes == nil {
		return 0, nil
	}
	check, found := s.quizzes.CheckQuiz(*folder.Quiz)
	for _, c := range check.Citations {
		folder.Citations = append(folder.Citations, policies.Citation{Part: "item/" + c.Item, Locale: c.Locale, Code: c.Policy, Clause: c.Clause,
			Place: errs.Place{File: "quiz." + string(c.Locale) + ".gift", Line: c.Line}})
	}
	var faults errs.Faults
	for _, f := range found {
		faults.Add(f.Place, f.Code, f.Args)
	}
	return check.Items, faults.Err("courses.folder_refused")
}

// rehearse publishes the folder, takes that back, and fills in what it would have made.
// Errors as publishTx.
func (s *Service) rehearse(ctx context.Context, actor people.Actor, folder Folder, report *PublishReport) error {
	made := *report
	err := s.db.Try(ctx, true, func(tx database.Tx) error {
		return s.publishTx(ctx, tx, actor, folder, &made, sync.OnceValue(s.now))
	})
	if err != nil {
		return err
	}
	return foresee(ctx, s.db, report)
}

// foresee fills in what publishing would make of the report's folder.
func foresee(ctx context.Context, conn database.Conn, report *PublishReport) error {
	current, err := currentRevision(ctx, conn, report.Slug)
	if err != nil {
		return err
	}
	report.CourseID, report.Revision = current.CourseID, current.Number+1
	if current.sameBytes(report.SHA256) {
		report.Unchanged, report.RevisionID, report.Revision = true, current.ID, current.Number
	}
	return nil
}

func (s *Service) publishTx(ctx context.Context, tx database.Tx, actor people.Actor, folder Folder, report *PublishReport, now func() time.Time) error {
	courseID, err := lockCourseTx(ctx, tx, folder.Slug, now)
	if err != nil {
		return err
	}
	if err := foresee(ctx, tx, report); err != nil {
		return err
	}
	report.CourseID = courseID
	if report.Unchanged {
		return nil
	}
	report.RevisionID, err = insertRevisionTx(ctx, tx, actor, courseID, report.Revision, folder, now())
	if err != nil {
		return fmt.Errorf("publish course %s: %w", folder.Slug, err)
	}
	if folder.Quiz != nil && s.quizzes != nil {
		quiz := *folder.Quiz
		quiz.CourseID = courseID
		if err := s.quizzes.PublishQuizTx(ctx, tx, actor, quiz); err != nil {
			return err
		}
	}
	err = s.citeTx(ctx, tx, actor, policies.Citing{
		Kind: policies.CitingCourse, Code: folder.Slug, Revision: report.Revision, Titles: folder.Titles, Citations: folder.Citations,
	})
	if err != nil {
		return err
	}
	return audit.RecordTx(ctx, tx, audit.Event{
		At: now(), ActorID: actor.PersonID, Action: "courses.publish", Subject: "course:" + folder.Slug,
		Data: map[string]any{"revision": report.Revision, "lessons": report.Lessons, "sha256": fmt.Sprintf("%x", folder.SHA256)},
	})
}
