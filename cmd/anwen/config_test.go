package main

import (
	"strings"
	"testing"
)

// A bad value is told by the name of its variable, with what is expected.
func TestABadVariableIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		value string
		says  string
	}{
		"ANWEN_ADDR":         {"bogus", "host:port"},
		"ANWEN_DATABASE_URL": {"postgres://anwen:hunter2@db:port/anwen", "postgres://anwen@db.internal/anwen"},
		"ANWEN_PUBLIC_URL":   {"learn", "https://learn.example.com"},
		"ANWEN_MAX_CONNS":    {"many", "from 4 to 1000"},
		"ANWEN_INSTITUTION":  {`{"fr":"Banque"}`, `"en":"Anhe Bank"`},
		"ANWEN_LOG_FORMAT":   {"xml", "text or json"},
		"ANWEN_PROXIES":      {"10.0.0.1", "10.0.0.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			s := say(t, map[string]string{name: c.value}, "config")
			if s.code != exitRefused || strings.Count(s.err, "\n") != 1 {
				t.Errorf("%+v", s)
			}
			for _, word := range []string{name, c.says} {
				if !strings.Contains(s.err, word) {
					t.Errorf("%q does not say %q", s.err, word)
				}
			}
			for _, word := range []string{"field", "hunter2"} {
				if strings.Contains(s.err, word) {
					t.Errorf("%q says %q", s.err, word)
				}
			}
		})
	}
}

func TestEveryBadVariableIsToldAtOnce(t *testing.T) {
	s := say(t, map[string]string{"ANWEN_MAX_CONNS": "2", "ANWEN_PROXIES": "here", "ANWEN_LOG_FORMAT": "xml"}, "config")
	for _, name := range []string{"ANWEN_MAX_CONNS", "ANWEN_PROXIES", "ANWEN_LOG_FORMAT"} {
		if !strings.Contains(s.err, name) {
			t.Errorf("%q does not say %q", s.err, name)
		}
	}
}

func TestNoPartOfAPasswordIsPrinted(t *testing.T) {
	for _, address := range []string{"postgres://anwen:hunter2@db.internal/anwen", "postgres://anwen:a@hunter2@db.internal/anwen",
		"host=db.internal password=hunter2", "host=db.internal password = 'a hunter2'", "postgres://db.internal/anwen?user=anwen&password=hunter2"} {
		s := say(t, map[string]string{"ANWEN_DATABASE_URL": address}, "config")
		if said := s.out + s.err; strings.Contains(said, "hunter2") || !strings.Contains(said, "db.internal") {
			t.Errorf("%s: %+v", address, s)
		}
	}
}
