package anwen_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// asksTwice are the verbs whose transaction asks its room's clock more than once, each
// with the reason.
var asksTwice = map[string]string{
	"policies.SaveDraft": "once for a draft that is opened, or once for the step of one that there is",
}

// What a transaction writes has one instant, its event too: a record and the event that
// tells of it never differ. So a transaction asks the clock of its room once; what is
// called through other rooms has that room's instant.
func TestATransactionHasOneInstant(t *testing.T) {
	found := instants(loadHouse(t))
	for _, f := range found {
		if name, _, _ := strings.Cut(f, ":"); asksTwice[name] == "" {
			t.Error(f)
		}
	}
	for name := range asksTwice {
		if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, name+":") }) {
			t.Errorf("%s is said to ask the clock twice, and does not", name)
		}
	}
}

func TestTheReaderOfInstantsFindsTheSecond(t *testing.T) {
	found := instants(loadSource(t, `package sample
		import ("context"; "sync"; "time"; "anwen/internal/database")
		type room struct{ db *database.Pool; now func() time.Time }
		func (r *room) directly(ctx context.Context) error {
			return r.db.Transaction(ctx, func(tx database.Tx) error { _, _ = r.now(), r.now(); return nil })
		}
		func (r *room) throughACall(ctx context.Context) error {
			return r.db.Transaction(ctx, func(tx database.Tx) error { _ = r.now(); return r.writeTx(tx) })
		}
		func (r *room) writeTx(tx database.Tx) error { _ = r.now(); return nil }
		func (r *room) once(ctx context.Context) error {
			_ = r.now()
			return r.db.Transaction(ctx, func(tx database.Tx) error { now := sync.OnceValue(r.now); _, _ = now(), now(); return nil })
		}`))
	if len(found) != 2 || !strings.HasPrefix(found[0], "sample.directly:") || !strings.HasPrefix(found[1], "sample.throughACall:") {
		t.Errorf("found %q", found)
	}
}

// instants lists the functions with a transaction that asks the clock twice.
func instants(pkgs []*packages.Package) (found []string) {
	functions, byObject := functionsOf(pkgs), map[*types.Func]*function{}
	for _, f := range functions {
		byObject[f.object] = f
	}
	for _, f := range functions {
		if takesTx(f.object.Type()) {
			continue // its callers' transactions are looked at
		}
		for _, body := range transactionsOf(f) {
			if n := asks(body, f, byObject, []*types.Func{f.object}); n > 1 {
				found = append(found, fmt.Sprintf("%s.%s: its transaction asks the clock %d times", f.object.Pkg().Name(), f.object.Name(), n))
			}
		}
	}
	slices.Sort(found)
	return found
}

// asks counts how often the node asks the clock, and what it calls in its own package
// does.
func asks(n ast.Node, f *function, byObject map[*types.Func]*function, under []*types.Func) (count int) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if v, ok := f.info.Uses[n.Sel].(*types.Var); ok && v.IsField() && v.Name() == "now" && v.Type().String() == "func() time.Time" {
				count++
			}
		case *ast.CallExpr:
			for _, callee := range calleesOf(n, f.info, nil) {
				known := byObject[callee]
				if known == nil || known.object.Pkg() != f.object.Pkg() || known.decl.Body == nil || slices.Contains(under, callee) {
					continue
				}
				count += asks(known.decl.Body, known, byObject, append(under, callee))
			}
		}
		return true
	})
	return count
}
