package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// doorForm is how the form of the first answer begins: it sends nothing by itself.
const doorForm = `<form class="stack first-form" method="dialog">`

func TestWhoIsUnknownFindsTheFormAtOnce(t *testing.T) {
	w := build(t)
	for locale, title := range map[string]string{"zh-Hans": "登录 · 安稳 Anwen", "zh-Hant": "登入 · 安穩 Anwen", "en": "Sign in · Anwen 安穩"} {
		for _, path := range []string{"/sign-in", "/", firstLesson} {
			page := w.visit("", path, func(r *http.Request) { r.Header.Set("Accept-Language", locale) }).Body.String()
			for _, part := range []string{doorForm, "<title>" + title + "</title>", `name="login"`, `name="password" type="password"`, "<noscript>", `<div id="root" hidden>`} {
				if !strings.Contains(page, part) {
					t.Errorf("%s of %s in %s: no %s", title, path, locale, part)
				}
			}
			if strings.Count(page, "<button") != 2 || strings.Count(page, "<button disabled>") != 2 {
				t.Errorf("%s: a button can be pressed before there is somebody to answer it, or samples stand outside the demo", path)
			}
		}
	}
}

func TestTheFormIsForNobodyElse(t *testing.T) {
	w := build(t)
	if page := w.visit("employee", "/sign-in", nil).Body.String(); strings.Contains(page, doorForm) {
		t.Error("somebody who is signed in is asked to sign in")
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	page := w.visit("employee", "/courses", func(r *http.Request) { *r = *r.WithContext(gone) }).Body.String()
	if _, status := brought(t, page); status["/me"] != 0 || strings.Contains(page, doorForm) {
		t.Errorf("nobody knows who this is, and they are asked to sign in: %v", status)
	}
}
