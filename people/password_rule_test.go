package people

import (
	"regexp"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func TestANewPasswordIsLongAndNotGuessed(t *testing.T) {
	context := append(knownOf("Anne Becker", "AH00014", "xm.wang", i18n.Texts{i18n.Hans: "安和银行", i18n.English: "Anhe Bank"}), knownWord{"people.password_holds_name", "王小明"}, knownWord{"people.password_holds_name", "Li"}, knownWord{})
	for password, want := range map[string]string{
		"":                       "people.password_too_short",
		"14 characters.":         "people.password_too_short",
		"一句只有我知道的话啊":             "people.password_too_short",
		strings.Repeat("é", 513): "people.password_too_long",
		"a phrase of my own":     "",
		"15 charactersxx":        "",
		"一句只有我知道的话，谁也猜不出来":                 "",
		"long enough password":             "",
		"gx7k-m2pw-9rtz-hq4v":              "",
		"红烧肉要小火慢炖两个小时才好吃":                  "",
		"password password":                "people.password_common",
		"P@ssw0rdP@ssw0rd2026":             "people.password_common",
		"correcthorsebatterystaple":        "people.password_common",
		"Correct Horse Battery Staple":     "people.password_common",
		"welcomeadmin2026!":                "people.password_common",
		"woaini1314woaini":                 "people.password_common",
		"床前明月光疑是地上霜举头望明月":                  "people.password_common",
		"密码密码密码密码密码密码密码密码":                 "people.password_repeats",
		"aaaaaaaaaaaaaaaa":                 "people.password_repeats",
		"xk7xk7xk7xk7xk7xk7":               "people.password_repeats",
		"一句话一句话一句话一句话一句话":                  "people.password_repeats",
		"1234567890123456":                 "people.password_sequence",
		"qwertyuiopasdfgh":                 "people.password_sequence",
		"abcdefghijklmnop":                 "people.password_sequence",
		"9876543210zyxwvu":                 "people.password_sequence",
		"１２３４５６７８９０１２３４５６":                 "people.password_sequence",
		"一二三四五六七八九十零一二三四":                  "people.password_sequence",
		"this is anne speaking":            "people.password_holds_name",
		"王小明的密码没有人能够猜得出来":                  "people.password_holds_name",
		"AH 00014 is where I work":         "people.password_holds_number",
		"the login is XM.Wang today":       "people.password_holds_login",
		"安和银行培训系统密码口令二零二六年":                "people.password_holds_institution",
		"I work at Anhe Bank, yes":         "people.password_holds_institution",
		"I believe in long walks":          "", // Li is too short to be meant
		"li!li?li.li,li;li":                "people.password_holds_name",
		"correct horse, but another table": "",
	} {
		if err := checkNewPassword(password, context...); errs.CodeOf(err) != want && !(err == nil && want == "") {
			t.Errorf("%q: %v, want %s", password, err, want)
		}
	}
}

func TestATemporaryPasswordKeepsTheRules(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := temporaryPassword()
		if err := checkNewPassword(p, knownOf("temporary", "E000001", "", nil)...); err != nil || seen[p] || !regexp.MustCompile(`^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$`).MatchString(p) {
			t.Fatalf("%q: %v", p, err)
		}
		seen[p] = true
	}
}

// Every entry of the list is one that it finds: in small letters, as it is read.
func TestTheListOfCommonPasswordsIsFound(t *testing.T) {
	if len(common) < 200 {
		t.Fatalf("only %d entries", len(common))
	}
	for word := range common {
		if n := commonAt([]rune(word), 0); n != len([]rune(word)) {
			t.Errorf("%q is found to %d characters", word, n)
		}
	}
}
