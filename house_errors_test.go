package anwen_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// cannotOccur are kinds that the reader finds and that a verb never returns, each
// with the reason.
var cannotOccur = map[string]string{
	"certificates.Service.Document: Forbidden": "what the actor may not read is NotFound",
	"policies.Service.Publish: NotFound":       "the versions that are cited are never deleted",
	"policies.Service.PublishTx: NotFound":     "the versions that are cited are never deleted",
	"policies.Service.PublishFolder: NotFound": "the versions that are cited are never deleted",
	"quizzes.Service.Practise: Forbidden":      "practice is open from every network",
	"quizzes.Service.Practise: Invalid":        "practice asks for no password",
	"quizzes.Service.Practise: TooMany":        "practice asks for no password",
	"quizzes.Service.Attempt: Invalid":         "an answer is stored only when it can be graded",
	"quizzes.Service.Submit: Invalid":          "an answer is stored only when it can be graded",
	"quizzes.Service.SubmitExpired: Invalid":   "an answer is stored only when it can be graded",
	"quizzes.Service.SubmitExpired: NotFound":  "its attempts were just read, and none is ever deleted",
	"quizzes.Service.WaitingEssays: NotFound":  "its attempts were just read, and none is ever deleted",
	"quizzes.Service.BankContents: Invalid":    "its cursors come from the page before",
}

// A verb of a room tells in its comment every kind of failure that it may return,
// and no other. The reader takes each errs.Kind that stands in a function, or in
// whatever else returns an error and is named in it, at any depth and in every room;
// a method of an interface stands for that of every type that has it. It does not
// follow conditions: a kind that is caught on the way, or that these arguments rule
// out, is an entry of cannotOccur. It does not see an error that is kept in a field or
// sent through a channel.
func TestAVerbSaysWhichErrorsItReturns(t *testing.T) {
	verbs := verbsOf(loadHouse(t))
	verbs = slices.DeleteFunc(verbs, func(v verb) bool {
		return !slices.Contains(rooms, first(v.pkg))
	})
	faults, used := faultsOf(verbs)
	for _, fault := range faults {
		t.Error(fault)
	}
	for key := range cannotOccur {
		if !used[key] {
			t.Errorf("%s needs no exception any more", key)
		}
	}
	if len(verbs) < 100 {
		t.Fatalf("only %d verbs were read", len(verbs))
	}
}

func TestTheReaderOfErrorsFollowsWhatIsCalled(t *testing.T) {
	verbs := verbsOf(loadSource(t, `package sample
		import "anwen/internal/errs"
		type asker interface{ Ask() error }
		type Room struct{ above asker }
		// Ask is right. Conflict when it is late.
		func (r *Room) Ask() error { return errs.New(errs.Conflict, "x", nil) }
		// Through says nothing.
		func (r *Room) Through() error { return deep() }
		func deep() error { return deeper(); }
		func deeper() error { return errs.New(errs.NotFound, "x", nil) }
		// Upwards says NotFound.
		func (r *Room) Upwards() error { return r.above.Ask() }
		// Literal says nothing.
		func Literal() error { return do(func() error { return errs.New(errs.Forbidden, "x", nil) }) }
		func do(f func() error) error { return f() }
		// Handed says nothing.
		func Handed() error { return do(deeper) }
		// Kept says nothing.
		func Kept() error { return kept() }
		var kept = func() error { return errs.New(errs.TooLarge, "x", nil) }
		// Compared says nothing.
		func Compared(err error) error { if errs.KindOf(err) == errs.Invalid { return nil }; return err }
		type hidden struct{}
		// Silent is nobody's.
		func (hidden) Silent() error { return deeper() }`))
	faults, _ := faultsOf(verbs)
	want := []string{"Room.Through may return NotFound", "Room.Upwards cannot return NotFound", "Room.Upwards may return Conflict",
		"Literal may return Forbidden", "Handed may return NotFound", "Kept may return TooLarge"}
	if len(faults) != len(want) {
		t.Fatalf("found %d of %d:\n%s", len(faults), len(want), strings.Join(faults, "\n"))
	}
	for i, fault := range faults {
		if !strings.Contains(fault, ": "+want[i]) {
			t.Errorf("fault %d is %q, wanted %q", i, fault, want[i])
		}
	}
}

// faultsOf lists the kinds that the comments leave out or add, and the exceptions
// that were needed.
func faultsOf(verbs []verb) (faults []string, used map[string]bool) {
	used = map[string]bool{}
	for _, v := range verbs {
		for _, kind := range kindNames {
			key, says := v.pkg+"."+v.name+": "+kind, v.says(kind)
			may := slices.Contains(v.kinds, kind)
			if may && cannotOccur[key] != "" {
				may, used[key] = false, true
			}
			if may && !says {
				faults = append(faults, v.at.String()+": "+v.name+" may return "+kind+": say so in its comment")
			} else if says && !may {
				faults = append(faults, v.at.String()+": "+v.name+" cannot return "+kind+", which its comment says")
			}
		}
	}
	return faults, used
}

// kindNames are the kinds as errs names them.
var kindNames = []string{"Invalid", "NotFound", "Conflict", "Forbidden", "Unauthenticated", "TooLarge", "TooMany", "Unavailable"}

// verb is an exported function or method that returns an error.
type verb struct {
	pkg, name, doc string // name is Type.Method for a method
	at             token.Position
	kinds          []string // as errs names them, sorted
}

func (v verb) says(kind string) bool {
	return regexp.MustCompile(`\b` + kind + `\b`).MatchString(v.doc)
}

// verbsOf lists the exported verbs of the packages with the kinds that they may return.
func verbsOf(pkgs []*packages.Package) (verbs []verb) {
	functions := functionsOf(pkgs)
	bodies := failing(pkgs, functions)
	kinds, uses := map[types.Object]map[string]bool{}, map[types.Object][]types.Object{}
	for object, body := range bodies {
		kinds[object] = kindsIn(body)
		ast.Inspect(body.node, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			switch used := body.info.Uses[id].(type) {
			case *types.Func:
				for _, target := range targetsOf(used, functions) {
					uses[object] = append(uses[object], target)
				}
			case *types.Var:
				uses[object] = append(uses[object], used)
			}
			return true
		})
	}
	for changed := true; changed; {
		changed = false
		for object, used := range uses {
			before := len(kinds[object])
			for _, u := range used {
				maps.Copy(kinds[object], kinds[u])
			}
			changed = changed || len(kinds[object]) > before
		}
	}
	for _, f := range functions {
		if name := exportedName(f.object); name != "" && kinds[f.object] != nil {
			verbs = append(verbs, verb{pkg: strings.TrimPrefix(f.object.Pkg().Path(), "anwen/"), name: name, doc: f.decl.Doc.Text(),
				at: f.fset.Position(f.decl.Pos()), kinds: slices.Sorted(maps.Keys(kinds[f.object]))})
		}
	}
	return verbs
}

// body is what runs when a function, or a variable that holds one, is called.
type body struct {
	node ast.Node
	info *types.Info
}

// failing are the bodies of the functions, and of the variables of a package that
// hold one, that return an error.
func failing(pkgs []*packages.Package, functions []*function) map[types.Object]body {
	found := map[types.Object]body{}
	for _, f := range functions {
		if returnsError(f.object.Type()) {
			found[f.object] = body{f.decl, f.info}
		}
	}
	for _, p := range pkgs {
		for _, init := range p.TypesInfo.InitOrder {
			for _, v := range init.Lhs {
				if returnsError(v.Type()) {
					found[v] = body{init.Rhs, p.TypesInfo}
				}
			}
		}
	}
	return found
}

// exportedName is the name of a function, Type.Method for a method; empty when
// another package cannot say it.
func exportedName(f *types.Func) string {
	if !f.Exported() {
		return ""
	}
	r := f.Signature().Recv()
	if r == nil {
		return f.Name()
	}
	receiver := r.Type()
	if p, ok := receiver.(*types.Pointer); ok {
		receiver = p.Elem()
	}
	if n, ok := receiver.(*types.Named); ok && n.Obj().Exported() {
		return n.Obj().Name() + "." + f.Name()
	}
	return ""
}

// kindsIn are the kinds that stand in a body, those that it only compares with
// left out.
func kindsIn(b body) map[string]bool {
	found := map[string]bool{}
	ast.Inspect(b.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return n.Op != token.EQL && n.Op != token.NEQ
		case *ast.Ident:
			if c, ok := b.info.Uses[n].(*types.Const); ok && c.Type().String() == "anwen/internal/errs.Kind" {
				found[c.Name()] = true
			}
		}
		return true
	})
	return found
}

// returnsError reports whether a call of the type gives an error.
func returnsError(t types.Type) bool {
	signature, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	failure := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	for r := range signature.Results().Variables() {
		if types.Implements(r.Type(), failure) {
			return true
		}
	}
	return false
}
