package server

import (
	"context"
	"net/http"
	"time"

	"anwen/internal/i18n"
	"anwen/people"
)

type about struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Demo    bool   `json:"demo" doc:"Sample sign-ins are shown and accepted"`
	Help    string `json:"help" doc:"Whom to ask who cannot sign in; empty: not said"`
}

func (s *Server) about(ctx context.Context, _ *struct{}) (*body[about], error) {
	return &body[about]{Body: about{Name: s.config.Institution.In(localeOf(ctx)), Version: s.config.Version, Demo: s.config.Demo, Help: s.config.Help}}, nil
}

type signIn struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Login    string `json:"login" minLength:"1" maxLength:"200"`
		Password string `json:"password" minLength:"1" maxLength:"1024"`
	}
	address string
	device  string
}

type signedIn struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      me
}

type me struct {
	PersonID   int64      `json:"person_id"`
	EmployeeNo string     `json:"employee_no"`
	Login      string     `json:"login"`
	Name       string     `json:"name"`
	Unit       unitRef    `json:"unit"`
	Position   string     `json:"position"`
	Language   string     `json:"language" enum:"zh-Hans,zh-Hant,en"`
	Roles      []heldRole `json:"roles" nullable:"false"`
	Whole      []string   `json:"institution_roles" nullable:"false" doc:"Roles over the root: for what belongs to the whole institution"`
	Demo       bool       `json:"demo"`
	// Until the password is changed the client shows nothing else.
	MustChangePassword bool `json:"must_change_password"`
}

type unitRef struct {
	ID   int64  `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

type heldRole struct {
	Role     string `json:"role"`
	UnitID   int64  `json:"unit_id"`
	UnitName string `json:"unit_name"`
}

func (s *Server) signIn(ctx context.Context, in *signIn) (*signedIn, error) {
	opened, err := s.people.SignIn(ctx, in.Body.Login, in.Body.Password, people.Client{Address: in.address, UserAgent: in.UserAgent, Device: in.device})
	if err != nil {
		return nil, err
	}
	actor, err := s.people.Authenticate(ctx, opened.Token)
	if err != nil {
		return nil, err
	}
	view, err := s.viewMe(ctx, actor)
	if err != nil {
		return nil, err
	}
	return &signedIn{Body: view, SetCookie: []http.Cookie{
		cookie(cookieName, opened.Token, people.SessionLife), cookie(deviceCookie, opened.Device, people.DeviceLife)}}, nil
}

// cookie lives so long; it is removed with a negative life.
func cookie(name, value string, life time.Duration) http.Cookie {
	return http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) signOut(ctx context.Context, _ *struct{}) (*signedOut, error) {
	if err := s.people.SignOut(ctx, actorOf(ctx)); err != nil {
		return nil, err
	}
	return &signedOut{SetCookie: cookie(cookieName, "", -time.Second)}, nil
}

func (s *Server) me(ctx context.Context, _ *struct{}) (*body[me], error) {
	view, err := s.viewMe(ctx, actorOf(ctx))
	return &body[me]{Body: view}, err
}

type changeMe struct {
	Body struct {
		Language string `json:"language" enum:"zh-Hans,zh-Hant,en"`
	}
}

func (s *Server) changeMe(ctx context.Context, in *changeMe) (*body[me], error) {
	actor := actorOf(ctx)
	if err := s.people.SetLanguage(ctx, actor, i18n.Locale(in.Body.Language)); err != nil {
		return nil, err
	}
	actor.Locale = i18n.Locale(in.Body.Language)
	view, err := s.viewMe(ctx, actor)
	return &body[me]{Body: view}, err
}

func (s *Server) viewMe(ctx context.Context, a people.Actor) (me, error) {
	units, err := s.people.Units(ctx)
	if err != nil {
		return me{}, err
	}
	v := me{PersonID: a.PersonID, EmployeeNo: a.EmployeeNo, Login: a.Login, Name: a.Name, Position: a.Position,
		Language: string(a.Locale), Roles: []heldRole{}, Whole: []string{}, Demo: s.config.Demo, MustChangePassword: a.MustChangePassword}
	for _, u := range units {
		if u.ID == a.UnitID {
			v.Unit = unitRef{ID: u.ID, Code: u.Code, Name: u.Name(a.Locale)}
		}
		for _, g := range a.Grants {
			if g.UnitID == u.ID {
				v.Roles = append(v.Roles, heldRole{Role: string(g.Role), UnitID: u.ID, UnitName: u.Name(a.Locale)})
			}
		}
	}
	for _, role := range people.Roles {
		if a.Over(role).Whole(units) {
			v.Whole = append(v.Whole, string(role))
		}
	}
	return v, nil
}

type session struct {
	ID        int64     `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
	UserAgent string    `json:"user_agent"`
	Address   string    `json:"address"`
	Current   bool      `json:"current"`
}

func (s *Server) sessions(ctx context.Context, _ *struct{}) (*body[list[session]], error) {
	rows, err := s.people.Sessions(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(r people.Session) session { return session(r) }), nil
}

func (s *Server) revokeSession(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*struct{}, error) {
	return nil, s.people.RevokeSession(ctx, actorOf(ctx), in.ID)
}

type changePassword struct {
	Body struct {
		Current string `json:"current" maxLength:"1024"`
		New     string `json:"new" maxLength:"1024"`
	}
	address string
}

func (s *Server) changePassword(ctx context.Context, in *changePassword) (*struct{}, error) {
	return nil, s.people.ChangePassword(ctx, actorOf(ctx), in.Body.Current, in.Body.New, in.address)
}
