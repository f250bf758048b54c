package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"syscall"
)

const addressForm = "host:port with a port up to 65535, such as 127.0.0.1:8080"

func isAddress(addr string) bool {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil
}

// listen opens the address and tries the certificate. It comes before everything
// that writes: who mistyped one of them has then changed nothing. from is the flag
// or the variable that the address stands in.
func (c config) listen(from string) (net.Listener, error) {
	if !isAddress(c.Addr) {
		return nil, fmt.Errorf("%s is %q: it must be %s", from, c.Addr, addressForm)
	}
	if c.TLSCert != "" {
		if _, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey); err != nil {
			return nil, fmt.Errorf("ANWEN_TLS_CERT and ANWEN_TLS_KEY must name a certificate and its key: %w", err)
		}
	}
	listener, err := net.Listen("tcp", c.Addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program listens on %s: end it, or give another address with %s", c.Addr, from)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s is no address of this machine: give another with %s", c.Addr, from)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s, give another address with %s: %w", c.Addr, from, err)
	}
	return listener, nil
}
