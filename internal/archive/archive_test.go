package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"anwen/internal/errs"
)

type entry struct {
	name    string
	data    string
	mode    fs.FileMode
	nonUTF8 bool
	flags   uint16
}

func pack(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, NonUTF8: e.nonUTF8, Flags: e.flags}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(raw []byte) (Files, error) { return FromZip(bytes.NewReader(raw), int64(len(raw))) }

func faults(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	list := []string{}
	for _, f := range e.Faults {
		list = append(list, strings.TrimSpace(f.Place.String()+" "+f.Code))
	}
	return list
}

func TestAFolderAndItsZipGiveTheSameFiles(t *testing.T) {
	folder := fstest.MapFS{
		"course.md":              {Data: []byte("a")},
		"lessons/01-a.en.md":     {Data: []byte("b")},
		".DS_Store":              {Data: []byte("x")},
		".git/config":            {Data: []byte("x")},
		"images/Thumbs.db":       {Data: []byte("x")},
		"images/desktop.ini":     {Data: []byte("x")},
		"lessons/.01-a.en.md.un": {Data: []byte("x")},
	}
	fromFolder, err := FromFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	fromZip, err := open(pack(t, entry{name: "课程/"}, entry{name: "课程/lessons/01-a.en.md", data: "b"}, entry{name: "课程/course.md", data: "a"},
		entry{name: "__MACOSX/课程/._course.md", data: "x"}, entry{name: "课程/.DS_Store", data: "x"}))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"course.md", "lessons/01-a.en.md"}; !slices.Equal(fromFolder.Names(), want) || !slices.Equal(fromZip.Names(), want) {
		t.Errorf("folder %v, zip %v", fromFolder.Names(), fromZip.Names())
	}
	if fromFolder.SHA256() != fromZip.SHA256() {
		t.Error("the same files have two hashes")
	}
	if (Files{"a": []byte("bc")}).SHA256() == (Files{"ab": []byte("c")}).SHA256() {
		t.Error("different files have one hash")
	}
}

func TestNamesInGBKAreRead(t *testing.T) {
	name, err := simplifiedchinese.GBK.NewEncoder().String("图片/投诉.png")
	if err != nil {
		t.Fatal(err)
	}
	files, err := open(pack(t, entry{name: name, data: "x", nonUTF8: true}, entry{name: "course.md", data: "y"}))
	if err != nil || files["图片/投诉.png"] == nil {
		t.Errorf("%v %v", files.Names(), err)
	}
	// Some archivers write UTF-8 and forget the flag.
	files, err = open(pack(t, entry{name: "图片/投诉.png", data: "x", nonUTF8: true}, entry{name: "course.md", data: "y"}))
	if err != nil || files["图片/投诉.png"] == nil {
		t.Errorf("%v %v", files.Names(), err)
	}
}

func TestHostileNamesAreRefusedByName(t *testing.T) {
	for name, want := range map[string]string{
		"../course.md":           "../course.md archive.leaves_folder",
		"a/../../course.md":      "a/../../course.md archive.leaves_folder",
		"/etc/passwd":            "/etc/passwd archive.leaves_folder",
		`..\course.md`:           `..\course.md archive.leaves_folder`,
		`C:\course.md`:           `C:\course.md archive.leaves_folder`,
		"C:course.md":            "C:course.md archive.leaves_folder",
		"a//b":                   "a//b archive.leaves_folder",
		"./a":                    "./a archive.leaves_folder",
		"a\x00.md":               "a·.md archive.name_unreadable",
		"a\n.md":                 "a·.md archive.name_unreadable",
		strings.Repeat("a/", 40): strings.Repeat("a/", 40) + " archive.name_too_long",
	} {
		data := "x"
		if strings.HasSuffix(name, "/") {
			data = ""
		}
		_, err := open(pack(t, entry{name: name, data: data}, entry{name: "course.md", data: "y"}))
		if got := faults(err); !slices.Equal(got, []string{want}) {
			t.Errorf("%q gives %q", name, got)
		}
	}
}

func TestLinksEncryptedAndRepeatedFilesAreRefused(t *testing.T) {
	_, err := open(pack(t,
		entry{name: "link", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777},
		entry{name: "a.md", data: "x"}, entry{name: "a.md", data: "y"}, entry{name: "A.md", data: "z"},
		entry{name: "b", data: "x"}, entry{name: "b/c", data: "x"},
		entry{name: "secret", data: "x", flags: 1},
	))
	want := []string{"link archive.not_a_file", "a.md archive.stands_twice", "A.md archive.stands_twice", "secret archive.encrypted", "b archive.file_and_folder"}
	if got := faults(err); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestALinkInAFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "passwd.md")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.WriteFile(filepath.Join(dir, "course.md"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir)
	if got := faults(err); !slices.Equal(got, []string{"passwd.md archive.not_a_file"}) {
		t.Errorf("%v %v", got, err)
	}
}

func TestLimitsStopTheReading(t *testing.T) {
	zeros := strings.Repeat("\x00", MaxFile+1)
	_, err := open(pack(t, entry{name: "bomb.png", data: zeros}, entry{name: "course.md", data: "x"}))
	if got := faults(err); !slices.Equal(got, []string{"bomb.png archive.file_too_large"}) {
		t.Errorf("%v", got)
	}

	var parts []entry
	for n := range 12 {
		parts = append(parts, entry{name: fmt.Sprintf("p%02d", n), data: zeros[:10<<20]})
	}
	_, err = open(pack(t, parts...))
	if got := faults(err); !slices.Equal(got, []string{"p10 archive.unpacks_too_large"}) {
		t.Errorf("%v", got)
	}

	parts = nil
	for n := range MaxFiles + 5 {
		parts = append(parts, entry{name: fmt.Sprintf("f%04d", n), data: "x"})
	}
	_, err = open(pack(t, parts...))
	if got := faults(err); !slices.Equal(got, []string{"archive.too_many_files"}) {
		t.Errorf("%v", got)
	}
	if _, err = open(pack(t, parts[:MaxFiles]...)); err != nil {
		t.Error(err)
	}
}

func TestHeadersThatLieAboutSizesAreNotBelieved(t *testing.T) {
	raw := pack(t, entry{name: "course.md", data: strings.Repeat("\x00", 64<<20)})
	// The directory says one byte.
	at := bytes.Index(raw, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(raw[at+24:], 1)
	binary.LittleEndian.PutUint32(raw[at+16:], crc32.ChecksumIEEE([]byte{0}))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := open(raw)
	runtime.ReadMemStats(&after)
	if got := faults(err); len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 3*MaxFile {
		t.Errorf("%d MB were unpacked", used>>20)
	}
}

func TestWhatIsNoZipIsRefused(t *testing.T) {
	whole := pack(t, entry{name: "course.md", data: strings.Repeat("好", 5000)})
	damaged := slices.Clone(whole)
	damaged[60] ^= 0xff
	for name, raw := range map[string][]byte{
		"empty": {}, "text": []byte("hello"), "cut": whole[:len(whole)-10], "half": whole[:len(whole)/2], "one byte": {'P'},
	} {
		if _, err := open(raw); errs.CodeOf(err) != "archive.not_a_zip" || errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(damaged); !slices.Equal(faults(err), []string{"course.md archive.damaged"}) {
		t.Errorf("damaged: %v", err)
	}
	if _, err := open(pack(t)); errs.CodeOf(err) != "archive.empty" {
		t.Errorf("empty: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); errs.KindOf(err) != errs.NotFound {
		t.Errorf("none: %v", err)
	}
}

func TestTextIsRecognisedByTheRuleOfTheHouse(t *testing.T) {
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String("投诉处理𠮷")
	big, _ := traditionalchinese.Big5.NewEncoder().String("客戶對一般投訴的處理有異議")
	encoded := func(e encoding.Encoding, text string) string {
		raw, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	const staff = "employee_no,name\n1,陳怡君\n2,王小明\n"
	const table = "工号,姓名\r\n1,王芳\r\n"
	for name, c := range map[string]struct{ raw, text, encoding string }{
		"Big5 among English":      {encoded(traditionalchinese.Big5, staff), staff, "Big5"},
		"Traditional in GB18030":  {encoded(simplifiedchinese.GB18030, staff), staff, "GB18030"},
		"kana in GB18030":         {encoded(simplifiedchinese.GB18030, "no,name\n1,サトウ\n"), "no,name\n1,サトウ\n", "GB18030"},
		"a rare name in GB18030":  {encoded(simplifiedchinese.GB18030, "no,name\n1,朱镕\n"), "no,name\n1,朱镕\n", "GB18030"},
		"UTF-16 without its mark": {encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), table), table, "UTF-16"},
		"the same, big end first": {encoded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), table), table, "UTF-16"},
		"with mark":               {"\ufeff投诉", "投诉", "UTF-8"},
		"without mark":            {"投诉", "投诉", "UTF-8"},
		"GB18030":                 {gb, "投诉处理𠮷", "GB18030"},
		"UTF-16, small end first": {"\xff\xfe\x95\x62\x42\xd8\xb7\xdf", "投𠮷", "UTF-16"},
		"UTF-16, big end first":   {"\xfe\xff\x62\x95\xd8\x42\xdf\xb7", "投𠮷", "UTF-16"},
		"windows-1252":            {"f\xfcr \xf6de Stra\xdfen", "für öde Straßen", "windows-1252"},
		"one letter":              {"\xf6d", "öd", "windows-1252"},
		"its quotation marks":     {"\x93Caf\xe9\x94 \x96 5 \x80", "“Café” – 5 €", "windows-1252"},
		"its letters in a row":    {"Gr\xf6\xdfe, d\xe9j\xe0, na\xefve", "Größe, déjà, naïve", "windows-1252"},
		"one Chinese character":   {"a\xd6\xd0b", "a中b", "GB18030"},
		"Chinese among English":   {"SHEET \xb5\xda\xd2\xbb A, B", "SHEET 第一 A, B", "GB18030"},
		"Big5":                    {big, "客戶對一般投訴的處理有異議", "Big5"},
	} {
		text, encoding, ok := Text([]byte(c.raw))
		if string(text) != c.text || encoding != c.encoding || !ok {
			t.Errorf("%s: %q %s %v", name, text, encoding, ok)
		}
	}
	if _, _, ok := Text([]byte{0xff, 0xff, 0xff}); ok {
		t.Error("binary data passed as text")
	}
	if _, _, ok := Text([]byte("a\x00b")); ok {
		t.Error("a text with NUL passed")
	}
}

func FuzzFromZipNeitherPanicsNorKeepsUnsafeNames(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if out, err := w.Create("a/../b"); err == nil {
		fmt.Fprint(out, "x")
	}
	w.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		files, err := open(raw)
		if err != nil {
			return
		}
		for name := range files {
			if unsafeName(name) != "" {
				t.Errorf("kept %q", name)
			}
		}
	})
}
