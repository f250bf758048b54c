package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestTheAddressOfACallerBehindProxies(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("::1/128")}
	for name, c := range map[string]struct {
		peer string
		says []string
		want string
	}{
		"directly":                        {"192.0.2.7:1000", nil, "192.0.2.7:1000"},
		"a stranger who pretends":         {"192.0.2.7:1000", []string{"10.12.0.1"}, "192.0.2.7:1000"},
		"through a proxy":                 {"10.0.0.5:1000", []string{"192.0.2.7"}, "192.0.2.7:1000"},
		"through two":                     {"10.0.0.5:1000", []string{"192.0.2.7, 10.0.0.6"}, "192.0.2.7:1000"},
		"pretending through a proxy":      {"10.0.0.5:1000", []string{"10.12.0.1, 192.0.2.7"}, "192.0.2.7:1000"},
		"pretending in a second header":   {"10.0.0.5:1000", []string{"10.12.0.1", "192.0.2.7"}, "192.0.2.7:1000"},
		"IPv6":                            {"[::1]:1000", []string{"2001:db8::1"}, "[2001:db8::1]:1000"},
		"a proxy that says nothing":       {"10.0.0.5:1000", nil, "10.0.0.5:1000"},
		"words instead of an address":     {"10.0.0.5:1000", []string{"192.0.2.7, unknown"}, "10.0.0.5:1000"},
		"IPv4 as the proxy writes it v6":  {"[::ffff:10.0.0.5]:1000", []string{"::ffff:192.0.2.7"}, "192.0.2.7:1000"},
		"only proxies all the way before": {"10.0.0.5:1000", []string{"10.0.0.7"}, "10.0.0.5:1000"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, line := range c.says {
			r.Header.Add("X-Forwarded-For", line)
		}
		var got string
		trustProxies(proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
