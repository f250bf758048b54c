package identifier

import "testing"

func TestATextShowsSomethingOrNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, " \t\r\n": false, "\u3000\u00a0": false, "\u200b": false, "\u200b \u2060\ufeff": false, "\u3164": false, "\u2800": false, "\u00ad": false,
		"\u202e\u202c": false, "\x00\x1b": false, "\ufe0f": false, "\u115f\uffa0": false, "\U000e0041": false,
		"a": true, "长": true, "\u200b长": true, "-": true, "。": true, "👨\u200d👩": true, "\ufffd": true, "\ue000": true,
	} {
		if Shows(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
