package records

import (
	"context"
	"fmt"
	"slices"

	"anwen/internal/database"
	"anwen/items"
)

// mostItems bounds the items that are held decoded; papers of one quiz ask the same.
const mostItems = 20_000

// recomputeSubmissionsTx grades every submission again from its frozen paper and its
// newest answers.
func recomputeSubmissionsTx(ctx context.Context, tx database.Tx, kind *EvidenceKind) error {
	known := map[int64]items.Item{}
	for after := int64(0); ; {
		list, err := submissionsAfterTx(ctx, tx, after, evidenceAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		if len(known) > mostItems {
			clear(known)
		}
		if err := learnItemsTx(ctx, tx, list, known); err != nil {
			return err
		}
		for _, b := range list {
			if what := b.difference(known); what != "" {
				kind.differs(fmt.Sprintf("submission of attempt %d", b.AttemptID), what)
			}
		}
		kind.Checked += int64(len(list))
		after = list[len(list)-1].AttemptID
	}
}

// learnItemsTx adds the items that the papers ask to those that are known. One that
// cannot be read is missing: its own kind tells why.
func learnItemsTx(ctx context.Context, tx database.Tx, list []submissionEvidence, known map[int64]items.Item) error {
	var missing []int64
	for _, b := range list {
		for _, p := range b.Paper.Positions {
			if _, ok := known[p.ItemVersion]; !ok && !slices.Contains(missing, p.ItemVersion) {
				missing = append(missing, p.ItemVersion)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	bodies, err := itemBodiesTx(ctx, tx, missing)
	for id, body := range bodies {
		if it, wrong := items.Decode(body); wrong == nil {
			known[id] = it
		}
	}
	return err
}

// difference is what is wrong with a submission, or "".
func (b submissionEvidence) difference(known map[int64]items.Item) string {
	answers := make(map[int]items.Response, len(b.Answered))
	for position, answered := range b.Answered {
		answers[position] = answered.Response
	}
	grades, err := b.Paper.Grade(known, answers)
	if err != nil {
		return "it cannot be graded again: " + err.Error()
	}
	score := b.Paper.Score(grades)
	if b.Practice {
		grades, score = b.Paper.WithoutEssays(grades, score)
	}
	digest, err := b.Paper.Digest(b.Answered)
	switch {
	case err != nil:
		return err.Error()
	case !slices.Equal(grades, b.Grades):
		return "its answers earn other grades"
	case score.Earned != b.Earned || score.Possible != b.Possible || score.Passed != b.Passed:
		return fmt.Sprintf("its answers earn %s of %s", score.Earned, score.Possible)
	case b.Told == nil:
		return "it is there, and the audit log does not tell of it"
	case b.Events > 1:
		return "the audit log tells of it more than once"
	case b.Told.Earned != b.Earned || b.Told.Possible != b.Possible || b.Told.Passed != b.Passed:
		return "it is not what the audit log tells"
	case b.Told.Digest != "" && b.Told.Digest != digest:
		return "its paper or its answers are not those that were submitted"
	}
	return b.untimely()
}

// untimely is what is wrong with when it was submitted, or "".
func (b submissionEvidence) untimely() string {
	if b.ByDeadline {
		if b.DeadlineAt == nil || !b.SubmittedAt.Equal(*b.DeadlineAt) || b.ToldAt.Before(b.SubmittedAt) {
			return "it was not submitted at its deadline"
		}
		return ""
	}
	if !b.SubmittedAt.Equal(*b.ToldAt) {
		return "it was not submitted when the audit log tells"
	}
	return ""
}

// recomputeRegradesTx adds up the grades of every regrade again.
func recomputeRegradesTx(ctx context.Context, tx database.Tx, kind *EvidenceKind) error {
	for after := int64(0); ; {
		list, err := regradesAfterTx(ctx, tx, after, evidenceAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, g := range list {
			score := g.Paper.Score(g.Grades)
			digest, err := items.DigestOf(g.Grades)
			switch subject := fmt.Sprintf("regrade %d of attempt %d", g.Number, g.AttemptID); {
			case err != nil:
				return err
			case score.Earned != g.Earned || score.Possible != g.Possible || score.Passed != g.Passed:
				kind.differs(subject, fmt.Sprintf("its grades add up to %s of %s", score.Earned, score.Possible))
			case g.Digest != "" && g.Digest != digest:
				kind.differs(subject, "its grades are not those that were given")
			}
		}
		after = list[len(list)-1].ID
	}
}
