package briefings

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

func insertMeetingTx(ctx context.Context, tx database.Tx, briefing int64, in MeetingInput, html string, staff map[string]int64, by int64, now time.Time) (number int, err error) {
	var made struct {
		ID     int64
		Number int
	}
	err = tx.Raw(`INSERT INTO study_meetings (briefing_id, revision_id, number, held_at, place, chair_id, recorder_id, notes, notes_html, published_at, published_by)
		SELECT b.id, (SELECT id FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1),
			1 + (SELECT count(*) FROM study_meetings WHERE briefing_id = b.id), ?, ?, ?, ?, ?, ?, ?, nullif(?, 0)
		FROM briefings b WHERE b.id = ? RETURNING id, number`,
		in.HeldAt, in.Place, staff[in.ChairNo], staff[in.RecorderNo], in.Notes, html, now, by, briefing).Scan(&made).Error
	for how, numbers := range map[Presence][]string{InRoom: in.Room, Remotely: in.Remote} {
		for _, no := range numbers {
			if err != nil {
				return 0, err
			}
			err = tx.Exec(`INSERT INTO attendances (meeting_id, person_id, unit_id, how) SELECT ?, id, unit_id, ? FROM people WHERE id = ?`,
				made.ID, how, staff[no]).Error
		}
	}
	return made.Number, err
}

func (s *Service) newestMeeting(ctx context.Context, briefing int64) (id int64, m *Meeting, err error) {
	var rows []struct {
		ID                                               int64
		Number, Revision                                 int
		HeldAt, PublishedAt                              time.Time
		Place, Chair, Recorder, Notes, NotesHTML, Author string
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT m.id, m.number, r.number AS revision, m.held_at, m.place, c.name AS chair, w.name AS recorder, m.notes, m.notes_html,
			coalesce(p.name, '') AS author, m.published_at
		FROM study_meetings m JOIN briefing_revisions r ON r.id = m.revision_id
		JOIN people c ON c.id = m.chair_id JOIN people w ON w.id = m.recorder_id LEFT JOIN people p ON p.id = m.published_by
		WHERE m.briefing_id = ? ORDER BY m.number DESC LIMIT 1`, briefing).Scan(&rows).Error
	if err != nil {
		return 0, nil, fmt.Errorf("minutes of briefing %d: %w", briefing, err)
	}
	if len(rows) == 0 {
		return 0, nil, nil
	}
	r := rows[0]
	return r.ID, &Meeting{Number: r.Number, Revision: r.Revision, HeldAt: r.HeldAt, Place: r.Place, Chair: r.Chair, Recorder: r.Recorder,
		Notes: r.Notes, NotesHTML: r.NotesHTML, By: r.Author, At: r.PublishedAt}, nil
}

// attendance counts whom the briefing is for, and lists who was there or read it
// since within the actor's reach.
func (s *Service) attendance(ctx context.Context, actor people.Actor, briefing, meeting int64, m *Meeting) error {
	var rows []struct {
		ID, UnitID             int64
		Name, EmployeeNo, Unit string
		How                    Presence
		ReadAt                 *time.Time
		Listed                 bool
	}
	args := viewer(actor)
	args["briefing"], args["meeting"] = briefing, meeting
	err := s.db.WithContext(ctx).Raw(`
		SELECT p.id, p.name, p.employee_no, u.names::text AS unit, d.read_at, u.path LIKE ANY (@reach) AS listed,
			CASE WHEN a.how IS NOT NULL THEN a.how WHEN d.read_at IS NOT NULL THEN 'later' ELSE 'absent' END AS how
		FROM people p
		LEFT JOIN attendances a ON a.meeting_id = @meeting AND a.person_id = p.id
		JOIN units u ON u.id = coalesce(a.unit_id, p.unit_id)
		LEFT JOIN LATERAL (SELECT min(x.read_at) AS read_at FROM briefing_reads x JOIN briefing_revisions r ON r.id = x.revision_id
			WHERE r.briefing_id = @briefing AND x.person_id = p.id) d ON true
		WHERE a.person_id IS NOT NULL OR p.status <> 'left' AND EXISTS (SELECT FROM briefings b LEFT JOIN units bu ON bu.id = b.unit_id
			WHERE b.id = @briefing AND (b.unit_id IS NULL OR starts_with(u.path, bu.path)))
		ORDER BY CASE a.how WHEN 'room' THEN 0 WHEN 'remote' THEN 1 ELSE 2 END, d.read_at, u.path, p.employee_no`, args).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("attendance of meeting %d: %w", meeting, err)
	}
	for _, r := range rows {
		m.Counts[r.How]++
		if r.ID == actor.PersonID {
			m.Mine = r.How
		}
		if !r.Listed || r.How == Absent {
			continue
		}
		names, err := texts(r.Unit)
		if err != nil {
			return fmt.Errorf("names of a unit: %w", err)
		}
		a := Attendance{Name: r.Name, EmployeeNo: r.EmployeeNo, How: r.How}
		a.UnitName = names.In(actor.Locale)
		if r.How == Later {
			a.ReadAt = r.ReadAt
		}
		m.Attended = append(m.Attended, a)
	}
	return nil
}
