package formats

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// itemRef is an item of a package with what the test around it says.
type itemRef struct {
	file    string
	section string   // titles of the sections around it, outermost first
	dropped []string // what the test says of it and no question can hold
}

// packageOrder lists the items of a package: those of its tests in their order and
// sections, then those that no test names.
func packageOrder(files archive.Files, faults *errs.Faults) []itemRef {
	o := qtiOrder{files: files, faults: faults, at: map[string]int{}, read: map[string]bool{}}
	for _, name := range files.Names() {
		if raw := files[name]; isXMLFile(name) && isQTI(raw, "assessmenttest", "assessment-test") {
			if root := readXML(name, raw, faults); root != nil {
				o.walk(name, root, nil, 0)
			}
		}
	}
	for _, name := range files.Names() {
		if _, named := o.at[name]; !named && isXMLFile(name) && isQTIItem(files[name]) {
			o.refs = append(o.refs, itemRef{file: name})
		}
	}
	return o.refs
}

func isXMLFile(name string) bool { return strings.EqualFold(filepath.Ext(name), ".xml") }

type qtiOrder struct {
	files   archive.Files
	faults  *errs.Faults
	refs    []itemRef
	at      map[string]int  // where the item stands in refs
	read    map[string]bool // files of sections
	waiting []string        // of the test, for its next item
}

// maxSections is how deep sections may stand in one another.
const maxSections = 20

func (o *qtiOrder) walk(file string, n *node, titles []string, depth int) {
	if depth > maxSections {
		o.faults.Add(errs.Place{File: file, Line: n.line}, "quizzes.xml_too_large", nil)
		return
	}
	for _, c := range n.children {
		switch c.name {
		case "testpart":
			o.walk(file, c, titles, depth+1)
		case "assessmentsection":
			inner := titles
			if title := oneSpace(c.attr("title")); title != "" {
				inner = append(titles[:len(titles):len(titles)], title)
			}
			o.walk(file, c, inner, depth+1)
		case "assessmentsectionref":
			if name, ok := o.find(file, c); ok && !o.read[name] {
				o.read[name] = true
				if root := readXML(name, o.files[name], o.faults); root != nil {
					o.walk(name, &node{children: []*node{root}}, titles, depth+1)
				}
			}
		case "assessmentitemref":
			o.item(file, c, titles)
		case "selection", "ordering", "timelimits", "itemsessioncontrol", "precondition", "branchrule", "rubricblock", "testfeedback", "outcomeprocessing":
			o.waiting = append(o.waiting, strings.Join(append(titles[:len(titles):len(titles)], describeNode(c)), " / "))
		}
	}
}

// item puts an item that the test names into its place; the second time is said of
// the first.
func (o *qtiOrder) item(file string, n *node, titles []string) {
	name, ok := o.find(file, n)
	if !ok {
		return
	}
	if i, there := o.at[name]; there {
		o.refs[i].dropped = append(o.refs[i].dropped, describeNode(n))
		return
	}
	ref := itemRef{file: name, section: strings.Join(titles, "/"), dropped: o.waiting}
	o.waiting = nil
	for _, c := range n.children {
		if c.name != "" {
			ref.dropped = append(ref.dropped, describeNode(c))
		}
	}
	o.at[name] = len(o.refs)
	o.refs = append(o.refs, ref)
}

// find is the file of the package that the href of the node means.
func (o *qtiOrder) find(file string, n *node) (string, bool) {
	href := n.attr("href")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	name := path.Join(path.Dir(file), href)
	if _, ok := o.files[name]; !ok {
		o.faults.Add(errs.Place{File: file, Line: n.line}, "quizzes.qti_missing_file", errs.Args{"name": cut(n.attr("href"), 80)})
		return "", false
	}
	return name, true
}

// describeNode is an element with its attributes and words, for a list of what was
// left out.
func describeNode(n *node) string {
	parts := []string{n.name}
	for _, key := range []string{"identifier", "select", "shuffle", "value", "mintime", "maxtime", "maxattempts", "target"} {
		if v := n.attr(key); v != "" {
			parts = append(parts, key+"="+cut(v, 40))
		}
	}
	if words := oneSpace(n.content()); words != "" {
		parts = append(parts, cut(words, 60))
	}
	return strings.Join(parts, " ")
}
