package server

import (
	"context"
	"time"

	"anwen/complaints"
	"anwen/performance"
)

type measure struct {
	Measure     string   `json:"measure" enum:"first_reply_timeliness,initial_feedback_timeliness,satisfaction"`
	Numerator   *int     `json:"numerator" doc:"Null when it is withheld"`
	Denominator int      `json:"denominator"`
	Rate        *float64 `json:"rate"`
	Lower       *float64 `json:"lower" doc:"95 % Wilson interval"`
	Upper       *float64 `json:"upper"`
	Target      float64  `json:"target"`
	TargetBasis string   `json:"target_basis" enum:"published,organisation"`
	Verdict     string   `json:"verdict" enum:"met,met_within_chance,missed_within_chance,missed,no_data,withheld"`
	Withheld    *string  `json:"withheld" enum:"too_few_cases,too_few_answers"`
	Open        int      `json:"open" doc:"Neither done nor past the limit: in no denominator"`
}

func viewRate(name string, r performance.Rate, open int) measure {
	m := measure{Measure: name, Numerator: r.Numerator, Denominator: r.Denominator, Rate: r.Share(), Lower: r.Lower, Upper: r.Upper,
		Target: r.Target.Share, TargetBasis: string(r.Target.Basis), Verdict: string(r.Verdict), Withheld: optional(string(r.Withheld)), Open: open}
	if r.Withheld != "" {
		m.Verdict = "withheld"
	}
	return m
}

// Training is shown beside the score and is never part of it.
type Training struct {
	Assigned  int `json:"assigned"`
	Completed int `json:"completed"`
	Overdue   int `json:"overdue"`
	Due       int `json:"due" doc:"Due in the quarter, and completed or past due"`
	OnTime    int `json:"completed_on_time"`
}

type held struct {
	Valid   int `json:"valid"`
	Expired int `json:"expired"`
}

// StaffScore is a person's quarter. Training and certificates are shown beside the
// measures and do not enter them.
type StaffScore struct {
	EmployeeNo   string    `json:"employee_no"`
	Name         string    `json:"name"`
	UnitName     string    `json:"unit_name"`
	Position     string    `json:"position"`
	Measures     []measure `json:"measures" nullable:"false"`
	Training     Training  `json:"training"`
	Certificates held      `json:"certificates"`
}

func viewScore(s performance.Score) StaffScore {
	v := StaffScore{EmployeeNo: s.EmployeeNo, Name: s.Name, UnitName: s.UnitName, Position: s.Position,
		Training: Training{Assigned: s.Training.Assigned, Completed: s.Training.Completed, Overdue: s.Training.Overdue,
			Due: s.Training.Due, OnTime: s.Training.OnTime},
		Certificates: held(s.Certificates)}
	for _, t := range s.Timeliness {
		v.Measures = append(v.Measures, viewRate(string(t.Stage)+"_timeliness", t.Rate, t.Open))
	}
	v.Measures = append(v.Measures, viewRate("satisfaction", s.Satisfaction, 0))
	return v
}

type cardCase struct {
	Reference  string     `json:"reference"`
	Class      string     `json:"class" enum:"general,complex"`
	Stage      string     `json:"stage" enum:"first_reply,initial_feedback"`
	ReceivedAt time.Time  `json:"received_at"`
	DueAt      time.Time  `json:"due_at"`
	DoneAt     *time.Time `json:"done_at"`
	State      string     `json:"state" enum:"on_time,late,open,unmeasured" doc:"Unmeasured: the source does not tell when replies were made; in no figure"`
	Counted    bool       `json:"counted" doc:"Due in the quarter, so counted in its timeliness"`
	Satisfied  *bool      `json:"satisfied"`
}

type card struct {
	Period     string     `json:"period"`
	AsOf       time.Time  `json:"as_of"`
	Score      StaffScore `json:"score"`
	Complaints []cardCase `json:"complaints" nullable:"false"`
}

func (s *Server) myCard(ctx context.Context, in *struct {
	Period string `query:"period" required:"true" maxLength:"20" example:"2026-Q3"`
}) (*body[card], error) {
	quarter, err := performance.ParseQuarter(in.Period)
	if err != nil {
		return nil, err
	}
	c, err := s.performance.MyBreakdown(ctx, actorOf(ctx), quarter)
	if err != nil {
		return nil, err
	}
	return &body[card]{Body: viewCard(c)}, nil
}

func (s *Server) personCard(ctx context.Context, in *struct {
	EmployeeNo string `path:"employee_no" maxLength:"100"`
	Period     string `query:"period" required:"true" maxLength:"20" example:"2026-Q3"`
}) (*body[card], error) {
	quarter, err := performance.ParseQuarter(in.Period)
	if err != nil {
		return nil, err
	}
	c, err := s.performance.BreakdownOf(ctx, actorOf(ctx), in.EmployeeNo, quarter)
	if err != nil {
		return nil, err
	}
	return &body[card]{Body: viewCard(c)}, nil
}

func viewCard(c performance.Breakdown) card {
	return card{Period: c.Quarter.String(), AsOf: c.AsOf, Score: viewScore(c.Score),
		Complaints: views(c.Cases, func(k performance.Case) cardCase {
			return cardCase{Reference: k.Reference, Class: k.Class, Stage: string(k.Stage), ReceivedAt: k.ReceivedAt, DueAt: k.DueAt,
				DoneAt: k.DoneAt, State: cardState(k.State), Counted: k.Counted, Satisfied: k.Satisfied}
		})}
}

// cardState is the API's word for the standing of a complaint on a performance card.
func cardState(s complaints.Standing) string {
	if s == complaints.Met {
		return "on_time"
	}
	return string(s)
}
