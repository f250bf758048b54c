package server

import (
	"net/http"
	"strconv"
	"strings"
)

// accepts tells whether whoever asks can read that coding of a body: it, or else the
// star, is named with a weight above 0.
func accepts(h http.Header, coding string) bool {
	named, rest := 0.0, 0.0
	said := false
	for one := range strings.SplitSeq(strings.Join(h.Values("Accept-Encoding"), ","), ",") {
		name, parameters, _ := strings.Cut(one, ";")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case coding:
			said, named = true, max(named, weight(parameters))
		case "*":
			rest = weight(parameters)
		}
	}
	return said && named > 0 || !said && rest > 0
}

// weight is that of the q among the parameters: 1 when there is none, 0 when it cannot
// be read.
func weight(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}
