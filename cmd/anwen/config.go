package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/jackc/pgx/v5/pgconn"

	"anwen/internal/i18n"
)

// config is everything that the environment says, checked once.
type config struct {
	Addr        string     `env:"ANWEN_ADDR" envDefault:"127.0.0.1:8080"`
	DatabaseURL string     `env:"ANWEN_DATABASE_URL"`
	Data        string     `env:"ANWEN_DATA" envDefault:"data"`
	PublicURL   string     `env:"ANWEN_PUBLIC_URL"`
	Institution localNames `env:"ANWEN_INSTITUTION" envDefault:"Anwen"`
	MaxConns    int32      `env:"ANWEN_MAX_CONNS" envDefault:"32"`
	LogFormat   string     `env:"ANWEN_LOG_FORMAT" envDefault:"text"`
	TLSCert     string     `env:"ANWEN_TLS_CERT"`
	TLSKey      string     `env:"ANWEN_TLS_KEY"`
	Help        string     `env:"ANWEN_HELP"`
	// Proxies are the networks of the proxies in front.
	Proxies []netip.Prefix `env:"ANWEN_PROXIES"`
}

// localNames are a name in one or several languages, as the environment says it.
type localNames struct {
	said string
	in   i18n.Texts
}

// UnmarshalText is for the reader of the environment.
func (n *localNames) UnmarshalText(text []byte) (err error) {
	n.said = string(text)
	n.in, err = i18n.ParseTexts(n.said)
	return err
}

var variables = []string{"ANWEN_ADDR", "ANWEN_DATABASE_URL", "ANWEN_DATA", "ANWEN_PUBLIC_URL", "ANWEN_INSTITUTION",
	"ANWEN_MAX_CONNS", "ANWEN_LOG_FORMAT", "ANWEN_TLS_CERT", "ANWEN_TLS_KEY", "ANWEN_HELP", "ANWEN_PROXIES"}

// expected says of every variable that can be wrong what it must be.
var expected = map[string]string{
	"ANWEN_ADDR":         addressForm,
	"ANWEN_DATABASE_URL": "an address such as postgres://anwen@db.internal/anwen",
	"ANWEN_INSTITUTION":  `a name, or one for each language such as {"zh-Hans":"安和银行","en":"Anhe Bank"}`,
	"ANWEN_PUBLIC_URL":   "the address that people open, such as https://learn.example.com",
	"ANWEN_MAX_CONNS":    "a whole number from 4 to 1000",
	"ANWEN_LOG_FORMAT":   "text or json",
	"ANWEN_PROXIES":      "networks with commas between them, such as 10.0.0.0/24,::1/128",
}

// config reads the environment and tells everything that is wrong with it at once.
func (t terminal) config() (config, error) {
	values := map[string]string{}
	for _, name := range variables {
		if v := t.getenv(name); v != "" {
			values[name] = v
		}
	}
	var c config
	bad, err := unreadable(env.ParseWithOptions(&c, env.Options{Environment: values}))
	if err != nil {
		return c, err
	}
	bad = append(bad, c.wrong()...)
	var faults []string
	for _, name := range variables {
		if slices.Contains(bad, name) {
			faults = append(faults, fmt.Sprintf("%s is %q: it must be %s", name, maskPassword(values[name]), expected[name]))
		}
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		faults = append(faults, "ANWEN_TLS_CERT and ANWEN_TLS_KEY go together")
	}
	if len(faults) > 0 {
		return c, errors.New(strings.Join(faults, "\n"))
	}
	return c, nil
}

// unreadable takes the variables whose text is no value of their type out of an
// error that names the fields of config.
func unreadable(err error) (names []string, other error) {
	var all env.AggregateError
	if !errors.As(err, &all) {
		return nil, err
	}
	for _, err := range all.Errors {
		var parse env.ParseError
		if !errors.As(err, &parse) {
			return nil, err
		}
		field, _ := reflect.TypeFor[config]().FieldByName(parse.Name) // the parser has the name from there
		names = append(names, field.Tag.Get("env"))
	}
	return names, nil
}

// wrong are the variables whose value is out of what it may be.
func (c config) wrong() (names []string) {
	check := func(name string, fine bool) {
		if !fine {
			names = append(names, name)
		}
	}
	check("ANWEN_ADDR", isAddress(c.Addr))
	if c.DatabaseURL != "" {
		_, err := pgconn.ParseConfig(c.DatabaseURL)
		missing := new(fs.PathError) // a certificate that the address names: connecting tells which
		check("ANWEN_DATABASE_URL", err == nil || errors.As(err, &missing))
	}
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		check("ANWEN_PUBLIC_URL", err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http"))
	}
	check("ANWEN_MAX_CONNS", c.MaxConns >= 4 && c.MaxConns <= 1000)
	check("ANWEN_LOG_FORMAT", c.LogFormat == "text" || c.LogFormat == "json")
	return names
}

// publicURL is where certificates send whoever verifies them.
func (c config) publicURL() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	if c.TLSCert != "" {
		return "https://" + c.Addr
	}
	return "http://" + c.Addr
}

var (
	keywordPassword = regexp.MustCompile(`password\s*=\s*('[^']*'|\S+)`)
	urlPassword     = regexp.MustCompile(`(://[^:/@]*):.*@`)
)

func maskPassword(address string) string {
	address = keywordPassword.ReplaceAllString(address, "password=***")
	return urlPassword.ReplaceAllString(address, "$1:***@")
}

func networks(list []netip.Prefix) string {
	var texts []string
	for _, n := range list {
		texts = append(texts, n.String())
	}
	return strings.Join(texts, ",")
}

type configCommand struct{}

// Run prints the effective configuration.
func (configCommand) Run(t terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	for _, line := range [][2]string{
		{"ANWEN_ADDR", c.Addr}, {"ANWEN_DATABASE_URL", maskPassword(c.DatabaseURL)}, {"ANWEN_DATA", c.Data},
		{"ANWEN_PUBLIC_URL", c.publicURL()}, {"ANWEN_INSTITUTION", c.Institution.said},
		{"ANWEN_MAX_CONNS", fmt.Sprint(c.MaxConns)}, {"ANWEN_LOG_FORMAT", c.LogFormat},
		{"ANWEN_TLS_CERT", c.TLSCert}, {"ANWEN_TLS_KEY", c.TLSKey}, {"ANWEN_HELP", c.Help}, {"ANWEN_PROXIES", networks(c.Proxies)},
	} {
		fmt.Fprintf(t.out, "%s=%s\n", line[0], line[1])
	}
	return nil
}
