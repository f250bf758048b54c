package policies_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"anwen/internal/i18n"
	"anwen/internal/identifier"
	"anwen/internal/testdb"
	"anwen/policies"
)

// Titles come back as they went in, whatever they hold.
func TestNaughtyTitlesSurvive(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(testdb.Root(), "..", "shared", "fixtures", "strings", "blns.json"))
	if err != nil {
		t.Skip("the list of naughty strings is not here: ../shared/fixtures/strings")
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	db, kept := testdb.Tx(t), 0
	for i, title := range list {
		title = strings.TrimSpace(title)
		if !identifier.Shows(title) || strings.ContainsRune(title, 0) || utf8.RuneCountInString(title) > policies.MaxTitle {
			continue
		}
		kept++
		in := input("x")
		in.Code, in.Titles = fmt.Sprintf("N-%d", i), i18n.Texts{i18n.Hans: title}
		publish(t, db, in)
		p, err := service(db).Policy(t.Context(), employee(0), in.Code)
		if err != nil || p.Titles[i18n.Hans] != title {
			t.Errorf("%q became %q, %v", title, p.Titles[i18n.Hans], err)
		}
	}
	t.Logf("%d titles", kept)
}
