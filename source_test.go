package anwen_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

var typed = &packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
	packages.NeedTypesInfo | packages.NeedImports}

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

// loadSource reads one file as if it stood in the house: it may import what the
// house imports.
func loadSource(t *testing.T, source string) []*packages.Package {
	t.Helper()
	imported := importer{}
	for _, p := range loadHouse(t) {
		imported.add(p.Types)
	}
	sample := &packages.Package{PkgPath: "anwen/sample", Fset: token.NewFileSet(), TypesInfo: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}}
	file, err := parser.ParseFile(sample.Fset, "sample.go", source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	sample.Syntax = []*ast.File{file}
	config := types.Config{Importer: imported}
	if sample.Types, err = config.Check(sample.PkgPath, sample.Fset, sample.Syntax, sample.TypesInfo); err != nil {
		t.Fatal(err)
	}
	return []*packages.Package{sample}
}

// importer gives what was loaded before, by path.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not loaded", path)
}

func (i importer) add(p *types.Package) {
	if i[p.Path()] != nil {
		return
	}
	i[p.Path()] = p
	for _, imported := range p.Imports() {
		i.add(imported)
	}
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
