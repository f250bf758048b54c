package i18n_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/i18n"
	"anwen/internal/testdb"
)

func TestATextMayHaveAFormForEachLanguage(t *testing.T) {
	for said, want := range map[string]i18n.Texts{
		"安和银行": {i18n.Hans: "安和银行"},
		` {"zh-Hans":"安和银行","en":"Anhe Bank"}`: {i18n.Hans: "安和银行", i18n.English: "Anhe Bank"},
		`{"fr":"Banque"}`: nil, `{"en":""}`: nil, `{}`: nil, `{"en":`: nil,
	} {
		got, err := i18n.ParseTexts(said)
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (want != nil) {
			t.Errorf("%s: %v %s", said, err, diff)
		}
	}
}

func TestTextsFallBackToTheNearestLanguage(t *testing.T) {
	all := i18n.Texts{i18n.Hans: "制度", i18n.Hant: "制度文件", i18n.English: "policy"}
	for name, c := range map[string]struct {
		texts i18n.Texts
		want  i18n.Locale
		text  string
		from  i18n.Locale
	}{
		"the language itself":             {all, i18n.Hant, "制度文件", i18n.Hant},
		"the other script before English": {i18n.Texts{i18n.Hans: "制度", i18n.English: "policy"}, i18n.Hant, "制度", i18n.Hans},
		"an empty text is none":           {i18n.Texts{i18n.Hant: "", i18n.English: "policy"}, i18n.Hant, "policy", i18n.English},
		"a Chinese text for English":      {i18n.Texts{i18n.Hant: "制度文件"}, i18n.English, "制度文件", i18n.Hant},
		"none at all":                     {nil, i18n.Hans, "", i18n.Hans},
	} {
		t.Run(name, func(t *testing.T) {
			text, from := c.texts.Pick(c.want)
			if text != c.text || from != c.from || c.texts.In(c.want) != c.text {
				t.Fatalf("got %q in %s", text, from)
			}
		})
	}
}

func TestTextsComeBackFromTheDatabaseAsTheyWent(t *testing.T) {
	db := testdb.Tx(t)
	if err := db.Exec(`CREATE TEMPORARY TABLE said (id int, texts jsonb) ON COMMIT DROP`).Error; err != nil {
		t.Fatal(err)
	}
	type said struct {
		ID    int
		Texts i18n.Texts
	}
	for i, want := range []i18n.Texts{{i18n.Hans: `𠮷 "引" \`, i18n.English: "a ? @b"}, {}, nil} {
		id := i + 1 // GORM leaves out a key of zero
		if err := db.Table("said").Create(&said{ID: id, Texts: want}).Error; err != nil {
			t.Fatal(err)
		}
		var typed, plain said
		if err := db.Table("said").Where("id = ?", id).Take(&typed).Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Raw(`SELECT id, texts FROM said WHERE id = ?`, id).Scan(&plain).Error; err != nil {
			t.Fatal(err)
		}
		if !cmp.Equal(typed.Texts, want) || !cmp.Equal(plain.Texts, want) {
			t.Errorf("%v came back as %v and %v", want, typed.Texts, plain.Texts)
		}
	}
	var t1 i18n.Texts
	if t1.Scan(42) == nil || t1.Scan("[1]") == nil {
		t.Error("what is no object of texts was read")
	}
}
