package server

import (
	"context"

	"anwen/items"
	"anwen/quizzes"
)

type regradeInput struct {
	ID   int64 `path:"id"`
	Body struct {
		VersionID  int64  `json:"version_id" minimum:"1" doc:"The item version whose key was wrong"`
		Correction string `json:"correction" enum:"key,full,drop" doc:"By the key of the newest version, right for everybody, or left out"`
		Note       string `json:"note,omitempty" maxLength:"2000" doc:"Why; it stands in the record"`
		DryRun     bool   `json:"dry_run" doc:"Only show whom it affects"`
	}
}

type regraded struct {
	Asked    int            `json:"asked"`
	Own      int            `json:"own" doc:"My own, submitted or open, which are left as they are: somebody else must correct them"`
	Open     int            `json:"open" doc:"Of others, not submitted yet: they will be graded with the correction"`
	Affected []affectedView `json:"affected" nullable:"false"`
	DryRun   bool           `json:"dry_run"`
}

type affectedView struct {
	AttemptID      int64  `json:"attempt_id"`
	EmployeeNo     string `json:"employee_no"`
	Name           string `json:"name"`
	EarnedBefore   string `json:"earned_before"`
	PossibleBefore string `json:"possible_before"`
	EarnedAfter    string `json:"earned_after"`
	Possible       string `json:"possible" doc:"After: an item that is left out takes its points along"`
	PassedBefore   bool   `json:"passed_before"`
	PassedAfter    bool   `json:"passed_after"`
}

func (s *Server) regrade(ctx context.Context, in *regradeInput) (*body[regraded], error) {
	report, err := s.quizzes.Regrade(ctx, actorOf(ctx), quizzes.RegradeInput{QuizID: in.ID, Version: in.Body.VersionID,
		Correction: items.Correction(in.Body.Correction), Note: in.Body.Note, DryRun: in.Body.DryRun})
	if err != nil {
		return nil, err
	}
	return &body[regraded]{Body: regraded{Asked: report.Asked, Own: report.Own, Open: report.Open, DryRun: in.Body.DryRun, Affected: views(report.Affected, func(a quizzes.Affected) affectedView {
		return affectedView{AttemptID: a.AttemptID, EmployeeNo: a.EmployeeNo, Name: a.Name, EarnedBefore: a.EarnedBefore.String(), PossibleBefore: a.PossibleBefore.String(), EarnedAfter: a.EarnedAfter.String(),
			Possible: a.Possible.String(), PassedBefore: a.PassedBefore, PassedAfter: a.PassedAfter}
	})}}, nil
}
