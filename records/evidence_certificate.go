package records

import (
	"context"

	"anwen/certificates"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/people"
)

// evidenceAtOnce is how many records are held in memory while they are recomputed.
const evidenceAtOnce = 500

// recomputeCertificatesTx computes the dates of every certificate again, and the digest
// of what it says.
func recomputeCertificatesTx(ctx context.Context, tx database.Tx, kind *EvidenceKind) error {
	for after := int64(0); ; {
		list, err := certificatesAfterTx(ctx, tx, after, evidenceAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			what, err := c.difference()
			if err != nil {
				return err
			}
			if what != "" {
				kind.differs("certificate:"+c.Serial, what)
			}
		}
		kind.Checked += int64(len(list))
		after = list[len(list)-1].ID
	}
}

// difference is what is wrong with a certificate, or "". The zone of a unit may have been
// corrected since: a day to either side may be right where the audit log keeps no date.
func (c certificateEvidence) difference() (string, error) {
	digest, err := c.Content.Digest()
	if err != nil {
		return "", err
	}
	days := date.DaysUntil(date.In(c.IssuedAt, people.Zone(c.Zone)), c.IssuedOn)
	switch {
	case c.Digest != "" && c.Digest != digest:
		return "its words are not those that were issued", nil
	case days < -1 || days > 1:
		return "it was not issued on " + date.Text(&c.IssuedOn), nil
	case (c.ValidMonths == nil) != (c.ValidUntil == nil):
		return "its end does not follow from its course", nil
	case c.ValidMonths != nil && !certificates.ValidUntil(c.IssuedOn, *c.ValidMonths).Equal(*c.ValidUntil):
		return "it is not valid until " + date.Text(c.ValidUntil), nil
	}
	return "", nil
}
