package briefings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/people"
)

// minutes is the record of a study meeting as it is printed: facts, then sections
// of paragraphs and tables.
type minutes struct {
	Locale      i18n.Locale
	Institution string
	Title       string
	Subtitle    string
	Facts       [][2]string // label and value
	Sections    []minutesSection
	At          time.Time // when the minutes were published
}

// minutesSection is a heading with paragraphs and a table.
type minutesSection struct {
	Heading    string
	Paragraphs []string
	Columns    []float64 // shares of the width, when there is a table
	Rows       [][]string
}

// MinutesPDF is the PDF of the minutes of the meeting that studied a briefing, in
// the actor's language: what changed, what it means, the plan with its actions as
// they stand now, and who took part within the actor's reach. Forbidden without the
// role Compliance, HR or Auditor; NotFound when there are no minutes, or no such
// briefing for the actor; Conflict when a character cannot be printed; Unavailable
// in a program without fonts.
func (s *Service) MinutesPDF(ctx context.Context, actor people.Actor, key string) ([]byte, error) {
	if err := actor.Over(overseers...).Require(); err != nil {
		return nil, err
	}
	briefing, err := s.Briefing(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	meeting, err := s.Meeting(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	if meeting == nil {
		return nil, errs.New(errs.NotFound, "briefings.no_minutes", nil)
	}
	actions, err := s.Actions(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	pdf, err := minutesOf(s.institution.In(actor.Locale), briefing, *meeting, actions, actor).draw()
	if err != nil {
		return nil, err
	}
	return pdf, audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "certificates.minutes",
		Subject: "briefing:" + key, Data: map[string]any{"number": meeting.Number}})
}

func minutesOf(institution string, b Briefing, m Meeting, actions []Action, actor people.Actor) minutes {
	l := actor.Locale
	word := func(key string, args errs.Args) string { return i18n.Text(l, "briefings."+key, args) }
	held := m.HeldAt.In(actor.Clock())
	out := minutes{Locale: l, Institution: institution, Title: word("minutes_title", nil), Subtitle: b.Title, At: m.At}
	out.Facts = [][2]string{
		{word("minutes_held", nil), l.Date(held) + " " + held.Format("15:04")},
		{word("minutes_place", nil), m.Place}, {word("minutes_chair", nil), m.Chair}, {word("minutes_recorder", nil), m.Recorder},
		{word("minutes_studied", nil), word("minutes_revision", errs.Args{"month": b.Month, "number": m.Revision})},
		{word("minutes_attendance", nil), word("minutes_counts", errs.Args{"room": m.Counts[InRoom], "remote": m.Counts[Remotely],
			"later": m.Counts[Later], "absent": m.Counts[Absent]})},
	}
	changes := minutesSection{Heading: word("minutes_changes", nil), Paragraphs: paragraphs(b.Text.Changes), Columns: []float64{0.62, 0.13, 0.25}}
	for _, p := range b.Policies {
		changes.Rows = append(changes.Rows, []string{p.Title + " (" + p.Code + ")", word("minutes_version", errs.Args{"number": p.Number}), l.Date(p.EffectiveFrom)})
	}
	plan := minutesSection{Heading: word("minutes_plan", nil), Paragraphs: paragraphs(b.Text.Plan), Columns: []float64{0.52, 0.16, 0.18, 0.14}}
	for _, a := range actions {
		state := string(a.State)
		if a.Overdue {
			state = "overdue"
		}
		plan.Rows = append(plan.Rows, []string{fmt.Sprintf("%d. %s", a.Number, a.Text), a.Owner, a.DueOn.Format(time.DateOnly), word("minutes_action_"+state, nil)})
	}
	present := minutesSection{Heading: word("minutes_present", nil), Columns: []float64{0.2, 0.2, 0.38, 0.22}}
	for _, a := range m.Attended {
		how := word("minutes_"+string(a.How), nil)
		if a.ReadAt != nil {
			how += " " + a.ReadAt.In(actor.Clock()).Format(time.DateOnly)
		}
		present.Rows = append(present.Rows, []string{a.Name, a.EmployeeNo, a.UnitName, how})
	}
	out.Sections = []minutesSection{changes, {Heading: word("minutes_impact", nil), Paragraphs: paragraphs(b.Text.Impact)}, plan,
		{Heading: word("minutes_notes", nil), Paragraphs: paragraphs(m.Notes)}, present}
	return out
}

// paragraphs are the words of a Markdown text, one for each of its lines.
func paragraphs(markdown string) []string {
	doc, _ := markdownx.Render([]byte(markdown), markdownx.Options{Citations: true}) // published texts have no faults
	var list []string
	for _, line := range strings.Split(doc.Plain, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}
