package server

import "anwen/internal/i18n"

// firstDoor is the form of signing in as it can be read and filled in before any script
// runs. The client takes over what was typed; until then nothing can be sent.
type firstDoor struct {
	SignIn, Welcome, WelcomeText string
	Login, Password, Show        string
	Forgotten                    string
	Ask                          []string // what to do then, and whom to ask
	NeedsScript                  string
	Samples                      *firstSamples // of a sample institution alone
}

type firstSamples struct {
	Title, Text string
	People      []firstSample
}

type firstSample struct{ Name, Login string }

// sampleLogins stand at the door of a sample institution, in this order.
var sampleLogins = []string{"employee", "officer", "approver", "desk", "hr", "admin", "auditor"}

func doorOf(institution about, l i18n.Locale) *firstDoor {
	say := func(key string) string { return i18n.Text(l, "api.first_"+key, nil) }
	d := &firstDoor{
		SignIn: say("sign_in"), Welcome: say("welcome"), WelcomeText: say("welcome_text"),
		Login: say("login"), Password: say("password"), Show: say("show_password"),
		Forgotten: say("forgotten"), Ask: []string{say("forgotten_text")},
		NeedsScript: i18n.Text(l, "api.sign_in_needs_script", nil),
	}
	if institution.Help != "" {
		d.Ask = append(d.Ask, i18n.Text(l, "api.first_forgotten_ask", map[string]any{"help": institution.Help}))
	}
	if institution.Demo {
		d.Samples = &firstSamples{Title: say("samples"), Text: say("samples_text")}
		for _, login := range sampleLogins {
			d.Samples.People = append(d.Samples.People, firstSample{say("sample_" + login), login})
		}
	}
	return d
}
