package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever is wrong with the address or the certificate of the server is said
// before a database is made or a schema changed, in one line that names what to
// change.
func TestWhatCannotBeServedIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().String()
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
		says []string
	}{
		"a demo on a taken port":         {nil, []string{"demo", "--addr", port}, []string{port, "--addr", "another"}},
		"a demo on no port":              {nil, []string{"demo", "--addr", "127.0.0.1:99999"}, []string{"127.0.0.1:99999", "--addr", "65535"}},
		"a demo without a port":          {nil, []string{"demo", "--addr", "localhost"}, []string{"localhost", "--addr", "host:port"}},
		"serving on a taken port":        {map[string]string{"ANWEN_ADDR": port}, []string{"serve"}, []string{port, "ANWEN_ADDR", "another"}},
		"serving on a flag's taken port": {nil, []string{"serve", "--addr", port}, []string{port, "--addr"}},
		"serving without a port":         {map[string]string{"ANWEN_ADDR": "bogus"}, []string{"serve"}, []string{"bogus", "ANWEN_ADDR", "host:port"}},
		"a flag without a port":          {nil, []string{"serve", "--addr", "bogus"}, []string{"bogus", "--addr", "host:port"}},
		"another machine's address":      {nil, []string{"serve", "--addr", "192.0.2.1:8080"}, []string{"192.0.2.1:8080", "--addr"}},
		"no certificate": {map[string]string{"ANWEN_ADDR": "127.0.0.1:0", "ANWEN_TLS_CERT": "none.pem", "ANWEN_TLS_KEY": "none.key"},
			[]string{"serve"}, []string{"none.pem", "ANWEN_TLS_CERT"}},
	} {
		t.Run(name, func(t *testing.T) {
			env, _ := onPrivateDatabase(t)
			env["ANWEN_DATA"] = filepath.Join(env["ANWEN_DATA"], "new")
			for name, value := range c.env {
				env[name] = value
			}
			if c.args[0] == "demo" {
				c.args = append(c.args, "--data", env["ANWEN_DATA"])
			}
			s := say(t, env, c.args...)
			if s.code != exitRefused || strings.Count(s.err, "\n") != 1 {
				t.Errorf("%+v", s)
			}
			for _, word := range c.says {
				if !strings.Contains(s.err, word) {
					t.Errorf("%q does not say %q", s.err, word)
				}
			}
			if _, err := os.Stat(env["ANWEN_DATA"]); !os.IsNotExist(err) {
				t.Errorf("something was written: %v", err)
			}
		})
	}
}
