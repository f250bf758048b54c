package anwen_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// avoided are words that no name holds, each with what is said instead. A name is
// that of a type, function, method, field, constant or variable of a package; the
// name of a test is a sentence and may use every word.
var avoided = map[string]string{
	"admitted":   "what was asked: in time, right password, allowed network",
	"adopt":      "turn into",
	"alone":      "only",
	"arrival":    "incoming",
	"arrivals":   "incoming",
	"beyond":     "outside; of a calendar, incomplete",
	"given":      "answered, or the noun that was given",
	"near":       "within; of an address, in the network",
	"resting":    "locked",
	"ripe":       "due",
	"sitting":    "attempt",
	"sittings":   "attempts",
	"terms":      "conditions",
	"twin":       "duplicate",
	"twins":      "duplicates",
	"understood": "proven, acknowledged",
}

// avoidedNames are whole names that a room must not declare, each with what is said
// instead; "*" is every room.
var avoidedNames = map[string]map[string]string{
	"courses": {"Draft": "Manuscript"},
	"quizzes": {"ItemEdition": "ItemVersion"},
	"*":       {"Card": "Breakdown of a score, CourseQuiz of a quiz", "CoursePage": "Course", "BriefingCard": "Briefing"},
}

// mayStay are names that hold an avoided word in another sense.
var mayStay = map[string]string{
	"cmd/anwen.given":    "the given names of the sample's people",
	"search.terms":       "the terms of a search",
	"server.givenAnswer": "clients know the schema by this name",
	"server.givenPoints": "clients know the schema by this name",
}

func TestNamesUseTheWordsOfTheGlossary(t *testing.T) {
	used, read := map[string]bool{}, 0
	for file := range sources(t) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.ToSlash(filepath.Dir(file))
		for _, name := range declared(parsed) {
			read++
			word, instead := wrong(first(file), name)
			if word == "" {
				continue
			}
			if key := folder + "." + name; mayStay[key] != "" {
				used[key] = true
			} else {
				t.Errorf("%s: the name %s says %q; write %s", file, name, word, instead)
			}
		}
	}
	for key := range mayStay {
		if !used[key] {
			t.Errorf("%s needs no exception any more", key)
		}
	}
	if read < 1000 {
		t.Fatalf("only %d names were read", read)
	}
}

func TestTheReaderOfNamesFindsAnAvoidedWord(t *testing.T) {
	parsed, err := parser.ParseFile(token.NewFileSet(), "sample.go", `package sample
		const Sittings = 1
		var atLeast, isNear = 1, true
		type Draft struct{ BeyondHTMLTerms int; Nearly struct{ twin int } }
		type asker interface{ Understood() }
		type Card struct{}
		func (Draft) adoptTx(given int) { alone := 1; _ = alone }
		func TestWhatIsGivenAlone() {}
		func Terminal() {}`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, name := range declared(parsed) {
		if word, _ := wrong("courses", name); word != "" {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	want := []string{"BeyondHTMLTerms", "Card", "Draft", "Sittings", "Understood", "adoptTx", "isNear", "twin"}
	if !slices.Equal(found, want) {
		t.Fatalf("found %v, want %v", found, want)
	}
	if word, _ := wrong("policies", "Draft"); word != "" {
		t.Error("a policy has drafts")
	}
}

// wrong returns the avoided word of a name, or the whole name, and what to say instead.
func wrong(room, name string) (word, instead string) {
	for _, w := range wordsOf(name) {
		if avoided[w] != "" {
			return w, avoided[w]
		}
	}
	if !slices.Contains(rooms, room) {
		return "", ""
	}
	for _, where := range []string{room, "*"} {
		if instead := avoidedNames[where][name]; instead != "" {
			return name, instead
		}
	}
	return "", ""
}

// declared lists the names that a file declares, those of its tests left out.
func declared(file *ast.File) (names []string) {
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			names = append(names, id.Name)
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if !strings.HasPrefix(d.Name.Name, "Test") && !strings.HasPrefix(d.Name.Name, "Benchmark") && !strings.HasPrefix(d.Name.Name, "Fuzz") {
				add(d.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					add(s.Name)
				case *ast.ValueSpec:
					add(s.Names...)
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			for _, field := range n.Fields.List {
				add(field.Names...)
			}
		case *ast.InterfaceType:
			for _, method := range n.Methods.List {
				add(method.Names...)
			}
		}
		return true
	})
	return names
}

// wordsOf splits BeyondHTMLTerms into beyond, html and terms.
func wordsOf(name string) (words []string) {
	letters, start := []rune(name), 0
	for i := range letters {
		begins := unicode.IsUpper(letters[i]) && (i > 0 && !unicode.IsUpper(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if begins && i > start {
			words, start = append(words, strings.ToLower(string(letters[start:i]))), i
		}
	}
	return append(words, strings.ToLower(string(letters[start:])))
}
