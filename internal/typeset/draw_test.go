package typeset

import (
	"bytes"
	"fmt"
	"testing"

	"anwen/internal/i18n"
)

// The cross-reference table must still point at its objects after the CMap was
// replaced.
func TestEveryOffsetPointsAtItsObject(t *testing.T) {
	needFonts(t)
	s, err := New(i18n.Hans)
	if err != nil {
		t.Fatal(err)
	}
	s.Text("“𠮷田喆” of 某银行——O’Connor", Style{Size: 12, Weight: 0.3}, 60, 100, Left)
	s.AddPage()
	s.Text("第二页", Style{Size: 30}, A4Width/2, 100, Centre)
	pdf, err := s.Draw(Description{Width: A4Width, Height: A4Height, Title: "𠮷"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := bytes.Cut(pdf, []byte("\nxref\n"))
	object := -1
	for entry := range bytes.Lines(table) {
		if len(entry) != 20 {
			if object > 5 {
				break
			}
			continue
		}
		object++
		var offset int
		if _, err := fmt.Sscanf(string(entry), "%010d 00000 n", &offset); err != nil {
			continue // the head of the free list
		}
		if want := fmt.Sprintf("%d 0 obj\n", object); !bytes.HasPrefix(pdf[offset:], []byte(want)) {
			t.Errorf("object %d: at %d stands %.20q", object, offset, pdf[offset:])
		}
	}
	if object < 5 {
		t.Fatalf("read %d entries", object+1)
	}
}
