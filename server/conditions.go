package server

import (
	"context"
	"net/netip"
	"time"

	"anwen/internal/errs"
	"anwen/quizzes"
)

type quizConditions struct {
	Opens       *time.Time    `json:"opens_at"`
	Closes      *time.Time    `json:"closes_at"`
	HasPassword bool          `json:"has_password"`
	Networks    []unitNetwork `json:"networks" nullable:"false"`
	Number      int           `json:"number" doc:"Of the change, 0 for none yet"`
	SetBy       string        `json:"set_by"`
	SetAt       *time.Time    `json:"set_at"`
}

type unitNetwork struct {
	Unit    string `json:"unit" maxLength:"80" doc:"Code"`
	Network string `json:"network" maxLength:"60" doc:"Such as 10.12.0.0/16"`
}

func (s *Server) conditions(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[quizConditions], error) {
	c, err := s.quizzes.ConditionsOf(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &body[quizConditions]{Body: quizConditions{Opens: c.Opens, Closes: c.Closes, HasPassword: c.HasPassword, Number: c.Number, SetBy: c.SetBy, SetAt: c.SetAt,
		Networks: views(c.Networks, func(n quizzes.UnitNetwork) unitNetwork { return unitNetwork{n.Unit, n.Network.String()} })}}, nil
}

func (s *Server) setConditions(ctx context.Context, in *struct {
	ID   int64 `path:"id"`
	Body struct {
		Number   int           `json:"number" minimum:"0" doc:"The change that was looked at"`
		Opens    *time.Time    `json:"opens_at,omitempty"`
		Closes   *time.Time    `json:"closes_at,omitempty"`
		Password *string       `json:"password,omitempty" maxLength:"100" doc:"Left out it stays, empty it goes"`
		Networks []unitNetwork `json:"networks" maxItems:"500" nullable:"false"`
	}
}) (*struct{}, error) {
	c := quizzes.Conditions{Number: in.Body.Number, Opens: in.Body.Opens, Closes: in.Body.Closes}
	var faults errs.Faults
	for i, n := range in.Body.Networks {
		network, err := networkOf(n.Network)
		if err != nil {
			faults.Add(errs.Place{Line: i + 1, Field: "networks"}, "quizzes.bad_network", errs.Args{"text": n.Network})
			continue
		}
		c.Networks = append(c.Networks, quizzes.UnitNetwork{Unit: n.Unit, Network: network})
	}
	if err := faults.Err("quizzes.bad_networks"); err != nil {
		return nil, err
	}
	return nil, s.quizzes.SetConditions(ctx, actorOf(ctx), in.ID, c, in.Body.Password)
}

// networkOf parses a network; a single address is a network of one.
func networkOf(text string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(text); err == nil {
		return address.Unmap().WithZone("").Prefix(address.Unmap().BitLen())
	}
	network, err := netip.ParsePrefix(text)
	return network.Masked(), err
}

type accommodation struct {
	EmployeeNo    string     `json:"employee_no"`
	Name          string     `json:"name"`
	Everywhere    bool       `json:"everywhere" doc:"For every quiz"`
	ExtraPercent  int        `json:"extra_percent" doc:"Of the minutes"`
	ExtraAttempts int        `json:"extra_attempts"`
	Closes        *time.Time `json:"closes_at" doc:"Instead of the quiz's own end"`
	Reason        string     `json:"reason"`
	GrantedBy     string     `json:"granted_by"`
	GrantedAt     time.Time  `json:"granted_at"`
}

func (s *Server) accommodations(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[list[accommodation]], error) {
	found, err := s.quizzes.Accommodations(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(found, func(a quizzes.Accommodation) accommodation { return accommodation(a) }), nil
}

func (s *Server) accommodate(ctx context.Context, in *struct {
	ID   int64 `path:"id"`
	Body struct {
		EmployeeNo    string     `json:"employee_no" minLength:"1" maxLength:"80"`
		Everywhere    bool       `json:"everywhere" doc:"For every quiz"`
		ExtraPercent  int        `json:"extra_percent" minimum:"0" maximum:"300"`
		ExtraAttempts int        `json:"extra_attempts" minimum:"0" maximum:"20"`
		Closes        *time.Time `json:"closes_at,omitempty"`
		Reason        string     `json:"reason" maxLength:"500"`
	}
}) (*struct{}, error) {
	b := in.Body
	return nil, s.quizzes.Accommodate(ctx, actorOf(ctx), in.ID, quizzes.Accommodation{EmployeeNo: b.EmployeeNo, Everywhere: b.Everywhere,
		ExtraPercent: b.ExtraPercent, ExtraAttempts: b.ExtraAttempts, Closes: b.Closes, Reason: b.Reason})
}
