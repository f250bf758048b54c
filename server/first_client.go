package server

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// firstClient is the built client as first answers need it: its page, and what each of
// its modules is made of.
type firstClient struct {
	page    string // index.html without its style sheets
	styles  []string
	modules map[string]builtModule
	read    func(name string) string
}

// builtModule is an entry of the manifest that the client's build writes.
type builtModule struct {
	File    string   `json:"file"`
	Imports []string `json:"imports"`
	CSS     []string `json:"css"`
}

var styleLink = regexp.MustCompile(`[ \t]*<link rel="stylesheet"[^>]*href="/([^"]+)"[^>]*>\n?`)

// newFirstClient reads the built client; nil when it is not there or was built without a
// manifest, and then first answers are index.html alone.
func newFirstClient(files fs.FS) *firstClient {
	if files == nil {
		return nil
	}
	index, err := fs.ReadFile(files, "index.html")
	raw, missing := fs.ReadFile(files, ".vite/manifest.json")
	f := &firstClient{read: func(name string) string { b, _ := fs.ReadFile(files, name); return string(bytes.TrimSpace(b)) }}
	if err != nil || missing != nil || json.Unmarshal(raw, &f.modules) != nil {
		return nil
	}
	for _, m := range styleLink.FindAllStringSubmatch(string(index), -1) {
		f.styles = append(f.styles, m[1])
	}
	f.page = styleLink.ReplaceAllString(string(index), "")
	return f
}

// parts are the scripts and style sheets of the modules that index.html does not name
// itself.
func (f *firstClient) parts(modules ...string) (scripts, styles []string) {
	seen := map[string]bool{"index.html": true}
	var add func(module string)
	add = func(module string) {
		m, there := f.modules[module]
		if seen[module] || !there {
			return
		}
		seen[module] = true
		if !strings.Contains(f.page, m.File) {
			scripts = append(scripts, m.File)
		}
		for _, css := range m.CSS {
			if !slices.Contains(styles, css) && !slices.Contains(f.styles, css) {
				styles = append(styles, css)
			}
		}
		for _, i := range m.Imports {
			add(i)
		}
	}
	for _, module := range modules {
		add(module)
	}
	return scripts, styles
}
