package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anwen/server"
)

func TestTheInstitutionIsNamedInTheReadersLanguage(t *testing.T) {
	w := build(t)
	for language, want := range map[string]string{"en": `"name":"Some Bank"`, "zh-Hans": `"name":"某银行"`, "zh-Hant": `"name":"某银行"`} {
		r := httptest.NewRequest(http.MethodGet, server.Prefix+"/about", nil)
		r.Header.Set("Accept-Language", language)
		answer := httptest.NewRecorder()
		w.web.ServeHTTP(answer, r)
		if !strings.Contains(answer.Body.String(), want) {
			t.Errorf("in %s: %s", language, answer.Body)
		}
	}
}
