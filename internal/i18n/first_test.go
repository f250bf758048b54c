package i18n

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What is read before the client is there is what the client says then, in the same
// words of every language.
func TestTheFirstAnswerSaysWhatTheClientSays(t *testing.T) {
	said := map[string][]string{} // key of the first answer → keys of the client with its words in every language
	for _, l := range Locales {
		client := map[string][]string{} // words → keys
		files, err := filepath.Glob(filepath.Join("..", "..", "frontend", "src", "i18n", "locales", string(l), "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no words of the client in %s, %v", l, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var words map[string]string
			if err := json.Unmarshal(raw, &words); err != nil {
				t.Fatal(err)
			}
			for key, text := range words {
				text = strings.NewReplacer("{{", "{", "}}", "}").Replace(text)
				client[text] = append(client[text], filepath.Base(file)+":"+key)
			}
		}
		for key, text := range catalogues[l] {
			if !strings.HasPrefix(key, "api.first_") {
				continue
			}
			if _, before := said[key]; !before {
				said[key] = client[text]
			} else {
				said[key] = slices.DeleteFunc(slices.Clone(said[key]), func(k string) bool { return !slices.Contains(client[text], k) })
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(said)) {
		if len(said[key]) == 0 {
			t.Errorf("%s is not said by the client in the same words", key)
		}
	}
	if len(said) < 10 {
		t.Errorf("%d words of first answers", len(said))
	}
}
