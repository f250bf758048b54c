package i18n_test

import (
	"testing"
	"time"

	"anwen/internal/i18n"
)

func TestADateIsWrittenAsTheLanguageDoes(t *testing.T) {
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for l, want := range map[i18n.Locale]string{i18n.Hans: "2026年11月2日", i18n.Hant: "2026年11月2日", i18n.English: "2 November 2026"} {
		if got := l.Date(day); got != want {
			t.Errorf("%s: %q", l, got)
		}
	}
	for l, want := range map[i18n.Locale]string{i18n.Hans: "2026年11月", i18n.Hant: "2026年11月", i18n.English: "November 2026"} {
		if got := l.Month(day); got != want {
			t.Errorf("%s: %q", l, got)
		}
	}
}
