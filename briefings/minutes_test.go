package briefings

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

func TestMinutesArePrintedForOverseers(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	boss, chair := officer(unit, path), st.employee(t, unit)
	key := st.brief(t, Input{}).Key
	if _, err := st.MinutesPDF(ctx, boss, key); errs.CodeOf(err) != "briefings.no_minutes" {
		t.Errorf("before the meeting: %v", err)
	}
	no := st.number(t, chair)
	_, err := st.RecordMeeting(ctx, boss, MeetingInput{Key: key, HeldAt: noon.Add(-time.Hour), Place: "三楼会议室", ChairNo: no, RecorderNo: no, Notes: "一致同意。", Room: []string{no}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.MinutesPDF(ctx, chair, key); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	pdf, err := st.MinutesPDF(ctx, boss, key)
	if errs.KindOf(err) == errs.Unavailable {
		t.Skip("built without fonts")
	}
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("%.20q %v", pdf, err)
	}
	if n := st.count(t, `SELECT count(*) FROM audit_events WHERE action = 'certificates.minutes'`); n != 1 {
		t.Errorf("%d audit events", n)
	}
}

func TestMinutesSayWhatWasStudiedAndWhoTookPart(t *testing.T) {
	b := Briefing{Summary: Summary{Title: "十一月", Month: "2026-11"}, Text: Text{Changes: "甲", Impact: "乙", Plan: "丙"}}
	meeting := Meeting{HeldAt: noon.Add(-time.Hour), Place: "三楼会议室", Notes: "一致同意。", At: noon,
		Attended: []Attendance{{Name: "王芳", EmployeeNo: "AH1", How: InRoom}}}
	m := minutesOf("安和银行", b, meeting, nil, people.Actor{Locale: i18n.Hans, Zone: "Asia/Shanghai"})
	if m.Institution != "安和银行" || m.Subtitle != "十一月" || !m.At.Equal(noon) {
		t.Errorf("%+v", m)
	}
	if m.Facts[0][1] != "2026年11月23日 19:00" || m.Facts[1][1] != "三楼会议室" || len(m.Sections) != 5 {
		t.Errorf("%+v", m)
	}
	if notes, present := m.Sections[3], m.Sections[4]; strings.Join(notes.Paragraphs, "") != "一致同意。" || len(present.Rows) != 1 || present.Rows[0][1] != "AH1" {
		t.Errorf("%+v %+v", notes, present)
	}
}
