package records

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// EvidenceReport is what VerifyEvidence found, kind by kind. The records are sound when
// no kind has differences.
type EvidenceReport struct {
	Kinds []EvidenceKind
}

// EvidenceKind is one kind of record: how many were looked at, how many do not say what
// follows from others, and the first of them in words.
type EvidenceKind struct {
	Name        string
	Checked     int64
	Early       int64 // of these: from before the audit log told of each row; proved since it began to
	Differences int64
	First       string
}

// Sound reports whether nothing differs.
func (r EvidenceReport) Sound() bool {
	for _, k := range r.Kinds {
		if k.Differences > 0 {
			return false
		}
	}
	return true
}

// differs notes a difference; the first is kept in words.
func (k *EvidenceKind) differs(subject, what string) {
	if k.Differences++; k.First == "" {
		k.First = subject + ": " + what
	}
}

// evidence is how one kind is verified: counted by one query, compared by others that
// give a row (subject, what) for each difference, and where a rule of Go says what
// follows, by a function.
type evidence struct {
	name      string
	count     string
	compare   []string
	recompute func(context.Context, database.Tx, *EvidenceKind) error
}

// kindsOfEvidence are the kinds in the order of the report.
var kindsOfEvidence = []evidence{
	{name: "policy texts", count: countPolicyTexts, compare: policyTextDifferences},
	{name: "acknowledgements", count: countAcknowledgements, compare: acknowledgementDifferences},
	{name: "acknowledgement requests", count: countRequests, compare: requestDifferences},
	{name: "briefing reads", count: countBriefingReads, compare: briefingReadDifferences},
	{name: "minutes", count: countMinutes, compare: minutesDifferences},
	{name: "course files", count: countCourseFiles, compare: courseFileDifferences},
	{name: "items", count: countItemVersions, compare: itemDifferences},
	{name: "papers and answers", count: countAttempts, compare: paperDifferences},
	{name: "submissions", compare: submissionDifferences, recompute: recomputeSubmissionsTx},
	{name: "marks and regrades", count: countRegrades, compare: regradeDifferences, recompute: recomputeRegradesTx},
	{name: "completions", count: countCompletions, compare: completionDifferences},
	{name: "certificates", compare: certificateDifferences, recompute: recomputeCertificatesTx},
	{name: "certificate documents", count: countDocuments, compare: documentDifferences},
	{name: "complaints", count: countNamings, compare: complaintDifferences},
	{name: "guards", count: countGuards, compare: []string{guardDifferences()}},
}

// VerifyEvidence recomputes what the records promise from one another and from the audit
// log, in one state of the database, and says where they differ. It holds a part of them
// in memory at a time, however many there are. That the audit log itself was not changed
// is proved by audit.Verify. What is wrong is in the report; the errors are internal.
func (s *Service) VerifyEvidence(ctx context.Context) (EvidenceReport, error) {
	var report EvidenceReport
	err := s.db.Snapshot(ctx, func(tx database.Tx) error {
		for _, e := range kindsOfEvidence {
			kind := EvidenceKind{Name: e.name}
			err := tx.Savepoint(ctx, func(tx database.Tx) error { return e.verifyTx(ctx, tx, &kind) })
			if err != nil && (ctx.Err() != nil || database.Away(err)) {
				return fmt.Errorf("verify the %s: %w", e.name, err)
			}
			if err != nil { // what cannot even be read was altered, and the others are looked at all the same
				kind.differs(e.name, "they cannot be compared: "+err.Error())
			}
			report.Kinds = append(report.Kinds, kind)
		}
		rows, err := verifyRowsTx(ctx, tx)
		report.Kinds = append(report.Kinds, rows...)
		return err
	})
	return report, err
}

func (e evidence) verifyTx(ctx context.Context, tx database.Tx, kind *EvidenceKind) error {
	if e.count != "" {
		if err := countEvidenceTx(ctx, tx, e.count, &kind.Checked); err != nil {
			return err
		}
	}
	if e.recompute != nil {
		if err := e.recompute(ctx, tx, kind); err != nil {
			return err
		}
	}
	for _, query := range e.compare {
		if err := eachDifferenceTx(ctx, tx, query, kind.differs); err != nil {
			return err
		}
	}
	return nil
}
