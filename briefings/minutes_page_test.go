package briefings

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func samplePages(people int) minutes {
	m := minutes{Locale: i18n.Hans, Institution: "安和银行", Title: "政策学习会议纪要", Subtitle: "十月简报", At: time.Date(2026, 10, 23, 4, 0, 0, 0, time.UTC),
		Facts:    [][2]string{{"时间", "2026年10月23日 12:00"}, {"主持人", "𠮷田喆"}},
		Sections: []minutesSection{{Heading: "最新变化", Paragraphs: []string{strings.Repeat("一般投诉应当在四十八小时内作出首次实质回复，", 30)}}, {Heading: "参加人员", Columns: []float64{0.3, 0.3, 0.4}}},
	}
	for i := range people {
		m.Sections[1].Rows = append(m.Sections[1].Rows, []string{fmt.Sprintf("员工%d", i), fmt.Sprintf("AH%05d", i), "外滩支行"})
	}
	return m
}

func TestMinutesFlowOverAsManyPagesAsTheyNeed(t *testing.T) {
	pdf, err := samplePages(200).draw()
	if errs.KindOf(err) == errs.Unavailable {
		t.Skip("built without fonts")
	}
	if err != nil {
		t.Fatal(err)
	}
	again, err := samplePages(200).draw()
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("equal minutes give other bytes (%v)", err)
	}
	name := filepath.Join(t.TempDir(), "minutes.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Skipf("pdftotext: %v", err)
	}
	text := string(out)
	for _, want := range []string{"政策学习会议纪要", "𠮷田喆", "员工0 ", "AH00199", "第 1 页", "最新变化"} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
	if n := strings.Count(text, "\f"); n < 5 || !strings.Contains(text, fmt.Sprintf("共 %d 页", n)) {
		t.Errorf("%d pages", n)
	}
	if n := strings.Count(strings.ReplaceAll(strings.ReplaceAll(text, "\n", ""), " ", ""), "首次实质回复"); n != 30 {
		t.Errorf("a long paragraph says its clause %d times of 30", n)
	}
}

func TestMinutesWithACharacterThatNoFaceHasAreRefused(t *testing.T) {
	m := samplePages(1)
	m.Title = "纪要 \U0001F9FF"
	if _, err := m.draw(); errs.KindOf(err) != errs.Conflict && errs.KindOf(err) != errs.Unavailable {
		t.Errorf("%v", err)
	}
}
