package typeset

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sync"

	"golang.org/x/image/font/sfnt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

//go:embed all:fonts
var embedded embed.FS

// The faces that a document needs. Every other TrueType file in the folder is a
// last fallback, in the order of the names.
const (
	latinFace       = "source-serif.ttf"
	simplifiedFace  = "noto-serif-sc.ttf"
	traditionalFace = "noto-serif-tc.ttf"
	japaneseFace    = "noto-serif-jp.ttf"
)

// unitsPerEm is the grid of every face: their outlines share one font in the
// document, so they cannot differ.
const unitsPerEm = 1000

// library is every face of the program.
type library struct {
	latin  *face
	han    map[i18n.Locale][]*face // in the order they are asked
	extras []*face
}

// theLibrary reads the embedded fonts once. The files stay in the binary's
// pages; only small tables are copied.
var theLibrary = sync.OnceValues(func() (*library, error) { return openLibrary(embedded) })

func openLibrary(files fs.FS) (*library, error) {
	names, err := fs.Glob(files, "fonts/*.ttf")
	if err != nil {
		return nil, err
	}
	faces := map[string]*face{}
	var extras []*face
	for _, name := range names {
		f, err := openFace(files, name)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		faces[path.Base(name)] = f
		if !slices.Contains([]string{latinFace, simplifiedFace, traditionalFace, japaneseFace}, path.Base(name)) {
			extras = append(extras, f)
		}
	}
	for _, needed := range []string{latinFace, simplifiedFace, traditionalFace, japaneseFace} {
		if faces[needed] == nil {
			return nil, errs.New(errs.Unavailable, "certificates.fonts_missing", errs.Args{"file": needed})
		}
	}
	sc, tc, jp := faces[simplifiedFace], faces[traditionalFace], faces[japaneseFace]
	return &library{
		latin:  faces[latinFace],
		extras: extras,
		han: map[i18n.Locale][]*face{
			i18n.Hans: {sc, tc, jp}, i18n.Hant: {tc, sc, jp}, i18n.English: {sc, tc, jp},
		},
	}, nil
}

// face is one TrueType file.
type face struct {
	file       io.ReaderAt
	font       *sfnt.Font // says which glyph a character has
	tables     map[string]table
	head, hhea []byte
	maxp       []byte
	longLoca   bool
	glyphs     int // number of outlines
	metrics    int // number of entries in hmtx that carry an advance
}

type table struct{ offset, length int64 }

func openFace(files fs.FS, name string) (*face, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	at, ok := file.(io.ReaderAt)
	if !ok {
		return nil, errors.New("cannot be read at a place")
	}
	f := &face{file: at, tables: map[string]table{}}
	if f.font, err = sfnt.ParseReaderAt(at); err != nil {
		return nil, err
	}
	start, err := f.bytes(0, 12)
	if err != nil {
		return nil, err
	}
	if v := binary.BigEndian.Uint32(start); v != 0x00010000 && v != 0x74727565 {
		return nil, errors.New("no TrueType outlines")
	}
	directory, err := f.bytes(12, 16*int64(binary.BigEndian.Uint16(start[4:])))
	if err != nil {
		return nil, err
	}
	for entry := range slices.Chunk(directory, 16) {
		f.tables[string(entry[:4])] = table{
			offset: int64(binary.BigEndian.Uint32(entry[8:])),
			length: int64(binary.BigEndian.Uint32(entry[12:])),
		}
	}
	for tag, into := range map[string]*[]byte{"head": &f.head, "hhea": &f.hhea, "maxp": &f.maxp} {
		if *into, err = f.table(tag); err != nil {
			return nil, err
		}
	}
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 32 {
		return nil, errors.New("a table is too short")
	}
	if upem := binary.BigEndian.Uint16(f.head[18:]); upem != unitsPerEm {
		return nil, fmt.Errorf("%d units per em; only %d can be mixed with the other faces", upem, unitsPerEm)
	}
	f.longLoca = binary.BigEndian.Uint16(f.head[50:]) == 1
	f.metrics = int(binary.BigEndian.Uint16(f.hhea[34:]))
	f.glyphs = int(binary.BigEndian.Uint16(f.maxp[4:]))
	if f.metrics == 0 {
		return nil, errors.New("no metrics")
	}
	return f, nil
}

func (f *face) bytes(offset, length int64) ([]byte, error) {
	b := make([]byte, length)
	_, err := io.ReadFull(io.NewSectionReader(f.file, offset, length), b)
	return b, err
}

func (f *face) table(tag string) ([]byte, error) {
	t, ok := f.tables[tag]
	if !ok {
		return nil, fmt.Errorf("no table %s", tag)
	}
	return f.bytes(t.offset, t.length)
}

// inTable reads length bytes of a table from a place in it.
func (f *face) inTable(tag string, from, length int64) ([]byte, error) {
	t, ok := f.tables[tag]
	if !ok || from < 0 || length < 0 || from+length > t.length {
		return nil, fmt.Errorf("nothing at %d in table %s", from, tag)
	}
	return f.bytes(t.offset+from, length)
}

// outline returns a glyph as it stands in the file; a space has none.
func (f *face) outline(glyph uint16) ([]byte, error) {
	if int(glyph) >= f.glyphs {
		return nil, fmt.Errorf("no glyph %d", glyph)
	}
	var from, to int64
	if f.longLoca {
		b, err := f.inTable("loca", 4*int64(glyph), 8)
		if err != nil {
			return nil, err
		}
		from, to = int64(binary.BigEndian.Uint32(b)), int64(binary.BigEndian.Uint32(b[4:]))
	} else {
		b, err := f.inTable("loca", 2*int64(glyph), 4)
		if err != nil {
			return nil, err
		}
		from, to = 2*int64(binary.BigEndian.Uint16(b)), 2*int64(binary.BigEndian.Uint16(b[2:]))
	}
	return f.inTable("glyf", from, to-from)
}

// metric returns the advance of a glyph and its left side bearing, both in units.
func (f *face) metric(glyph uint16) (advance uint16, bearing int16, err error) {
	last := min(int(glyph), f.metrics-1)
	b, err := f.inTable("hmtx", 4*int64(last), 4)
	if err != nil {
		return 0, 0, err
	}
	advance, bearing = binary.BigEndian.Uint16(b), int16(binary.BigEndian.Uint16(b[2:]))
	if int(glyph) > last {
		if b, err = f.inTable("hmtx", 4*int64(f.metrics)+2*int64(int(glyph)-f.metrics), 2); err != nil {
			return 0, 0, err
		}
		bearing = int16(binary.BigEndian.Uint16(b))
	}
	return advance, bearing, nil
}
