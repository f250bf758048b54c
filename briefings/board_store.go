package briefings

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// monthsOf is the LIKE pattern of a year's months.
func monthsOf(year int) string { return fmt.Sprintf("%d-%%", year) }

// boardReaders counts the staff within reach, and those of them who read the
// briefing of each month.
func boardReaders(ctx context.Context, conn database.Conn, reach people.Reach, year int) (staff int, readers map[string]int, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`SELECT count(*) FROM staff WHERE unit_path LIKE ANY (?) AND status <> 'left'`, reach.Patterns()).Scan(&staff).Error
	if err != nil {
		return 0, nil, err
	}
	var rows []struct {
		Month string
		Count int
	}
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`
		SELECT b.month, count(DISTINCT e.person_id) AS count
		FROM briefings b JOIN briefing_revisions r ON r.briefing_id = b.id JOIN briefing_reads e ON e.revision_id = r.id
		JOIN staff p ON p.id = e.person_id
		WHERE b.unit_id IS NULL AND b.month LIKE ? AND p.unit_path LIKE ANY (?) AND p.status <> 'left' GROUP BY b.month`,
		monthsOf(year), reach.Patterns()).Scan(&rows).Error
	readers = map[string]int{}
	for _, r := range rows {
		readers[r.Month] = r.Count
	}
	return staff, readers, err
}

type followUp struct {
	Month         string
	Met           bool
	Open, Overdue int
}

// boardFollowUp tells what followed each month's briefing: minutes and actions.
func boardFollowUp(ctx context.Context, conn database.Conn, year int, now time.Time) (map[string]followUp, error) {
	var rows []followUp
	err := conn.WithContext(ctx).Raw(`
		SELECT b.month, EXISTS (SELECT FROM study_meetings m WHERE m.briefing_id = b.id) AS met,
			count(a.id) FILTER (WHERE coalesce(t.state, 'open') = 'open') AS open,
			count(a.id) FILTER (WHERE `+overdue+`) AS overdue
		FROM briefings b
		LEFT JOIN briefing_actions a ON a.briefing_id = b.id
		LEFT JOIN staff p ON p.id = a.owner_id
		LEFT JOIN LATERAL (SELECT state FROM briefing_action_steps WHERE action_id = a.id ORDER BY id DESC LIMIT 1) t ON true
		WHERE b.unit_id IS NULL AND b.month LIKE @months GROUP BY b.id`, map[string]any{"now": now, "months": monthsOf(year)}).Scan(&rows).Error
	months := map[string]followUp{}
	for _, r := range rows {
		months[r.Month] = r
	}
	return months, err
}

type boardRevision struct {
	Month       string
	Titles      i18n.Texts
	Revision    int
	PublishedAt time.Time
}

// boardRevisions are the newest revisions of the briefings for everybody, by month.
func boardRevisions(ctx context.Context, conn database.Conn, year int) (map[string]boardRevision, error) {
	var rows []boardRevision
	err := conn.WithContext(ctx).Raw(`
		SELECT b.month, r.number AS revision, r.published_at,
			(SELECT jsonb_object_agg(t.locale, t.title) FROM briefing_texts t WHERE t.revision_id = r.id) AS titles
		FROM briefings b
		JOIN LATERAL (SELECT id, number, published_at FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		WHERE b.unit_id IS NULL AND b.month LIKE ?`, monthsOf(year)).Scan(&rows).Error
	held := map[string]boardRevision{}
	for _, r := range rows {
		held[r.Month] = r
	}
	return held, err
}

// uncited are the newest versions in force that no briefing cites.
func uncited(ctx context.Context, conn database.Conn, l i18n.Locale, today time.Time) ([]CitedPolicy, error) {
	var rows []struct {
		CitedPolicy
		Titles i18n.Texts
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT p.code, v.number, v.titles, v.effective_from
		FROM policies p
		JOIN LATERAL (SELECT id, number, titles, effective_from FROM policy_versions WHERE policy_id = p.id AND effective_from <= ? ORDER BY number DESC LIMIT 1) v ON true
		WHERE NOT EXISTS (SELECT FROM briefing_policies c WHERE c.policy_version_id = v.id)
		ORDER BY v.effective_from, p.code LIMIT 50`, today).Scan(&rows).Error
	list := make([]CitedPolicy, len(rows))
	for i, r := range rows {
		list[i] = r.CitedPolicy
		list[i].Title = r.Titles.In(l)
	}
	return list, err
}
