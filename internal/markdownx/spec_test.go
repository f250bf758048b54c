package markdownx

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

type example struct {
	Markdown   string
	HTML       string
	Example    int
	Section    string
	Extensions []string
}

func examples(t *testing.T, file string) []example {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "fixtures", "markdown", file))
	if err != nil {
		t.Skip("the specification's examples are not here: ../shared/fixtures/markdown/" + file)
	}
	var list []example
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// known are the examples that we render otherwise, and why.
var known = []struct {
	why             string
	commonMark, gfm []int
}{
	{"HTML in the text is left out: lessons and policies come from outside",
		[]int{21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 182, 186, 187, 188, 189, 190, 191, 192, 193, 203, 346, 477, 478, 479, 493, 496, 526, 538, 615, 616, 617, 618, 619, 628, 631, 632, 633, 645, 646},
		[]int{118, 119, 120, 121, 122, 123, 124, 125, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 149, 153, 154, 155, 156, 157, 158, 159, 160, 170, 317, 327, 354, 484, 485, 486, 500, 503, 532, 544, 632, 633, 634, 635, 636, 645, 646, 649, 650, 651, 653, 663, 664}},
	{"only http, https and mailto addresses and relative paths become links; not empty ones, backslashes or other schemes",
		[]int{202, 204, 348, 487, 488, 489, 502, 504, 569, 598, 599, 600, 601, 603, 605},
		[]int{169, 171, 356, 495, 496, 508, 510, 575, 604, 605, 606, 607, 609, 611, 628}},
	{"addresses become links by themselves, as in GFM",
		[]int{610, 613, 614},
		[]int{616, 619, 620}},
	{"the name of a language is letters and digits",
		[]int{34, 144},
		[]int{114, 330}},
}

// Every example of the specifications renders as it says, but for those above;
// and those above do differ, so that the list cannot rot.
func TestTheSpecificationsExamplesRenderAsTheySay(t *testing.T) {
	for file, listed := range map[string]func(int) []int{
		"commonmark-spec.json": func(i int) []int { return known[i].commonMark },
		"gfm-spec.json":        func(i int) []int { return known[i].gfm },
	} {
		t.Run(file, func(t *testing.T) {
			reasons := map[int]string{}
			for i, k := range known {
				for _, n := range listed(i) {
					reasons[n] = k.why
				}
			}
			list, same := examples(t, file), 0
			for _, e := range list {
				doc, _ := Render([]byte(e.Markdown), Options{Image: func(name string) (string, bool) { return name, true }})
				got, want := normal(t, doc.HTML), normal(t, e.HTML)
				why, excused := reasons[e.Example]
				switch {
				case got == want && excused:
					t.Errorf("example %d is listed (%s) and renders as it says", e.Example, why)
				case got != want && !excused:
					t.Errorf("example %d, %s: %q\n got %s\nwant %s", e.Example, e.Section, e.Markdown, got, want)
				case got == want:
					same++
				}
			}
			t.Logf("%d of %d examples render as they say, %d otherwise with a reason", same, len(list), len(reasons))
		})
	}
}

// normal writes HTML in one way: void elements, entities, and space, which counts
// within a line and not around blocks; without what we add (ids of headings, rel
// and target of links).
func normal(t *testing.T, source string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var write func(n *html.Node, pre bool)
	write = func(n *html.Node, pre bool) {
		switch n.Type {
		case html.TextNode:
			text := n.Data
			if !pre {
				text = blanks.ReplaceAllString(text, " ")
			}
			b.WriteString(html.EscapeString(text))
			return
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			slices.SortFunc(n.Attr, func(x, y html.Attribute) int { return strings.Compare(x.Key, y.Key) })
			for _, a := range n.Attr {
				if a.Key != "id" && a.Key != "rel" && a.Key != "target" && a.Val != "bracketed" {
					b.WriteString(" " + a.Key + "=" + a.Val)
				}
			}
			b.WriteString(">")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(c, pre || n.DataAtom == atom.Pre)
		}
		if n.Type == html.ElementNode {
			b.WriteString("</" + n.Data + ">")
		}
	}
	for _, n := range nodes {
		write(n, false)
	}
	return strings.TrimSpace(aroundBlocks.ReplaceAllString(b.String(), "$1"))
}

var (
	blanks       = regexp.MustCompile(`\s+`)
	aroundBlocks = regexp.MustCompile(`\s*(</?(?:p|ul|ol|li|blockquote|h[1-6]|pre|hr|br|table|thead|tbody|tr|td|th|dl|dt|dd|section|div)(?: [^<>]*)?>)\s*`)
)
