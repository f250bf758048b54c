package policies

import (
	"context"
	"encoding/hex"
	"regexp"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// PublishInput is the next version of a policy, which is made when its code is
// new. Titles, issuer, category, owner and AppliesTo describe the policy; left empty they
// stay as they are.
type PublishInput struct {
	Code          string
	Titles        Texts
	Issuer        string
	Category      string
	Owner         string
	AppliesTo     string // whom it binds, in words
	EffectiveFrom string // date: 2026-10-01
	Notes         Texts  // what changed
	Texts         Texts  // Markdown
	Tier          int    // of its acknowledgements; 0 is Click
	Questions     Texts  // GIFT: what readers are asked about it
	Editorial     bool   // changes no duty: acknowledgements of the version before keep counting
	DryRun        bool   // check everything and change nothing

	approval *approval              // nil: published without a draft, by an import
	base     *int                   // number of the version that the text was written against; nil: not known
	files    map[i18n.Locale]source // where the texts come from, for faults
}

// source says where in which file a text starts.
type source struct {
	file string
	line int
}

// Published is what Publish did, or would do.
type Published struct {
	Code          string
	Number        int
	NewPolicy     bool
	EffectiveFrom string
	SHA256        string
	Languages     []i18n.Locale
	Material      bool
	Warnings      []errs.Fault
	AskedAgain    int // who had been asked for what it replaces
	DryRun        bool

	versionID int64
}

var codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Publish makes the next numbered version of a policy. Forbidden without the
// role Compliance over the root; Invalid with all faults; Conflict when the texts are those of
// the newest version, the policy is repealed, or another version came between.
func (s *Service) Publish(ctx context.Context, actor people.Actor, in PublishInput) (Published, error) {
	var done Published
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		done, err = s.PublishTx(ctx, tx, actor, in)
		return err
	})
	return done, err
}

// PublishTx is Publish in the caller's transaction: Forbidden, Invalid and Conflict
// as there.
func (s *Service) PublishTx(ctx context.Context, tx database.Tx, actor people.Actor, in PublishInput) (Published, error) {
	if err := actor.Over(people.Compliance).Root(ctx, tx); err != nil {
		return Published{}, err
	}
	d, err := prepare(in)
	if err != nil {
		return Published{}, err
	}
	if err := readQuestions(&d); err != nil {
		return Published{}, err
	}
	done := Published{
		Code: d.Code, EffectiveFrom: d.EffectiveFrom, SHA256: hex.EncodeToString(d.sum[:]),
		Languages: d.languages(), Warnings: d.warnings, DryRun: in.DryRun,
	}
	newest, err := lockNewestTx(ctx, tx, d.Code)
	if err != nil {
		return Published{}, err
	}
	if err := openToVersionsTx(ctx, tx, newest.PolicyID); err != nil {
		return Published{}, err
	}
	if newest.PolicyID == 0 {
		if err := refuseAlikeTx(ctx, tx, d.Code); err != nil {
			return Published{}, err
		}
	}
	if in.base != nil && *in.base != newest.Number {
		return Published{}, newerVersion(newest.Number)
	}
	if err := d.follows(newest); err != nil {
		return Published{}, err
	}
	done.Number, done.NewPolicy, done.Material = newest.Number+1, newest.PolicyID == 0, !d.Editorial
	if in.DryRun {
		return done, nil
	}
	version, err := s.insertTx(ctx, tx, actor, d, newest)
	if err != nil {
		return Published{}, err
	}
	done.versionID = version.ID
	if err := s.markStaleTx(ctx, tx, d, done.versionID); err != nil {
		return Published{}, err
	}
	if done.AskedAgain, err = askAgainTx(ctx, tx, actor, d, version, newest); err != nil {
		return Published{}, err
	}
	return done, audit.RecordTx(ctx, tx, audit.Event{
		At: version.PublishedAt, ActorID: actor.PersonID, Action: "policies.publish", Subject: "policy:" + d.Code,
		Data: map[string]any{"number": done.Number, "sha256": done.SHA256, "effective_from": done.EffectiveFrom, "material": done.Material, "asked_again": done.AskedAgain,
			"titles": version.Titles},
	})
}
