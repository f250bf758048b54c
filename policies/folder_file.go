package policies

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"anwen/internal/archive"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/frontmatter"
	"anwen/internal/i18n"
)

const (
	policyFile = "policy.md"
	maxDetail  = 500 // characters of a detail of a policy
)

var versionFile = regexp.MustCompile(`^v([1-9][0-9]{0,3})\.(zh-Hans|zh-Hant|en)\.md$`)

// ReadFolder reads and checks the files. Invalid with a fault per place.
func ReadFolder(files archive.Files) (Folder, error) {
	r := &folderReading{files: files, versions: map[int]*FolderVersion{}}
	r.readPolicy()
	for _, name := range files.Names() {
		if name == policyFile {
			continue
		}
		m := versionFile.FindStringSubmatch(name)
		if m == nil {
			r.faults.Add(errs.Place{File: name}, "policies.unknown_file", nil)
			continue
		}
		number, _ := strconv.Atoi(m[1]) // four digits by the pattern
		r.readVersion(name, number, i18n.Locale(m[2]))
	}
	r.collect()
	return r.folder, r.faults.Err("policies.folder_refused")
}

type folderReading struct {
	files    archive.Files
	folder   Folder
	versions map[int]*FolderVersion
	faults   errs.Faults
}

// detailFile is a file of the folder: details between two rulers, and a text.
type detailFile struct {
	frontmatter.Header
	fields map[string]*yaml.Node
	body   []byte
	line   int // that the text starts at
}

func (r *folderReading) open(name string, known ...string) (f detailFile, ok bool) {
	text, _, ok := archive.Text(r.files[name])
	if !ok {
		r.faults.Add(errs.Place{File: name}, "policies.not_text", nil)
		return f, false
	}
	f.Header = frontmatter.Header{File: name, Faults: &r.faults}
	front, body, line, ok := f.Split(text)
	if !ok {
		return f, false
	}
	f.body, f.line = body, line
	f.fields, ok = f.Fields(front, known...)
	return f, ok
}

// optional is a detail that may be left out or empty.
func (f detailFile) optional(key string) string {
	n := f.fields[key]
	if n == nil || n.Tag == "!!null" || n.Kind == yaml.ScalarNode && n.Value == "" {
		return ""
	}
	return f.Text(n, key, maxDetail)
}

// perLanguage is a text for each language that there is one in.
func (f detailFile) perLanguage(n *yaml.Node) Texts {
	values, ok := f.Mapping(n, string(i18n.Hans), string(i18n.Hant), string(i18n.English))
	if !ok {
		return nil
	}
	texts := Texts{}
	for l, value := range values {
		texts[i18n.Locale(l)] = value.Value
	}
	return trimmed(texts)
}

func (r *folderReading) readPolicy() {
	if r.files[policyFile] == nil {
		r.faults.Add(errs.Place{File: policyFile}, "policies.file_missing", nil)
		return
	}
	f, ok := r.open(policyFile, "code", "titles", "issuer", "category", "owner", "applies_to")
	if !ok {
		return
	}
	r.folder = Folder{Code: f.Text(f.fields["code"], "code", maxDetail), Issuer: f.optional("issuer"), Category: f.optional("category"),
		Owner: f.optional("owner"), AppliesTo: f.optional("applies_to")}
	if r.folder.Code != "" && !codePattern.MatchString(r.folder.Code) {
		r.faults.Add(errs.Place{File: policyFile, Field: "code"}, "policies.bad_code", errs.Args{"value": r.folder.Code})
	}
	if n := f.fields["titles"]; n != nil {
		r.folder.Titles = f.perLanguage(n)
	}
	if len(r.folder.Titles) == 0 {
		r.faults.Add(errs.Place{File: policyFile, Field: "titles"}, "policies.no_title", nil)
	}
}

func (r *folderReading) readVersion(name string, number int, l i18n.Locale) {
	f, ok := r.open(name, "effective_from", "note")
	if !ok {
		return
	}
	from := ""
	if n := f.fields["effective_from"]; n != nil {
		from = n.Value
	}
	v := r.versions[number]
	if v == nil {
		v = &FolderVersion{Number: number, EffectiveFrom: from, Notes: Texts{}, Texts: Texts{}, files: map[i18n.Locale]source{}}
		r.versions[number] = v
	}
	if _, err := date.Parse(from); err != nil {
		r.faults.Add(errs.Place{File: name, Field: "effective_from"}, "policies.bad_date", errs.Args{"value": from})
	} else if from != v.EffectiveFrom {
		r.faults.Add(errs.Place{File: name, Field: "effective_from"}, "policies.dates_differ", errs.Args{"date": v.EffectiveFrom})
	}
	if canonical(string(f.body)) == "" {
		r.faults.Add(errs.Place{File: name}, "policies.no_text", nil)
	}
	v.Texts[l], v.files[l] = string(f.body), source{file: name, line: f.line}
	f.readNote(l, v.Notes)
}

// readNote takes a note in the language of its file, or a note per language.
func (f detailFile) readNote(l i18n.Locale, into Texts) {
	n := f.fields["note"]
	switch {
	case n == nil || n.Tag == "!!null":
	case n.Kind == yaml.ScalarNode:
		into[l] = strings.TrimSpace(n.Value)
	case n.Kind == yaml.MappingNode:
		maps.Copy(into, f.perLanguage(n))
	default:
		f.Fault(n.Line+1, "policies.bad_note", nil)
	}
}

// collect puts the versions in order and refuses a gap.
func (r *folderReading) collect() {
	numbers := make([]int, 0, len(r.versions))
	for n := range r.versions {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	if len(numbers) == 0 {
		r.faults.Add(errs.Place{}, "policies.no_version", nil)
	}
	for i, n := range numbers {
		if n != i+1 {
			r.faults.Add(errs.Place{}, "policies.version_gap", errs.Args{"number": i + 1})
			return
		}
		r.folder.Versions = append(r.folder.Versions, *r.versions[n])
	}
}
