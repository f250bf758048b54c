// Package frontend carries the built browser client inside the binary.
//
// A fresh checkout holds only dist/.keep, so that the program builds without
// Node; FS then reports that there is no client to serve.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built client, and whether it has been built at all.
func FS() (fs.FS, bool) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, false
	}
	_, err = fs.Stat(files, "index.html")
	return files, err == nil
}
