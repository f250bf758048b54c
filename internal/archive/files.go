package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"anwen/internal/errs"
)

// The limits of one archive.
const (
	MaxFiles    = 2000
	MaxFile     = 64 << 20
	MaxUnpacked = 100 << 20
	maxName     = 400 // bytes of a path
	maxLevels   = 16  // folders inside one another
)

// Files holds the bytes of each file by its path with forward slashes.
type Files map[string][]byte

// Names lists the paths in order.
func (f Files) Names() []string {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// SHA256 is the hash of all names and bytes in name order, the same for a folder
// and a zip of it.
func (f Files) SHA256() [32]byte {
	h := sha256.New()
	for _, name := range f.Names() {
		for _, part := range [][]byte{[]byte(name), f[name]} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			h.Write(part)
		}
	}
	return [32]byte(h.Sum(nil))
}

// collector takes files in one by one and notes what is wrong with them.
type collector struct {
	files  Files
	folded map[string]string // lower-case path → path
	total  int64
	faults errs.Faults
	full   bool // a limit of the whole is reached: reading on would be pointless
}

func newCollector() *collector {
	return &collector{files: Files{}, folded: map[string]string{}}
}

// admit checks a name before its bytes are read. It reports whether to read them.
func (c *collector) admit(name string) bool {
	if code := unsafeName(name); code != "" {
		c.faults.Add(errs.Place{File: printable(name)}, code, nil)
		return false
	}
	if litter(name) {
		return false
	}
	key := strings.ToLower(name)
	if first, dup := c.folded[key]; dup {
		c.faults.Add(errs.Place{File: name}, "archive.stands_twice", errs.Args{"other": first})
		return false
	}
	if len(c.folded) >= MaxFiles {
		c.faults.Add(errs.Place{}, "archive.too_many_files", errs.Args{"limit": MaxFiles})
		c.full = true
		return false
	}
	c.folded[key] = name
	return true
}

// room is how many bytes the next file may have.
func (c *collector) room() int64 { return min(MaxFile, MaxUnpacked-c.total) }

// tooLarge notes that a file has more bytes than there was room for.
func (c *collector) tooLarge(name string) {
	if c.room() < MaxFile {
		c.faults.Add(errs.Place{File: name}, "archive.unpacks_too_large", errs.Args{"limit": "100 MB"})
		c.full = true
		return
	}
	c.faults.Add(errs.Place{File: name}, "archive.file_too_large", errs.Args{"limit": "64 MB"})
}

func (c *collector) keep(name string, data []byte) {
	c.files[name] = data
	c.total += int64(len(data))
}

// finish refuses a name that is both file and folder and takes a single folder
// around everything off.
func (c *collector) finish() (Files, error) {
	for name := range c.files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, clash := c.files[dir]; clash {
				c.faults.Add(errs.Place{File: dir}, "archive.file_and_folder", nil)
			}
		}
	}
	if c.faults.Len() == 0 && len(c.files) == 0 {
		return nil, errs.New(errs.Invalid, "archive.empty", nil)
	}
	if err := c.faults.Err("archive.refused"); err != nil {
		return nil, err
	}
	return withoutTop(c.files), nil
}

func withoutTop(files Files) Files {
	top := ""
	for name := range files {
		first, _, nested := strings.Cut(name, "/")
		if !nested || top != "" && first != top {
			return files
		}
		top = first
	}
	inner := make(Files, len(files))
	for name, data := range files {
		inner[strings.TrimPrefix(name, top+"/")] = data
	}
	return inner
}

// unsafeName returns the code of what is wrong with a path, or "".
func unsafeName(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "archive.name_unreadable"
	case name == "" || len(name) > maxName || strings.Count(name, "/") > maxLevels:
		return "archive.name_too_long"
	case strings.Contains(name, `\`) || strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "archive.leaves_folder"
	}
	for _, part := range strings.Split(name, "/") {
		if part == "" || part == "." || part == ".." {
			return "archive.leaves_folder"
		}
		if strings.ContainsFunc(part, unicode.IsControl) {
			return "archive.name_unreadable"
		}
	}
	return ""
}

// litter reports whether a file was left by a desktop system: hidden files,
// resource forks, thumbnails.
func litter(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return true
		}
	}
	switch strings.ToLower(path.Base(name)) {
	case "thumbs.db", "ehthumbs.db", "desktop.ini":
		return true
	}
	return false
}

// printable is a hostile name made fit for a message.
func printable(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(name, "·"))
	if r := []rune(name); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return name
}

// fromGB reads a name that an old archiver wrote in GBK or GB18030.
func fromGB(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err != nil || bytes.ContainsRune([]byte(decoded), utf8.RuneError) {
		return name // unsafeName refuses it
	}
	return decoded
}
