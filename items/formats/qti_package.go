package formats

import (
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/items"
)

// readQTIFile reads an item or a package of items, in the order of its test or else
// of their names.
func readQTIFile(file string, source []byte) ([]Question, []errs.Fault) {
	if !bytes.HasPrefix(source, []byte("PK\x03\x04")) {
		questions, faults := ReadQTI(file, source)
		return withCategories(questions), faults
	}
	files, err := archive.FromZip(bytes.NewReader(source), int64(len(source)))
	if err != nil {
		return nil, faultsOf(file, err)
	}
	var faults errs.Faults
	var questions []Question
	for _, ref := range packageOrder(files, &faults) {
		if len(questions) >= MaxQuestions {
			faults.Add(errs.Place{File: ref.file}, "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
			break
		}
		found, wrong := ReadQTI(ref.file, files[ref.file])
		for i := range found {
			attach(&found[i], files[ref.file], files)
			if found[i].Category == "" {
				found[i].Category = ref.section
			}
			found[i].Dropped = append(found[i].Dropped, ref.dropped...)
		}
		questions = append(questions, found...)
		for _, f := range wrong {
			faults.Add(f.Place, f.Code, f.Args)
		}
	}
	if len(questions) == 0 && faults.Len() == 0 {
		faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
	}
	return withCategories(questions), faults.List()
}

// isQTI reports whether the first element of a file is the one named, with whatever
// prefix.
func isQTI(raw []byte, element, kebab string) bool {
	head := bytes.ToLower(raw[:min(len(raw), 4096)])
	for _, start := range []string{"<" + element, ":" + element, "<qti-" + kebab, ":qti-" + kebab} {
		_, after, found := bytes.Cut(head, []byte(start))
		if found && len(after) > 0 && bytes.IndexByte([]byte(" \t\r\n>/"), after[0]) >= 0 {
			return true
		}
	}
	return false
}

func isQTIItem(raw []byte) bool { return isQTI(raw, "assessmentitem", "assessment-item") }

// withCategories puts the category of a question before it, as other files do.
func withCategories(questions []Question) []Question {
	var all []Question
	category := ""
	for _, q := range questions {
		if q.Category != category {
			category = q.Category
			all = append(all, Question{At: q.At, Kind: Category, Text: items.Text{Format: items.Plain, Source: category}})
		}
		all = append(all, q)
	}
	return all
}

var pictureFiles = regexp.MustCompile(`(?i)[^/"'\s<>()]+\.(?:png|jpe?g|gif|webp)\b`)

func isPicture(name string) bool {
	return pictureFiles.FindString(name) == name && name != ""
}

// attach gives the question the pictures of the package that its file names.
func attach(q *Question, raw []byte, files archive.Files) {
	named := map[string]bool{}
	for _, name := range pictureFiles.FindAllString(string(raw), -1) {
		named[name] = true
	}
	for _, name := range files.Names() {
		if base := path.Base(name); named[base] && isPicture(base) {
			q.Attached = append(q.Attached, items.Attachment{Name: base, Bytes: files[name]})
			q.Dropped = slices.DeleteFunc(q.Dropped, func(d string) bool { return strings.HasSuffix(d, base) })
		}
	}
}

// pictureFile names the file of an attachment that texts call picture:SHA-256.
func pictureFile(a items.Attachment) string {
	sha, bound := strings.CutPrefix(a.Name, "picture:")
	if _, err := hex.DecodeString(sha); !bound || err != nil {
		return path.Base(a.Name)
	}
	switch {
	case bytes.HasPrefix(a.Bytes, []byte("\x89PNG")):
		return sha + ".png"
	case bytes.HasPrefix(a.Bytes, []byte("GIF8")):
		return sha + ".gif"
	case bytes.HasPrefix(a.Bytes, []byte("RIFF")):
		return sha + ".webp"
	}
	return sha + ".jpg"
}

var qtiResources = map[QTIVersion]string{QTI21: "imsqti_item_xmlv2p1", QTI22: "imsqti_item_xmlv2p2", QTI30: "imsqti_item_xmlv3p0"}

// WriteQTIPackage writes questions as a content package: a file for each, their
// pictures, and imsmanifest.xml that names them all (IMS Content Packaging 1.1).
// Read reads it back as it was.
func WriteQTIPackage(questions []Question, version QTIVersion) []byte {
	files := archive.Files{}
	w := &xmlWriter{}
	w.raw(xml.Header)
	w.open("manifest", "xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1", "identifier", "manifest")
	w.open("metadata")
	w.leaf("schema", "IMS Content")
	w.leaf("schemaversion", "1.1")
	w.close("metadata")
	w.empty("organizations")
	w.open("resources")
	n := 0
	for _, q := range questions {
		if q.Kind == Category {
			continue
		}
		n++
		id := fmt.Sprintf("item%05d", n)
		item := WriteQTIItem(q, id, version)
		var pictures []string
		for _, a := range q.Attached {
			name := "images/" + pictureFile(a)
			sha := strings.TrimPrefix(a.Name, "picture:")
			item = bytes.ReplaceAll(item, []byte(items.PictureAt(sha)), []byte(name))
			item = bytes.ReplaceAll(item, []byte(a.Name), []byte(name))
			files[name] = a.Bytes
			pictures = append(pictures, name)
		}
		files[id+".xml"] = item
		w.open("resource", "identifier", "R-"+id, "type", qtiResources[version], "href", id+".xml")
		for _, name := range append([]string{id + ".xml"}, pictures...) {
			w.empty("file", "href", name)
		}
		w.close("resource")
	}
	w.close("resources")
	w.close("manifest")
	files["imsmanifest.xml"] = w.Bytes()
	var out bytes.Buffer
	_ = files.Zip(&out) // writing into memory cannot fail
	return out.Bytes()
}
