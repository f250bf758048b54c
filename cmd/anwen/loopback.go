package main

import (
	"fmt"
	"net"
)

// loopbackOnly refuses an address that others can reach: the sample sign-ins
// are printed in the README.
func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("--addr is %q: it must be %s", addr, addressForm)
	}
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("the demo listens on this machine only; give --addr 127.0.0.1, ::1 or localhost instead of %q", host)
}
