package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// trustProxies sets the remote address of requests that come through one of the
// proxies: the last address in X-Forwarded-For that is not itself a proxy. From any
// other sender the header is ignored.
func trustProxies(proxies []netip.Prefix, next http.Handler) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	trusted := func(text string) (address netip.Addr, is bool) {
		address, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return address, false
		}
		address = address.Unmap().WithZone("")
		return address, slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(address) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		peer, port, err := net.SplitHostPort(r.RemoteAddr)
		if _, is := trusted(peer); err != nil || !is {
			next.ServeHTTP(w, r)
			return
		}
		steps := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for _, step := range slices.Backward(steps) {
			address, is := trusted(step)
			if !address.IsValid() {
				break
			}
			if !is {
				r = r.Clone(r.Context())
				r.RemoteAddr = net.JoinHostPort(address.String(), port)
				break
			}
		}
		next.ServeHTTP(w, r)
	})
}
