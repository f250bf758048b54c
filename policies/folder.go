package policies

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"anwen/internal/archive"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Folder is a policy with all its versions, as files: policy.md, and for each
// version and language v1.zh-Hans.md.
type Folder struct {
	Code      string
	Titles    Texts
	Issuer    string
	Category  string
	Owner     string
	AppliesTo string
	Versions  []FolderVersion // 1, 2, 3… without a gap
}

// FolderVersion is one version of a folder.
type FolderVersion struct {
	Number        int
	EffectiveFrom string
	Notes         Texts
	Texts         Texts

	files map[i18n.Locale]source
}

const (
	policyFile = "policy.md"
	maxFront   = 64 << 10
)

var (
	versionFile = regexp.MustCompile(`^v([1-9][0-9]{0,3})\.(zh-Hans|zh-Hant|en)\.md$`)
	yamlLine    = regexp.MustCompile(`line (\d+): *`)
)

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

func (r *folderReading) readPolicy() {
	var head struct {
		Code      string
		Titles    Texts
		Issuer    string
		Category  string
		Owner     string
		AppliesTo string `yaml:"applies_to"`
	}
	if r.files[policyFile] == nil {
		r.faults.Add(errs.Place{File: policyFile}, "policies.file_missing", nil)
		return
	}
	if _, _, ok := r.read(policyFile, &head); !ok {
		return
	}
	r.folder = Folder{Code: strings.TrimSpace(head.Code), Titles: trimmed(head.Titles), Issuer: head.Issuer, Category: head.Category, Owner: head.Owner, AppliesTo: head.AppliesTo}
	if !codePattern.MatchString(r.folder.Code) {
		r.faults.Add(errs.Place{File: policyFile, Field: "code"}, "policies.bad_code", errs.Args{"value": head.Code})
	}
	if len(r.folder.Titles) == 0 {
		r.faults.Add(errs.Place{File: policyFile, Field: "titles"}, "policies.no_title", nil)
	}
	for l := range r.folder.Titles {
		if !i18n.Valid(string(l)) {
			r.faults.Add(errs.Place{File: policyFile, Field: "titles." + string(l)}, "policies.unknown_language", errs.Args{"value": l})
		}
	}
}

func (r *folderReading) readVersion(name string, number int, l i18n.Locale) {
	var head struct {
		EffectiveFrom string `yaml:"effective_from"`
		Note          yaml.Node
	}
	body, line, ok := r.read(name, &head)
	if !ok {
		return
	}
	v := r.versions[number]
	if v == nil {
		v = &FolderVersion{Number: number, EffectiveFrom: head.EffectiveFrom, Notes: Texts{}, Texts: Texts{}, files: map[i18n.Locale]source{}}
		r.versions[number] = v
	}
	if _, err := time.Parse(time.DateOnly, head.EffectiveFrom); err != nil {
		r.faults.Add(errs.Place{File: name, Field: "effective_from"}, "policies.bad_date", errs.Args{"value": head.EffectiveFrom})
	} else if head.EffectiveFrom != v.EffectiveFrom {
		r.faults.Add(errs.Place{File: name, Field: "effective_from"}, "policies.dates_differ", errs.Args{"date": v.EffectiveFrom})
	}
	if canonical(string(body)) == "" {
		r.faults.Add(errs.Place{File: name}, "policies.no_text", nil)
	}
	v.Texts[l], v.files[l] = string(body), source{file: name, line: line}
	r.readNote(name, head.Note, l, v.Notes)
}

// readNote takes a note in the language of its file, or a note per language.
func (r *folderReading) readNote(name string, note yaml.Node, l i18n.Locale, into Texts) {
	switch note.Kind {
	case 0:
	case yaml.ScalarNode:
		into[l] = strings.TrimSpace(note.Value)
	default:
		var each Texts
		if err := note.Decode(&each); err != nil {
			r.faults.Add(errs.Place{File: name, Line: note.Line + 1}, "policies.bad_note", nil)
			return
		}
		for l, text := range each {
			if !i18n.Valid(string(l)) {
				r.faults.Add(errs.Place{File: name, Line: note.Line + 1}, "policies.unknown_language", errs.Args{"value": l})
				continue
			}
			into[l] = strings.TrimSpace(text)
		}
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

// read decodes the front matter of a file and returns what follows and the line
// that it starts at.
func (r *folderReading) read(name string, into any) (body []byte, line int, ok bool) {
	text, _, ok := archive.Text(r.files[name])
	if !ok {
		r.faults.Add(errs.Place{File: name}, "policies.not_text", nil)
		return nil, 0, false
	}
	front, body, line, ok := cutFront(text)
	if !ok || len(front) > maxFront {
		r.faults.Add(errs.Place{File: name, Line: 1}, "policies.no_front_matter", nil)
		return nil, 0, false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(front))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		at := 1
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			at, _ = strconv.Atoi(m[1]) // digits by the pattern
		}
		reason := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "unmarshal errors:\n  ")
		r.faults.Add(errs.Place{File: name, Line: at + 1}, "policies.bad_front_matter", errs.Args{"reason": yamlLine.ReplaceAllString(reason, "")})
		return nil, 0, false
	}
	return body, line, true
}

// cutFront parts what stands between two lines of --- at the start of a text
// from what follows, which starts at the line returned.
func cutFront(text []byte) (front, body []byte, line int, ok bool) {
	rest, offset := text, 0
	for line = 1; len(rest) > 0; line++ {
		row, after, _ := bytes.Cut(rest, []byte{'\n'})
		ruler := string(bytes.TrimRight(row, " \t\r")) == "---"
		switch {
		case line == 1 && !ruler:
			return nil, nil, 0, false
		case line == 1:
			offset = len(text) - len(after)
		case ruler:
			return text[offset : len(text)-len(rest)], after, line + 1, true
		}
		rest = after
	}
	return nil, nil, 0, false
}

// PublishFolder publishes the versions of a folder that are new, all or none,
// and returns them; a folder that holds nothing new is no error. Forbidden without the
// role Compliance; Invalid with all faults; Conflict when a published version has
// another text than the folder's, or as Publish.
func (s *Service) PublishFolder(ctx context.Context, actor people.Actor, f Folder, dryRun bool) ([]Published, error) {
	var done []Published
	err := s.db.Try(ctx, dryRun, func(tx database.Tx) error {
		if !actor.Has(people.Compliance) {
			return errs.New(errs.Forbidden, "people.forbidden", nil)
		}
		known, err := publishedSumsTx(ctx, tx, f.Code)
		if err != nil {
			return err
		}
		for _, v := range f.Versions {
			in := PublishInput{
				Code: f.Code, Titles: f.Titles, Issuer: f.Issuer, Category: f.Category, Owner: f.Owner, AppliesTo: f.AppliesTo,
				EffectiveFrom: v.EffectiveFrom, Notes: v.Notes, Texts: v.Texts, files: v.files,
			}
			if v.Number <= len(known) {
				d, err := prepare(in)
				if err != nil {
					return err
				}
				if !bytes.Equal(d.sum[:], known[v.Number-1]) {
					return errs.New(errs.Conflict, "policies.published_differs", errs.Args{"number": v.Number})
				}
				continue
			}
			one, err := s.PublishTx(ctx, tx, actor, in)
			if err != nil {
				return err
			}
			one.DryRun = dryRun
			done = append(done, one)
		}
		return nil
	})
	return done, err
}
