package records

import (
	"context"
	"time"

	"anwen/certificates"
	"anwen/internal/database"
)

var certificateDifferences = []string{
	`WITH told AS (SELECT * FROM audit_events WHERE action = 'certificates.issue'),
	stored AS (SELECT *, 'certificate:' || serial AS subject FROM certificates)
	SELECT coalesce(s.subject, t.subject), CASE WHEN s.id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject
	WHERE s.id IS NULL OR t.id IS NULL OR s.issued_at <> t.at OR s.person_id IS DISTINCT FROM t.actor_id
		OR s.cycle <> (t.data->>'cycle')::integer OR s.completion_id <> (t.data->>'completion')::bigint
		OR s.issued_on::text <> t.data->>'issued_on' OR coalesce(s.valid_until::text, '') <> t.data->>'valid_until'
	ORDER BY s.id, t.id`,
	`SELECT 'certificate:' || c.serial, CASE WHEN d.id IS NULL THEN 'its completion is not there' ELSE 'it is not what its completion earned' END
	FROM certificates c LEFT JOIN completions d ON d.id = c.completion_id LEFT JOIN certifications n ON n.id = c.certification_id
	WHERE d.id IS NULL OR d.credited_from IS NOT NULL OR c.issued_at <> d.completed_at
		OR (c.person_id, c.cycle, n.course_id) IS DISTINCT FROM (d.person_id, d.cycle, d.course_id) ORDER BY c.id`,
	`SELECT 'completion ' || d.id, 'it has no certificate' FROM completions d
	WHERE d.credited_from IS NULL AND NOT EXISTS (SELECT FROM certificates c WHERE c.completion_id = d.id) ORDER BY d.id`,
	`SELECT coalesce('certificate:' || c.serial, 'certificate ' || r.certificate_id), 'the audit log does not tell of its revocation'
	FROM certificate_revocations r LEFT JOIN certificates c ON c.id = r.certificate_id
	WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.subject = 'certificate:' || c.serial AND e.action = 'certificates.revoke') ORDER BY r.certificate_id`,
	`SELECT e.subject, 'the audit log tells of its revocation, and it is not there' FROM audit_events e
	WHERE e.action = 'certificates.revoke' AND NOT EXISTS (SELECT FROM certificate_revocations r JOIN certificates c ON c.id = r.certificate_id WHERE 'certificate:' || c.serial = e.subject) ORDER BY e.id`,
}

const countDocuments = `SELECT count(*) FROM certificate_documents`

var documentDifferences = []string{
	`SELECT 'document of certificate ' || certificate_id, 'its bytes do not have its hash' FROM certificate_documents WHERE sha256(pdf) <> sha256 ORDER BY certificate_id`,
	`WITH told AS (SELECT * FROM audit_events WHERE action = 'certificates.render'),
	stored AS (SELECT d.certificate_id, d.sha256, 'certificate:' || c.serial AS subject FROM certificate_documents d LEFT JOIN certificates c ON c.id = d.certificate_id)
	SELECT 'document of ' || coalesce(s.subject, t.subject, 'certificate ' || s.certificate_id), CASE WHEN s.certificate_id IS NULL THEN ` + removed + ` WHEN t.id IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject
	WHERE s.certificate_id IS NULL OR t.id IS NULL OR encode(s.sha256, 'hex') <> t.data->>'sha256' ORDER BY s.certificate_id, t.id`,
}

// certificateEvidence is a certificate with what decides its dates, and the digest that
// the audit log keeps of its words.
type certificateEvidence struct {
	ID          int64
	Serial      string
	Content     certificates.Frozen `gorm:"serializer:json"`
	IssuedAt    time.Time
	IssuedOn    time.Time
	ValidUntil  *time.Time
	ValidMonths *int
	Zone        string // of the unit of the completion
	Digest      string // "" for one from before digests were kept
}

// certificatesAfterTx reads certificates with their completions in the order of their
// ids, so many at most.
func certificatesAfterTx(ctx context.Context, tx database.Tx, after int64, limit int) (list []certificateEvidence, err error) {
	err = tx.WithContext(ctx).Raw(`
		SELECT c.id, c.serial, c.content, c.issued_at, c.issued_on, c.valid_until, r.valid_months, coalesce(u.zone, 'UTC') AS zone,
			coalesce((SELECT e.data->>'content' FROM audit_events e WHERE e.subject = 'certificate:' || c.serial AND e.action = 'certificates.issue' ORDER BY e.id LIMIT 1), '') AS digest
		FROM certificates c LEFT JOIN completions d ON d.id = c.completion_id LEFT JOIN course_revisions r ON r.id = d.revision_id LEFT JOIN units u ON u.id = d.unit_id
		WHERE c.id > ? ORDER BY c.id LIMIT ?`, after, limit).Scan(&list).Error
	return list, err
}
