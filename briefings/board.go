package briefings

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Board is a year of briefings at a glance: one is due every month.
type Board struct {
	Year    int
	Staff   int // who work within the actor's reach today
	Held    int // months with a briefing
	Due     int // months of the year that have begun
	Months  []Month
	Uncited []CitedPolicy // versions that took effect and stand in no briefing, the oldest first
}

// MonthState is whether a month has its briefing.
type MonthState string

// The states of a month. The running month is not missing yet.
const (
	Held    MonthState = "held"
	Missing MonthState = "missing"
	Running MonthState = "running"
	Ahead   MonthState = "ahead"
)

// Month is one month of the board.
type Month struct {
	Month       string
	State       MonthState
	Title       string
	Revision    int
	PublishedAt *time.Time
	Readers     int  // of the staff, who read any revision
	Met         bool // minutes of its meeting are there
	Open        int  // actions of its plan that are neither done nor dropped
	Overdue     int  // of these, past their due date
}

// Board shows a year to Compliance, HR and Auditor; readers are counted within
// their reach. A briefing always has its three sections, so a month is held or
// missing. Forbidden without such a role; Invalid for a year that cannot be.
func (s *Service) Board(ctx context.Context, actor people.Actor, year int) (Board, error) {
	roles := []people.Role{people.Compliance, people.HR, people.Auditor}
	if !actor.Has(roles...) {
		return Board{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if year < 2000 || year > 2200 {
		return Board{}, errs.New(errs.Invalid, "briefings.bad_year", errs.Args{"value": year})
	}
	staff, readers, err := s.boardReaders(ctx, actor, year, roles)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	held, err := s.boardTitles(ctx, actor, year)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	followed, err := s.boardFollowUp(ctx, actor, year)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	b := Board{Year: year, Staff: staff}
	now := s.now().In(actor.Location()).Format("2006-01")
	for m := 1; m <= 12; m++ {
		month := Month{Month: fmt.Sprintf("%d-%02d", year, m), Readers: readers[fmt.Sprintf("%d-%02d", year, m)]}
		f := followed[month.Month]
		month.Met, month.Open, month.Overdue = f.Met, f.Open, f.Overdue
		if month.Month <= now {
			b.Due++
		}
		switch t, published := held[month.Month]; {
		case published:
			month.State, month.Title, month.Revision, month.PublishedAt = Held, t.Title, t.Revision, &t.PublishedAt
			b.Held++
		case month.Month < now:
			month.State = Missing
		case month.Month == now:
			month.State = Running
		default:
			month.State = Ahead
		}
		b.Months = append(b.Months, month)
	}
	b.Uncited, err = s.uncited(ctx, actor)
	return b, err
}

func (s *Service) boardReaders(ctx context.Context, actor people.Actor, year int, roles []people.Role) (staff int, readers map[string]int, err error) {
	reach := database.Array[string](actor.Patterns(roles...))
	err = s.db.WithContext(ctx).Raw(`SELECT count(*) FROM people p JOIN units u ON u.id = p.unit_id WHERE u.path LIKE ANY (?) AND p.status <> 'left'`, reach).Scan(&staff).Error
	if err != nil {
		return 0, nil, err
	}
	var rows []struct {
		Month string
		Count int
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT b.month, count(DISTINCT e.person_id) AS count
		FROM briefings b JOIN briefing_revisions r ON r.briefing_id = b.id JOIN briefing_reads e ON e.revision_id = r.id
		JOIN people p ON p.id = e.person_id JOIN units u ON u.id = p.unit_id
		WHERE b.unit_id IS NULL AND b.month LIKE ? AND u.path LIKE ANY (?) AND p.status <> 'left' GROUP BY b.month`, fmt.Sprintf("%d-%%", year), reach).Scan(&rows).Error
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

// boardFollowUp tells what came of each month's briefing: minutes and actions.
func (s *Service) boardFollowUp(ctx context.Context, actor people.Actor, year int) (map[string]followUp, error) {
	var rows []followUp
	err := s.db.WithContext(ctx).Raw(`
		SELECT b.month, EXISTS (SELECT FROM study_meetings m WHERE m.briefing_id = b.id) AS met,
			count(a.id) FILTER (WHERE coalesce(t.state, 'open') = 'open') AS open,
			count(a.id) FILTER (WHERE coalesce(t.state, 'open') = 'open' AND a.due_on < ?) AS overdue
		FROM briefings b
		LEFT JOIN briefing_actions a ON a.briefing_id = b.id
		LEFT JOIN LATERAL (SELECT state FROM briefing_action_steps WHERE action_id = a.id ORDER BY id DESC LIMIT 1) t ON true
		WHERE b.unit_id IS NULL AND b.month LIKE ? GROUP BY b.id`, date.In(s.now(), actor.Location()), fmt.Sprintf("%d-%%", year)).Scan(&rows).Error
	months := map[string]followUp{}
	for _, r := range rows {
		months[r.Month] = r
	}
	return months, err
}

type boardTitle struct {
	Title       string
	Revision    int
	PublishedAt time.Time
}

func (s *Service) boardTitles(ctx context.Context, actor people.Actor, year int) (map[string]boardTitle, error) {
	var rows []struct {
		Month, Title string
		Locale       i18n.Locale
		Number       int
		PublishedAt  time.Time
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT b.month, r.number, r.published_at, t.locale, t.title
		FROM briefings b
		JOIN LATERAL (SELECT id, number, published_at FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN briefing_texts t ON t.revision_id = r.id
		WHERE b.unit_id IS NULL AND b.month LIKE ?`, fmt.Sprintf("%d-%%", year)).Scan(&rows).Error
	titles := map[string]i18n.Texts{}
	held := map[string]boardTitle{}
	for _, r := range rows {
		if titles[r.Month] == nil {
			titles[r.Month] = i18n.Texts{}
		}
		titles[r.Month][r.Locale] = r.Title
		title := titles[r.Month].In(actor.Locale)
		held[r.Month] = boardTitle{title, r.Number, r.PublishedAt}
	}
	return held, err
}

// uncited are the newest versions in force that no briefing has told of.
func (s *Service) uncited(ctx context.Context, actor people.Actor) ([]CitedPolicy, error) {
	var rows []struct {
		Code          string
		Number        int
		Titles        string
		EffectiveFrom time.Time
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT p.code, v.number, p.titles::text AS titles, v.effective_from
		FROM policies p
		JOIN LATERAL (SELECT id, number, effective_from FROM policy_versions WHERE policy_id = p.id AND effective_from <= ? ORDER BY number DESC LIMIT 1) v ON true
		WHERE NOT EXISTS (SELECT FROM briefing_policies c WHERE c.policy_version_id = v.id)
		ORDER BY v.effective_from, p.code LIMIT 50`, s.now().In(actor.Location()).Format(time.DateOnly)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("policies that no briefing cites: %w", err)
	}
	list := make([]CitedPolicy, len(rows))
	for i, r := range rows {
		titles, err := texts(r.Titles)
		if err != nil {
			return nil, err
		}
		title := titles.In(actor.Locale)
		list[i] = CitedPolicy{Code: r.Code, Number: r.Number, Title: title, EffectiveFrom: r.EffectiveFrom}
	}
	return list, nil
}
