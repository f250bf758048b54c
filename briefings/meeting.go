package briefings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/markdownx"
	"anwen/people"
)

// Presence is how somebody took part in a policy-study meeting.
type Presence string

// The ways to take part. Later: was not there, and read the briefing since.
const (
	InRoom   Presence = "room"
	Remotely Presence = "remote"
	Later    Presence = "later"
	Absent   Presence = "absent"
)

// MeetingInput are the minutes of the meeting that studied a briefing.
type MeetingInput struct {
	Key        string // of the briefing
	HeldAt     time.Time
	Place      string
	ChairNo    string // employee numbers
	RecorderNo string
	Notes      string // Markdown: what was said and decided
	Room       []string
	Remote     []string
	Base       *int // number of the minutes that the writer began from, 0: there were none; nil: whichever are there
}

// Meeting is a policy-study meeting with its attendance.
type Meeting struct {
	Key       string
	Number    int // of the minutes; a correction is the next
	Revision  int // of the briefing that was studied
	HeldAt    time.Time
	Place     string
	Chair     string
	Recorder  string
	NotesHTML string
	Notes     string
	By        string // who published the minutes
	At        time.Time
	Counts    map[Presence]int `gorm:"-"`
	Mine      Presence         `gorm:"-"`
	Attended  []Attendance     `gorm:"-"` // within the reach of the actor's roles as an overseer
}

// Attendance is how one person took part.
type Attendance struct {
	Name       string
	EmployeeNo string
	UnitName   string
	How        Presence
	ReadAt     *time.Time // Later: when
}

const maxAttendance = 20_000

// RecordMeeting publishes minutes; published ones never change, a correction is
// the next number. The revision studied is the newest. Forbidden without the role
// Compliance over the unit that the briefing is for, or over the root when it is for
// everybody; NotFound for a briefing that the actor may not see; Invalid with a fault
// per field, for somebody from beyond the actor's reach too; Conflict when somebody
// published minutes since those that the writer began from.
func (s *Service) RecordMeeting(ctx context.Context, actor people.Actor, in MeetingInput) (number int, err error) {
	briefing, err := s.changeable(ctx, actor, in.Key)
	if err != nil {
		return 0, err
	}
	staff, err := in.named(ctx, s.db, actor)
	if err != nil {
		return 0, err
	}
	html, err := in.check(staff, s.now())
	if err != nil {
		return 0, err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockBriefingTx(ctx, tx, briefing); err != nil {
			return err
		}
		_, newest, err := newestMeeting(ctx, tx, briefing)
		if err != nil {
			return fmt.Errorf("minutes of the briefing %s: %w", in.Key, err)
		}
		if err := s.unchangedSince(in.Base, newest.Number, newest.By, actor.Locale); err != nil {
			return err
		}
		now := s.now()
		var digest string
		if number, digest, err = insertMeetingTx(ctx, tx, briefing, in, html, staff, actor, now); err != nil {
			return fmt.Errorf("record the meeting of the briefing %s: %w", in.Key, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.record_meeting",
			Subject: "briefing:" + in.Key, Data: map[string]any{"number": number, "room": len(in.Room), "remote": len(in.Remote), "digest": digest}})
	})
	return number, err
}

// named are the ids, by employee number, of those whom the minutes name, within the
// actor's reach, and the actor, who may work elsewhere.
func (in MeetingInput) named(ctx context.Context, conn database.Conn, actor people.Actor) (map[string]int64, error) {
	staff, err := staffByNumber(ctx, conn, actor.Over(people.Compliance), slices.Concat([]string{in.ChairNo, in.RecorderNo}, in.Room, in.Remote))
	if err == nil && actor.EmployeeNo != "" {
		staff[actor.EmployeeNo] = actor.PersonID
	}
	return staff, err
}

// check renders the notes. Invalid with a fault per field.
func (in MeetingInput) check(staff map[string]int64, now time.Time) (html string, err error) {
	var faults errs.Faults
	if in.HeldAt.IsZero() || in.HeldAt.After(now) {
		faults.Add(errs.Place{Field: "body.held_at"}, "briefings.meeting_not_held", nil)
	}
	if place := strings.TrimSpace(in.Place); place == "" || len([]rune(place)) > 200 {
		faults.Add(errs.Place{Field: "body.place"}, "briefings.meeting_place_refused", errs.Args{"limit": 200})
	}
	if len(in.Room)+len(in.Remote) > maxAttendance {
		faults.Add(errs.Place{Field: "body.room"}, "briefings.too_many_attended", errs.Args{"limit": maxAttendance})
	}
	seen := map[string]bool{}
	for _, list := range []struct {
		field   string
		numbers []string
	}{{"body.chair_no", []string{in.ChairNo}}, {"body.recorder_no", []string{in.RecorderNo}}, {"body.room", in.Room}, {"body.remote", in.Remote}} {
		for _, no := range list.numbers {
			counted := list.field == "body.room" || list.field == "body.remote"
			switch {
			case staff[no] == 0:
				faults.Add(errs.Place{Field: list.field}, "briefings.person_not_found", errs.Args{"employee_no": errs.Clip(no)})
			case counted && seen[no]:
				faults.Add(errs.Place{Field: list.field}, "briefings.attended_twice", errs.Args{"employee_no": errs.Clip(no)})
			}
			seen[no] = seen[no] || counted
		}
	}
	doc, found := markdownx.Render([]byte(in.Notes), markdownx.Options{})
	for _, f := range found {
		f.Place.Field = "body.notes"
		faults.Add(f.Place, f.Code, f.Args)
	}
	if len(found) == 0 && doc.Plain == "" {
		faults.Add(errs.Place{Field: "body.notes"}, "briefings.section_empty", nil)
	}
	return doc.HTML, faults.Err("briefings.meeting_refused")
}

// Meeting returns the newest minutes of a briefing, or nil when there are none.
// Counts cover everybody whom the briefing is for; the list of names is for
// Compliance, HR and Auditor, within their reach. NotFound for a briefing that the
// actor may not see.
func (s *Service) Meeting(ctx context.Context, actor people.Actor, key string) (*Meeting, error) {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	id, m, err := newestMeeting(ctx, s.db, briefing)
	if err != nil {
		return nil, fmt.Errorf("minutes of the briefing %s: %w", key, err)
	}
	if id == 0 {
		return nil, nil
	}
	m.Key, m.Counts, m.Mine = key, map[Presence]int{}, Absent
	staff, err := attendance(ctx, s.db, actor, briefing, id)
	if err != nil {
		return nil, fmt.Errorf("attendance of the meeting of the briefing %s: %w", key, err)
	}
	for _, p := range staff {
		m.count(p, actor)
	}
	return &m, nil
}

// count counts one of those whom the meeting is for, and lists who took part.
func (m *Meeting) count(p attendant, actor people.Actor) {
	m.Counts[p.How]++
	if p.ID == actor.PersonID {
		m.Mine = p.How
	}
	if !p.Listed || p.How == Absent {
		return
	}
	a := p.Attendance
	a.UnitName = p.UnitNames.In(actor.Locale)
	if a.How != Later {
		a.ReadAt = nil
	}
	m.Attended = append(m.Attended, a)
}
