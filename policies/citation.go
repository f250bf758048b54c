package policies

import (
	"context"
	"slices"
	"strings"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies/clauses"
)

// Citation is a clause that a lesson, an item or a section of a briefing names.
type Citation struct {
	Part   string      // of what cites: lesson/first-reply, item/deadline, changes
	Locale i18n.Locale // that it is written in
	Code   string      // of the policy
	Clause string      // as written; empty: the whole policy
	Place  errs.Place  // for faults
}

// CitingKind is what can cite.
type CitingKind string

// The kinds of what cites.
const (
	CitingCourse   CitingKind = "course"
	CitingBriefing CitingKind = "briefing"
)

// Citing is a revision of a course or a briefing, and the clauses it names.
type Citing struct {
	Kind      CitingKind
	Code      string // slug, month
	Revision  int
	Titles    Texts
	Citations []Citation
}

// cited is a citation whose clause was found in the newest version.
type cited struct {
	Citation
	versionID int64
	address   string // of the clause, as package clauses writes it
	foundIn   i18n.Locale
}

// CheckCitations notes each citation that the newest version of its policy does
// not bear out: no such policy, no such clause, or several of that name.
func (s *Service) CheckCitations(ctx context.Context, list []Citation, faults *errs.Faults) error {
	_, err := resolve(ctx, s.db, list, faults)
	return err
}

// CiteTx records what a new revision cites, in the transaction that publishes
// it; the revision before it counts no longer. The policies are locked, so that
// none changes unseen meanwhile. Invalid with a fault for each citation that the
// newest version does not bear out.
func (s *Service) CiteTx(ctx context.Context, tx database.Tx, actor people.Actor, source Citing) error {
	for _, code := range citedCodes(source.Citations) {
		if _, err := lockNewestTx(ctx, tx, code); err != nil {
			return err
		}
	}
	var faults errs.Faults
	found, err := resolve(ctx, tx, source.Citations, &faults)
	if err == nil {
		err = faults.Err("policies.citations_refused")
	}
	if err != nil {
		return err
	}
	return insertCitationsTx(ctx, tx, source, found, actor, s.now())
}

// citedCodes are the policies in the order in which they are locked.
func citedCodes(list []Citation) []string {
	var codes []string
	for _, c := range list {
		codes = append(codes, c.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// resolve finds the clauses in the newest published texts.
func resolve(ctx context.Context, conn database.Conn, list []Citation, faults *errs.Faults) ([]cited, error) {
	texts, err := newestTexts(ctx, conn, citedCodes(list))
	if err != nil {
		return nil, err
	}
	documents := map[string]clauses.Document{}
	var found []cited
	for _, c := range list {
		newest, known := texts[c.Code]
		if !known {
			faults.Add(c.Place, "policies.cited_unknown", errs.Args{"code": c.Code})
			continue
		}
		text, l := newest.texts.Pick(c.Locale)
		hit := cited{Citation: c, versionID: newest.versionID, foundIn: l}
		if c.Clause != "" {
			key := c.Code + " " + string(l)
			if _, parsed := documents[key]; !parsed {
				documents[key] = clauses.Parse(text)
			}
			address, code := oneClause(documents[key].Find(c.Clause))
			if code != "" {
				faults.Add(c.Place, code, errs.Args{"code": c.Code, "clause": c.Clause, "number": newest.number, "addresses": address})
				continue
			}
			hit.address = address
		}
		found = append(found, hit)
	}
	return found, nil
}

// oneClause is the address of the only clause, or the code of what is wrong.
func oneClause(found []clauses.Clause) (address, code string) {
	switch len(found) {
	case 0:
		return "", "policies.cited_clause_unknown"
	case 1:
		return found[0].Address, ""
	}
	var all []string
	for _, c := range found[:min(len(found), 6)] {
		all = append(all, c.Address)
	}
	return strings.Join(all, ", "), "policies.cited_clause_ambiguous"
}
