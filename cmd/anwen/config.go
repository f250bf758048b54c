package main

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"github.com/caarlos0/env/v11"
)

// config is everything that the environment says, checked once.
type config struct {
	Addr        string `env:"ANWEN_ADDR" envDefault:"127.0.0.1:8080"`
	DatabaseURL string `env:"ANWEN_DATABASE_URL"`
	Data        string `env:"ANWEN_DATA" envDefault:"data"`
	PublicURL   string `env:"ANWEN_PUBLIC_URL"`
	Institution string `env:"ANWEN_INSTITUTION" envDefault:"Anwen"`
	MaxConns    int32  `env:"ANWEN_MAX_CONNS" envDefault:"32"`
	LogFormat   string `env:"ANWEN_LOG_FORMAT" envDefault:"text"`
	TLSCert     string `env:"ANWEN_TLS_CERT"`
	TLSKey      string `env:"ANWEN_TLS_KEY"`
	// Proxies are the networks of the proxies in front.
	Proxies []netip.Prefix `env:"ANWEN_PROXIES"`
}

var variables = []string{"ANWEN_ADDR", "ANWEN_DATABASE_URL", "ANWEN_DATA", "ANWEN_PUBLIC_URL", "ANWEN_INSTITUTION",
	"ANWEN_MAX_CONNS", "ANWEN_LOG_FORMAT", "ANWEN_TLS_CERT", "ANWEN_TLS_KEY", "ANWEN_PROXIES"}

func (t terminal) config() (config, error) {
	values := map[string]string{}
	for _, name := range variables {
		if v := t.getenv(name); v != "" {
			values[name] = v
		}
	}
	var c config
	if err := env.ParseWithOptions(&c, env.Options{Environment: values}); err != nil {
		return c, err
	}
	return c, c.check()
}

func (c config) check() error {
	var faults []string
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			faults = append(faults, "ANWEN_PUBLIC_URL must be the address that people open, such as https://learn.example.com")
		}
	}
	if c.MaxConns < 4 || c.MaxConns > 1000 {
		faults = append(faults, "ANWEN_MAX_CONNS must be from 4 to 1000")
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		faults = append(faults, "ANWEN_LOG_FORMAT must be text or json")
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		faults = append(faults, "ANWEN_TLS_CERT and ANWEN_TLS_KEY go together")
	}
	if len(faults) > 0 {
		return fmt.Errorf("%s", strings.Join(faults, "\n"))
	}
	return nil
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
	keywordPassword = regexp.MustCompile(`password=\S+`)
	urlPassword     = regexp.MustCompile(`(://[^:/@]*):[^@]*@`)
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
		{"ANWEN_PUBLIC_URL", c.publicURL()}, {"ANWEN_INSTITUTION", c.Institution},
		{"ANWEN_MAX_CONNS", fmt.Sprint(c.MaxConns)}, {"ANWEN_LOG_FORMAT", c.LogFormat},
		{"ANWEN_TLS_CERT", c.TLSCert}, {"ANWEN_TLS_KEY", c.TLSKey}, {"ANWEN_PROXIES", networks(c.Proxies)},
	} {
		fmt.Fprintf(t.out, "%s=%s\n", line[0], line[1])
	}
	return nil
}
