package anwen_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A second connection that is asked for inside a transaction empties the pool when
// many come at once: each waits for a connection that another one holds. So what
// receives a database.Tx may neither touch a *database.Pool nor call what does.
// Calls through an interface count as calls of every type that satisfies it.
func TestNothingInsideATransactionAsksThePool(t *testing.T) {
	for _, fault := range poolInsideTx(loadHouse(t)) {
		t.Error(fault)
	}
}

func TestTheReaderOfTransactionsFindsAPoolInside(t *testing.T) {
	found := poolInsideTx(loadSource(t, `package sample
		import ("context"; "anwen/internal/database")
		type keeper interface{ keep(context.Context) error }
		type room struct{ db *database.Pool; above keeper }
		func (r *room) keep(ctx context.Context) error { return r.db.WithContext(ctx).Exec("x").Error }
		func (r *room) direct(ctx context.Context) error {
			return r.db.Transaction(ctx, func(tx database.Tx) error { return r.db.WithContext(ctx).Exec("x").Error })
		}
		func (r *room) throughACallTx(ctx context.Context, tx database.Tx) error { return r.keep(ctx) }
		func (r *room) throughAnInterfaceTx(ctx context.Context, tx database.Tx) error { return r.above.keep(ctx) }
		func (r *room) handedDown(ctx context.Context) error {
			return r.db.Transaction(ctx, func(tx database.Tx) error { return read(ctx, r.db) })
		}
		func read(ctx context.Context, conn database.Conn) error { return conn.WithContext(ctx).Exec("x").Error }
		func (r *room) allowed(ctx context.Context) error {
			if err := read(ctx, r.db); err != nil { return err }
			return r.db.Transaction(ctx, func(tx database.Tx) error { return read(ctx, tx) })
		}`))
	if len(found) != 4 {
		t.Fatalf("found %d of 4:\n%s", len(found), strings.Join(found, "\n"))
	}
	for i, name := range []string{"direct", "throughACallTx", "throughAnInterfaceTx", "handedDown"} {
		if !strings.Contains(found[i], name+":") {
			t.Errorf("fault %d is %q, wanted one in %s", i, found[i], name)
		}
	}
}

// The name of a function tells that it composes inside a transaction, and GORM's own
// handle, which is both pool and transaction, is nobody's parameter or field.
func TestWhatTakesATransactionSaysSoInItsName(t *testing.T) {
	for _, fault := range misnamed(loadHouse(t)) {
		t.Error(fault)
	}
}

func TestTheReaderOfTransactionsFindsAWrongName(t *testing.T) {
	found := misnamed(loadSource(t, `package sample
		import ("gorm.io/gorm"; "anwen/internal/database")
		type above interface{ tell(tx database.Tx) }
		type room struct{ db *gorm.DB }
		func silent(tx database.Tx) {}
		func loudTx() {}
		func both(db *gorm.DB) {}
		func fineTx(tx database.Tx) {}
		func fine(conn database.Conn) {}`))
	if len(found) != 5 {
		t.Fatalf("found %d of 5:\n%s", len(found), strings.Join(found, "\n"))
	}
}

// misnamed lists what takes a transaction without saying so, says so without taking
// one, or keeps GORM's handle.
func misnamed(pkgs []*packages.Package) (faults []string) {
	for _, p := range pkgs {
		if p.PkgPath == "anwen/internal/database" || p.PkgPath == "anwen/internal/testdb" {
			continue
		}
		for id, object := range p.TypesInfo.Defs {
			fault := ""
			switch o := object.(type) {
			case *types.Func:
				if takes, says := takesTx(o.Type()), strings.HasSuffix(id.Name, "Tx"); takes != says {
					fault = "takes a transaction: its name ends in Tx"
					if says {
						fault = "takes no transaction: its name does not end in Tx"
					}
				}
			case *types.Var:
				if pointer, ok := o.Type().(*types.Pointer); ok && pointer.Elem().String() == "gorm.io/gorm.DB" && handed(o) {
					fault = "is GORM's handle: take a Pool, a Tx or a Conn"
				}
			}
			if fault != "" {
				faults = append(faults, p.Fset.Position(id.Pos()).String()+": "+id.Name+" "+fault)
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// handed tells a parameter or a field from a variable of a function.
func handed(v *types.Var) bool { return v.IsField() || v.Kind() == types.ParamVar }

// function is one declared function of the house.
type function struct {
	object *types.Func
	decl   *ast.FuncDecl
	info   *types.Info
	fset   *token.FileSet
	pool   bool // it, or something it calls outside a transaction of its own, uses the pool
}

// poolInsideTx lists the places where the pool is used inside a transaction.
func poolInsideTx(pkgs []*packages.Package) []string {
	functions, byObject := functionsOf(pkgs), map[*types.Func]*function{}
	for _, f := range functions {
		byObject[f.object] = f
	}
	reaches := func(call *ast.CallExpr, info *types.Info) bool {
		for _, callee := range calleesOf(call, info, functions) {
			if known := byObject[callee]; known != nil && known.pool {
				return true
			}
		}
		return false
	}
	for changed := true; changed; {
		changed = false
		for _, f := range functions {
			if f.pool {
				continue
			}
			ast.Inspect(f.decl, func(n ast.Node) bool {
				f.pool = f.pool || touchesPool(n, f.info)
				if call, ok := n.(*ast.CallExpr); ok && !f.pool {
					f.pool = reaches(call, f.info)
				}
				return !f.pool
			})
			changed = changed || f.pool
		}
	}
	var faults []string
	for _, f := range functions {
		for _, body := range transactionsOf(f) {
			ast.Inspect(body, func(n ast.Node) bool {
				call, isCall := n.(*ast.CallExpr)
				if n != nil && (touchesPool(n, f.info) || isCall && reaches(call, f.info)) {
					faults = append(faults, f.fset.Position(n.Pos()).String()+": "+f.object.Name()+": the pool is asked inside a transaction; hand the Tx down")
					return false
				}
				return true
			})
		}
	}
	return faults
}

// transactionsOf are the bodies in f that run inside a transaction.
func transactionsOf(f *function) []*ast.BlockStmt {
	if f.decl.Body == nil {
		return nil
	}
	if takesTx(f.object.Type()) {
		return []*ast.BlockStmt{f.decl.Body}
	}
	var bodies []*ast.BlockStmt
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && takesTx(f.info.TypeOf(lit)) {
			bodies = append(bodies, lit.Body)
			return false
		}
		return true
	})
	return bodies
}

func takesTx(t types.Type) bool {
	signature, ok := t.(*types.Signature)
	if !ok {
		return false
	}
	for p := range signature.Params().Variables() {
		if named(p.Type(), "Tx") {
			return true
		}
	}
	return false
}

// touchesPool reports whether the node is an expression of the pool's type.
func touchesPool(n ast.Node, info *types.Info) bool {
	e, ok := n.(ast.Expr)
	if !ok {
		return false
	}
	value, known := info.Types[e]
	if !known || !value.IsValue() {
		return false
	}
	pointer, ok := value.Type.(*types.Pointer)
	return ok && named(pointer.Elem(), "Pool")
}

func named(t types.Type, name string) bool {
	n, ok := t.(*types.Named)
	return ok && n.Obj().Name() == name && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "anwen/internal/database"
}

// calleesOf are the functions that a call may run.
func calleesOf(call *ast.CallExpr, info *types.Info, all []*function) []*types.Func {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	callee, ok := info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	return targetsOf(callee, all)
}

// targetsOf are the functions that a callee stands for: itself, or the methods of
// every type that satisfies its interface.
func targetsOf(callee *types.Func, all []*function) []*types.Func {
	receiver := callee.Signature().Recv()
	if receiver == nil || !types.IsInterface(receiver.Type()) {
		return []*types.Func{callee.Origin()}
	}
	iface, _ := receiver.Type().Underlying().(*types.Interface)
	var found []*types.Func
	for _, f := range all {
		r := f.object.Signature().Recv()
		if r != nil && f.object.Name() == callee.Name() && types.Implements(r.Type(), iface) {
			found = append(found, f.object)
		}
	}
	return found
}

func functionsOf(pkgs []*packages.Package) []*function {
	var all []*function
	for _, p := range pkgs {
		if p.PkgPath == "anwen/internal/database" {
			continue
		}
		for _, file := range p.Syntax {
			for _, d := range file.Decls {
				if decl, ok := d.(*ast.FuncDecl); ok {
					all = append(all, &function{object: p.TypesInfo.Defs[decl.Name].(*types.Func), decl: decl, info: p.TypesInfo, fset: p.Fset})
				}
			}
		}
	}
	return all
}
