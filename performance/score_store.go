package performance

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/complaints"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// handled is every complaint of the persons in `chosen`, with what the quarter
// counts of it. A list and a breakdown use the same text, so that a score never
// differs from the cases it is explained by.
//
// The quarter begins and ends at midnight in the zone of the complaint's unit. The
// conditions in WHERE are weaker, by whole days on both sides, and cheap: they leave
// most complaints of five years out before a zone is looked up. They must never
// exclude what the quarter counts.
const handled = `
	SELECT chosen.id AS person_id, c.reference, c.class, c.received_at, c.due_at, c.done_at, c.state, c.satisfaction,
		(c.due_at >= midnight(CAST(@first AS date), c.zone) AND c.due_at < midnight(CAST(@end AS date), c.zone)) AS due_in,
		coalesce(c.answered_on >= @first AND c.answered_on < @end, false) AS answered_in
	FROM chosen JOIN complaint_standing(@now) c ON c.responsible_id = chosen.id
	WHERE c.due_at BETWEEN CAST(@around AS timestamptz) AND CAST(@until AS timestamptz)
		OR c.answer_dated BETWEEN CAST(@around AS date) AND CAST(@until AS date)
		OR c.closed_at BETWEEN CAST(@around AS timestamptz) AND CAST(@until AS timestamptz)`

// scored makes one row of each person in `chosen`.
const scored = `
handled AS (` + handled + `),
handling AS (
	SELECT person_id,
		count(*) FILTER (WHERE due_in AND class = 'general' AND state = 'met') AS reply_met,
		count(*) FILTER (WHERE due_in AND class = 'general' AND state = 'late')  AS reply_late,
		count(*) FILTER (WHERE due_in AND class = 'general' AND state = 'open')  AS reply_open,
		count(*) FILTER (WHERE due_in AND class = 'complex' AND state = 'met') AS feedback_met,
		count(*) FILTER (WHERE due_in AND class = 'complex' AND state = 'late')  AS feedback_late,
		count(*) FILTER (WHERE due_in AND class = 'complex' AND state = 'open')  AS feedback_open,
		count(*) FILTER (WHERE answered_in) AS answered,
		count(*) FILTER (WHERE answered_in AND satisfaction >= @satisfied) AS satisfied
	FROM handled GROUP BY person_id
),
training AS (
	SELECT a.person_id, count(*) AS assigned, count(d.id) AS completed,
		count(*) FILTER (WHERE d.id IS NULL AND a.due_on < day_in(CAST(@now AS timestamptz), chosen.zone)) AS overdue,
		count(*) FILTER (WHERE a.due_on >= @first AND a.due_on < @end
			AND (d.id IS NOT NULL OR a.due_on < day_in(CAST(@now AS timestamptz), chosen.zone))) AS due,
		count(*) FILTER (WHERE a.due_on >= @first AND a.due_on < @end
			AND day_in(d.completed_at, chosen.zone) <= a.due_on) AS on_time
	FROM chosen
	JOIN assignments a ON a.person_id = chosen.id
	LEFT JOIN completions d ON d.assignment_id = a.id
	GROUP BY a.person_id
),
held AS (
	SELECT person_id, count(*) FILTER (WHERE valid) AS valid, count(*) FILTER (WHERE expired AND NOT valid) AS expired
	FROM (
		SELECT k.person_id, k.certification_id,
			bool_or(coalesce(k.valid_until >= day_in(CAST(@now AS timestamptz), chosen.zone), true)) AS valid,
			bool_or(k.valid_until < day_in(CAST(@now AS timestamptz), chosen.zone)) AS expired
		FROM chosen
		JOIN certificates k ON k.person_id = chosen.id
		LEFT JOIN certificate_revocations v ON v.certificate_id = k.id
		WHERE v.certificate_id IS NULL
		GROUP BY k.person_id, k.certification_id
	) AS newest GROUP BY person_id
)
SELECT chosen.id AS person_id, chosen.employee_no, chosen.name, chosen.status, chosen.position,
	chosen.unit_id, chosen.unit_code, chosen.unit_names, chosen.sort_key,
	h.reply_met, h.reply_late, h.reply_open, h.feedback_met, h.feedback_late, h.feedback_open, h.answered, h.satisfied,
	t.assigned, t.completed, t.overdue, t.due, t.on_time, held.valid, held.expired
FROM chosen
LEFT JOIN handling h ON h.person_id = chosen.id
LEFT JOIN training t ON t.person_id = chosen.id
LEFT JOIN held ON held.person_id = chosen.id
ORDER BY chosen.sort_key, chosen.employee_no`

// chosenColumns are what scored needs of a person of the view staff.
const chosenColumns = `p.id, p.employee_no, p.name, p.status, p.position, p.unit_id, p.unit_code, p.unit_names, p.unit_zone AS zone`

var sortColumns = map[Sort]string{ByEmployeeNo: "p.employee_no", ByName: "p.name", ByUnit: "p.unit_code"}

// reporters are the roles that see the scores of others.
var reporters = []people.Role{people.HR, people.Auditor}

// scoreQuery is a checked request for scores.
type scoreQuery struct {
	actor   people.Actor
	quarter Quarter
	now     time.Time
	from    *place // where the page before ended; nil on the first page
	Filter
}

func (q scoreQuery) sql() string {
	key := sortColumns[q.Sort]
	where := []string{`p.unit_path LIKE ANY (@reach)`}
	if q.UnitCode != "" {
		where = append(where, `p.unit_path LIKE `+people.BelowUnit)
	}
	if q.Search != "" {
		where = append(where, people.Sought("p"))
	}
	if !q.Everyone {
		where = append(where, `EXISTS (SELECT FROM responsible_now r WHERE r.person_id = p.id)`)
	}
	if q.from != nil {
		// The first condition is weaker than the second, and an index can serve it.
		where = append(where, key+` >= @after`, `(`+key+`, p.employee_no) > (@after, @last)`)
	}
	return `WITH chosen AS MATERIALIZED (
		SELECT ` + chosenColumns + `, ` + key + ` AS sort_key
		FROM staff p
		WHERE ` + strings.Join(where, " AND ") + `
		ORDER BY ` + key + `, p.employee_no LIMIT @limit
	),` + scored
}

func (q scoreQuery) args() map[string]any {
	args := map[string]any{
		"reach": q.actor.Over(reporters...).Patterns(), "unit": q.UnitCode,
		"search": database.LikeLiteral(q.Search), "sought": q.Search, "limit": q.Limit + 1,
		"first": q.quarter.First().Format(time.DateOnly), "end": q.quarter.End().Format(time.DateOnly),
		"around": q.quarter.First().AddDate(0, 0, -2).Format(time.DateOnly), "until": q.quarter.End().AddDate(0, 0, 2).Format(time.DateOnly),
		"now": q.now, "satisfied": complaints.SatisfiedFrom,
	}
	if q.from != nil {
		args["after"], args["last"] = q.from.sortKey, q.from.employeeNo
	}
	return args
}

// scoreRow is what the database counts for one person.
type scoreRow struct {
	PersonID, UnitID                                                        int64
	EmployeeNo, Name, Position, UnitCode, SortKey                           string
	UnitNames                                                               i18n.Texts
	Status                                                                  people.Status
	ReplyMet, ReplyLate, ReplyOpen, FeedbackMet, FeedbackLate, FeedbackOpen int
	Answered, Satisfied                                                     int
	Assigned, Completed, Overdue, Due, OnTime, Valid, Expired               int
}

func readScoresTx(ctx context.Context, tx database.Tx, q scoreQuery) ([]scoreRow, error) {
	var rows []scoreRow
	if err := tx.WithContext(database.PlanAnew(ctx)).Raw(q.sql(), q.args()).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("scores of %s: %w", q.quarter, err)
	}
	return rows, nil
}

func (r scoreRow) score(l i18n.Locale, t Targets) Score {
	return Score{
		PersonID: r.PersonID, EmployeeNo: r.EmployeeNo, Name: r.Name, Status: r.Status, Position: r.Position,
		UnitID: r.UnitID, UnitCode: r.UnitCode, UnitName: r.UnitNames.In(l),
		Timeliness: []Timeliness{
			{Stage: FirstReply, Rate: NewRate(r.ReplyMet, r.ReplyMet+r.ReplyLate, t.Timeliness), Open: r.ReplyOpen},
			{Stage: InitialFeedback, Rate: NewRate(r.FeedbackMet, r.FeedbackMet+r.FeedbackLate, t.Timeliness), Open: r.FeedbackOpen},
		},
		Satisfaction: NewSatisfaction(r.Satisfied, r.Answered, t.Satisfaction),
		Training:     Training{Assigned: r.Assigned, Completed: r.Completed, Overdue: r.Overdue, Due: r.Due, OnTime: r.OnTime},
		Certificates: Certificates{Valid: r.Valid, Expired: r.Expired},
	}
}
