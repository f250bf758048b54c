package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// repealRow is a row of policy_repeals.
type repealRow struct {
	PolicyID      int64 `gorm:"primaryKey;autoIncrement:false"`
	EffectiveFrom string
	Reason        string
	RepealedAt    time.Time
	RepealedBy    *int64
	ProposalID    *int64
}

func (repealRow) TableName() string { return "policy_repeals" }

// proposalRow is a row of policy_repeal_proposals.
type proposalRow struct {
	ID            int64
	PolicyID      int64
	Number        int // of the newest version then
	EffectiveFrom string
	Reason        string
	ProposedAt    time.Time
	ProposedBy    *int64
	WithdrawnAt   *time.Time
	WithdrawnBy   *int64
}

func (proposalRow) TableName() string { return "policy_repeal_proposals" }

// notRepealed keeps a policy p in force: it has no repeal, or one to come.
const notRepealed = `NOT EXISTS (SELECT FROM policy_repeals x WHERE x.policy_id = p.id AND x.effective_from <= @today)`

func isRepealedTx(ctx context.Context, tx database.Tx, policyID int64) (bool, error) {
	n, err := database.Table[repealRow](tx).Where("policy_id = ?", policyID).Count(ctx, "*")
	return n > 0, err
}

// insertRepealTx is Forbidden for whoever proposed it, Conflict for the second repeal.
func insertRepealTx(ctx context.Context, tx database.Tx, row repealRow) error {
	err := database.Table[repealRow](tx).Create(ctx, &row)
	switch {
	case database.Violated(err, "policy_repeals_two_people"):
		return errs.New(errs.Forbidden, "policies.own_repeal", nil).Because(err)
	case database.Violated(err, "policy_repeals_pkey"):
		return errs.New(errs.Conflict, "policies.repealed", nil).Because(err)
	}
	return err
}

// insertProposalTx is Conflict when the policy has an open proposal.
func insertProposalTx(ctx context.Context, tx database.Tx, row proposalRow) error {
	err := database.Table[proposalRow](tx).Create(ctx, &row)
	if database.Violated(err, "policy_repeal_proposals_open_key") {
		return errs.New(errs.Conflict, "policies.repeal_proposed", nil).Because(err)
	}
	return err
}

// lockProposalTx reads the open proposal of the policy; id 0 is whichever it is.
// NotFound when it has none, or another one.
func lockProposalTx(ctx context.Context, tx database.Tx, policyID, id int64) (row proposalRow, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT id, policy_id, number, effective_from::text AS effective_from, reason, proposed_at, proposed_by
		FROM policy_repeal_proposals WHERE policy_id = ? AND withdrawn_at IS NULL AND CAST(? AS bigint) IN (0, id) FOR UPDATE`, policyID, id).Scan(&row).Error
	if err != nil {
		return row, fmt.Errorf("proposal to repeal policy %d: %w", policyID, err)
	}
	if row.ID == 0 {
		return row, errs.New(errs.NotFound, "policies.no_repeal_proposed", nil)
	}
	return row, nil
}

func withdrawProposalTx(ctx context.Context, tx database.Tx, id int64, by *int64, now time.Time) error {
	_, err := database.Table[proposalRow](tx).Where("id = ?", id).Select("withdrawn_at", "withdrawn_by").
		Updates(ctx, proposalRow{WithdrawnAt: &now, WithdrawnBy: by})
	return err
}

// proposals reads proposals r to repeal policies p that nobody has decided yet, as the
// person sees them.
const proposals = `SELECT r.id, p.code, p.titles, r.number, r.effective_from::text AS effective_from, r.reason, r.proposed_at, coalesce(w.name, '') AS proposed_by,
		coalesce(r.proposed_by = @person, false) AS mine, (SELECT max(number) FROM policy_versions WHERE policy_id = p.id) AS newest,
		coalesce((SELECT d.id FROM policy_drafts d WHERE d.policy_code = p.code AND d.` + openStates + `), 0) AS draft
	FROM policies p JOIN policy_repeal_proposals r ON r.policy_id = p.id AND r.withdrawn_at IS NULL LEFT JOIN staff w ON w.id = r.proposed_by
	WHERE NOT EXISTS (SELECT FROM policy_repeals x WHERE x.policy_id = p.id)`

// openProposals are those that wait, of one policy or of all, the oldest first.
func openProposals(ctx context.Context, conn database.Conn, actor people.Actor, code string) ([]RepealProposal, error) {
	var rows []struct {
		RepealProposal
		Titles Texts
	}
	err := conn.WithContext(ctx).Raw(proposals+` AND @code IN ('', p.code) ORDER BY r.proposed_at, r.id`,
		map[string]any{"person": actor.PersonID, "code": code}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("proposals to repeal policies: %w", err)
	}
	list := make([]RepealProposal, len(rows))
	for i, r := range rows {
		list[i] = r.RepealProposal
		list[i].Title = r.Titles.In(actor.Locale)
	}
	return list, nil
}

// countAsked counts who is asked to acknowledge a version of the policy in its newest
// substance, is still there, and has not.
func countAsked(ctx context.Context, conn database.Conn, code string) (n int, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT count(DISTINCT r.person_id)
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id JOIN acknowledgement_requests r ON r.version_id = v.id JOIN staff s ON s.id = r.person_id
		WHERE p.code = ? AND s.status <> 'left' AND v.substance = (SELECT n.substance FROM policy_versions n WHERE n.policy_id = p.id ORDER BY n.number DESC LIMIT 1)
			AND NOT EXISTS (SELECT FROM acknowledgements a JOIN policy_versions w ON w.id = a.version_id
				WHERE a.person_id = r.person_id AND w.policy_id = p.id AND w.substance = v.substance)`, code).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("who must acknowledge policy %s: %w", code, err)
	}
	return n, nil
}
