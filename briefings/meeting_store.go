package briefings

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// insertMeetingTx publishes the next minutes of a briefing, about its newest
// revision, and returns their number and their digest. staff are the ids of all whom
// they name, by employee number.
func insertMeetingTx(ctx context.Context, tx database.Tx, briefing int64, in MeetingInput, html string, staff map[string]int64, actor people.Actor, now time.Time) (number int, digest string, err error) {
	var made struct {
		ID     int64
		Number int
	}
	err = tx.WithContext(ctx).Raw(`INSERT INTO study_meetings (briefing_id, revision_id, number, held_at, place, chair_id, recorder_id, notes, notes_html, published_at, published_by)
		SELECT b.id, (SELECT id FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1),
			1 + (SELECT count(*) FROM study_meetings WHERE briefing_id = b.id), ?, ?, ?, ?, ?, ?, ?, ?
		FROM briefings b WHERE b.id = ? RETURNING id, number`,
		in.HeldAt, in.Place, staff[in.ChairNo], staff[in.RecorderNo], in.Notes, html, now, actor.By(), briefing).Scan(&made).Error
	if err != nil {
		return 0, "", err
	}
	var ids database.Array[int64]
	var ways database.Array[string]
	add := func(how Presence, numbers []string) {
		for _, no := range numbers {
			ids, ways = append(ids, staff[no]), append(ways, string(how))
		}
	}
	add(InRoom, in.Room)
	add(Remotely, in.Remote)
	err = tx.WithContext(ctx).Exec(`INSERT INTO attendances (meeting_id, person_id, unit_id, how)
		SELECT ?, p.id, p.unit_id, a.how FROM unnest(?::bigint[], ?::text[]) a (id, how) JOIN staff p ON p.id = a.id`, made.ID, ids, ways).Error
	if err == nil {
		err = tx.WithContext(ctx).Raw(`SELECT minutes_digest(?)`, made.ID).Row().Scan(&digest)
	}
	return made.Number, digest, err
}

// newestMeeting reads the newest minutes of a briefing; the id is 0 when there are
// none.
func newestMeeting(ctx context.Context, conn database.Conn, briefing int64) (id int64, m Meeting, err error) {
	var row struct {
		ID int64
		Meeting
	}
	err = conn.WithContext(ctx).Raw(`
		SELECT m.id, m.number, r.number AS revision, m.held_at, m.place, c.name AS chair, w.name AS recorder, m.notes, m.notes_html,
			coalesce(p.name, '') AS by, m.published_at AS at
		FROM study_meetings m JOIN briefing_revisions r ON r.id = m.revision_id
		JOIN staff c ON c.id = m.chair_id JOIN staff w ON w.id = m.recorder_id LEFT JOIN staff p ON p.id = m.published_by
		WHERE m.briefing_id = ? ORDER BY m.number DESC LIMIT 1`, briefing).Scan(&row).Error
	return row.ID, row.Meeting, err
}

// attendant is one of those whom a meeting is for.
type attendant struct {
	ID int64
	Attendance
	UnitNames i18n.Texts
	Listed    bool // within the actor's reach
}

// attendance reads how everybody whom the briefing is for took part. Anyone who was
// there counts with the unit of that day, wherever they work now.
func attendance(ctx context.Context, conn database.Conn, actor people.Actor, briefing, meeting int64) ([]attendant, error) {
	var list []attendant
	args := viewer(actor)
	args["briefing"], args["meeting"] = briefing, meeting
	err := conn.WithContext(ctx).Raw(`
		SELECT p.id, p.name, p.employee_no, u.names AS unit_names, d.read_at, u.path LIKE ANY (@reach) AS listed,
			CASE WHEN a.how IS NOT NULL THEN a.how WHEN d.read_at IS NOT NULL THEN 'later' ELSE 'absent' END AS how
		FROM staff p
		LEFT JOIN attendances a ON a.meeting_id = @meeting AND a.person_id = p.id
		JOIN units u ON u.id = coalesce(a.unit_id, p.unit_id)
		LEFT JOIN LATERAL (SELECT min(x.read_at) AS read_at FROM briefing_reads x JOIN briefing_revisions r ON r.id = x.revision_id
			WHERE r.briefing_id = @briefing AND x.person_id = p.id) d ON true
		WHERE a.person_id IS NOT NULL OR p.status <> 'left' AND EXISTS (SELECT FROM briefings b LEFT JOIN units bu ON bu.id = b.unit_id
			WHERE b.id = @briefing AND (b.unit_id IS NULL OR starts_with(u.path, bu.path)))
		ORDER BY CASE a.how WHEN 'room' THEN 0 WHEN 'remote' THEN 1 ELSE 2 END, d.read_at, u.path, p.employee_no`, args).Scan(&list).Error
	return list, err
}
