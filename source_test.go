package anwen_test

import (
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

var typed = &packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
	packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps}

var house = sync.OnceValues(func() ([]*packages.Package, error) { return packages.Load(typed, "./...") })

// loadHouse reads every package of the product with its types, tests left out.
func loadHouse(t *testing.T) []*packages.Package {
	t.Helper()
	pkgs, err := house()
	if err != nil {
		t.Fatal(err)
	}
	return sound(t, pkgs)
}

// loadSource reads one file as if it stood in the house.
func loadSource(t *testing.T, source string) []*packages.Package {
	t.Helper()
	dir, err := filepath.Abs("sample")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "sample.go")
	config := *typed
	config.Overlay = map[string][]byte{file: []byte(source)}
	pkgs, err := packages.Load(&config, "file="+file)
	if err != nil {
		t.Fatal(err)
	}
	return sound(t, pkgs)
}

func sound(t *testing.T, pkgs []*packages.Package) []*packages.Package {
	t.Helper()
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
	}
	return pkgs
}
