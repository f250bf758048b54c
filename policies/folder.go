package policies

import (
	"bytes"
	"context"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Folder is a policy with all its versions, as files: policy.md, and for each
// version and language v1.zh-Hans.md.
type Folder struct {
	Code      string
	Titles    Texts
	Issuer    string
	Category  string
	Owner     string
	AppliesTo string
	Versions  []FolderVersion // 1, 2, 3… without a gap
}

// FolderVersion is one version of a folder.
type FolderVersion struct {
	Number        int
	EffectiveFrom string
	Notes         Texts
	Texts         Texts

	files map[i18n.Locale]source
}

// PublishFolder publishes the versions of a folder that are new, all or none,
// and returns them; a folder that holds nothing new is no error. Forbidden without the
// role Compliance over the root; Invalid with all faults; Conflict when a published version has
// another text than the folder's, or as Publish.
func (s *Service) PublishFolder(ctx context.Context, actor people.Actor, f Folder, dryRun bool) ([]Published, error) {
	var done []Published
	err := s.db.Try(ctx, dryRun, func(tx database.Tx) error {
		if err := actor.Over(people.Compliance).Root(ctx, tx); err != nil {
			return err
		}
		known, err := publishedSumsTx(ctx, tx, f.Code)
		if err != nil {
			return err
		}
		for _, v := range f.Versions {
			in := PublishInput{
				Code: f.Code, Titles: f.Titles, Issuer: f.Issuer, Category: f.Category, Owner: f.Owner, AppliesTo: f.AppliesTo,
				EffectiveFrom: v.EffectiveFrom, Notes: v.Notes, Texts: v.Texts, files: v.files,
			}
			if v.Number <= len(known) {
				d, err := prepare(in)
				if err != nil {
					return err
				}
				if !bytes.Equal(d.sum[:], known[v.Number-1]) {
					return errs.New(errs.Conflict, "policies.published_differs", errs.Args{"number": v.Number})
				}
				continue
			}
			one, err := s.PublishTx(ctx, tx, actor, in)
			if err != nil {
				return err
			}
			one.DryRun = dryRun
			done = append(done, one)
		}
		return nil
	})
	return done, err
}
