package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
)

type attemptRow struct {
	ID, RevisionID, AssignmentID, PersonID, QuizID int64
	Practice                                       bool
	Number, PassMark                               int
	StartedAt                                      time.Time
	DeadlineAt                                     *time.Time
	PaperJSON, PlanJSON, TitlesJSON, Slug          string
	AnswersJSON                                    *string
	SubmittedJSON                                  *string
	ClosesAt                                       *time.Time // when nobody can sit the quiz any more; nil while none is set
	NetworksJSON                                   *string    // none: it may be answered from anywhere
	Bodies                                         *string    // of the items that this process had not seen

	open      openPaper
	submitted *submission // nil while it is open
	plan      items.Plan
	titles    i18n.Texts
	answers   map[int]items.Response
	revisions map[int]int
}

// attemptColumns reads an attempt a with its course, answers, submission and the
// bodies of the items that this process has not seen: one row per position.
const attemptColumns = `
	a.id, a.revision_id, a.assignment_id, a.practice, a.person_id, r.quiz_id, to_json(a.networks)::text AS networks_json, a.number, a.pass_mark, a.started_at, a.deadline_at,
	a.paper::text AS paper_json, r.plan::text AS plan_json, k.slug,
	(SELECT greatest(c.closes_at, (SELECT max(m.closes_at) FROM accommodations m WHERE m.quiz_id = r.quiz_id OR m.quiz_id IS NULL))
	 FROM quiz_conditions c WHERE c.quiz_id = r.quiz_id AND c.closes_at IS NOT NULL
	   AND c.number = (SELECT max(n.number) FROM quiz_conditions n WHERE n.quiz_id = r.quiz_id)) AS closes_at,
	(SELECT v.titles::text FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1) AS titles_json,
	(SELECT json_object_agg(w.position, json_build_object('response', w.response, 'revision', w.revision))::text FROM (
		SELECT DISTINCT ON (position) position, response, revision FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC
	) w) AS answers_json,
	(SELECT to_json(b)::text FROM attempt_grades b WHERE b.attempt_id = a.id) AS submitted_json,
	(SELECT jsonb_agg(jsonb_build_object('id', v.id, 'body', encode(v.body, 'base64')))::text
	 FROM jsonb_array_elements(a.paper->'positions') e
	 JOIN item_versions v ON v.id = (e->>'item_version')::bigint
	 WHERE NOT v.id = ANY (@known)) AS bodies`

const attemptJoins = `
	JOIN quiz_revisions r ON r.id = a.revision_id
	JOIN quizzes q ON q.id = r.quiz_id
	JOIN courses k ON k.id = q.course_id`

// courseOf finds the course of a quiz; a quiz never changes its course, so it
// is asked once.
func (s *Service) courseOf(ctx context.Context, quizID int64) (int64, error) {
	if id, ok := s.items.courseOf(quizID); ok {
		return id, nil
	}
	var id int64
	err := s.db.WithContext(ctx).Raw(`SELECT course_id FROM quizzes WHERE id = ?`, quizID).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("course of quiz %d: %w", quizID, err)
	}
	if id == 0 {
		return 0, errs.New(errs.NotFound, "quizzes.quiz_not_found", nil)
	}
	s.items.keepCourse(quizID, id)
	return id, nil
}

// loadAttempt reads an attempt whole. NotFound when there is none.
func (s *Service) loadAttempt(ctx context.Context, db database.Conn, id int64) (attemptRow, error) {
	row, err := s.scanAttempt(ctx, db, `SELECT `+attemptColumns+` FROM attempts a`+attemptJoins+` WHERE a.id = @id`,
		map[string]any{"id": id, "known": database.Array[int64](s.items.known())})
	if err == nil && row.ID == 0 {
		err = attemptNotFound()
	}
	return row, err
}

// scanAttempt reads the row and keeps what is immutable of it in memory.
func (s *Service) scanAttempt(ctx context.Context, conn database.Conn, sql string, args map[string]any) (attemptRow, error) {
	var a attemptRow
	if err := conn.WithContext(ctx).Raw(sql, args).Scan(&a).Error; err != nil {
		return attemptRow{}, fmt.Errorf("read the attempt: %w", err)
	}
	if a.ID == 0 {
		return a, nil
	}
	if a.Bodies != nil {
		var bodies []struct {
			ID   int64
			Body []byte
		}
		if err := json.Unmarshal([]byte(*a.Bodies), &bodies); err != nil {
			return a, fmt.Errorf("items of attempt %d: %w", a.ID, err)
		}
		for _, b := range bodies {
			if err := s.items.put(b.ID, b.Body); err != nil {
				return a, err
			}
		}
	}
	paper, err := items.DecodePaper([]byte(a.PaperJSON))
	if err != nil {
		return a, fmt.Errorf("attempt %d: %w", a.ID, err)
	}
	if err := json.Unmarshal([]byte(a.PlanJSON), &a.plan); err != nil {
		return a, fmt.Errorf("plan of attempt %d: %w", a.ID, err)
	}
	a.open = openPaper{personID: a.PersonID, assignmentID: a.AssignmentID, deadline: a.DeadlineAt, paper: paper}
	if a.NetworksJSON != nil {
		a.open.fenced = true
		if err := json.Unmarshal([]byte(*a.NetworksJSON), &a.open.networks); err != nil {
			return a, fmt.Errorf("networks of attempt %d: %w", a.ID, err)
		}
	}
	if err := json.Unmarshal([]byte(a.TitlesJSON), &a.titles); err != nil {
		return a, fmt.Errorf("titles of attempt %d: %w", a.ID, err)
	}
	frozen := a
	frozen.AnswersJSON, frozen.SubmittedJSON, frozen.Bodies, frozen.PaperJSON, frozen.open = nil, nil, nil, "", openPaper{}
	a.open.row = &frozen
	s.papers.put(a.ID, a.open)
	return a, a.readProgress()
}

// lockedAttemptTx takes the attempt for this transaction alone and reads it: of one
// that this process knows only what changes. NotFound when there is none.
func (s *Service) lockedAttemptTx(ctx context.Context, tx database.Tx, id int64) (attemptRow, error) {
	open, ok := s.papers.get(id)
	if !ok || !s.holds(open.paper) {
		if _, err := lockAttemptTx(tx, id); err != nil {
			return attemptRow{}, err
		}
		return s.loadAttempt(ctx, tx, id)
	}
	a := *open.row
	a.open = open
	err := tx.WithContext(ctx).Raw(`SELECT answers_json, submission FROM attempt_under_lock(?)`, id).Row().Scan(&a.AnswersJSON, &a.SubmittedJSON)
	if err != nil {
		return attemptRow{}, fmt.Errorf("lock attempt %d: %w", id, err)
	}
	return a, a.readProgress()
}

func (a *attemptRow) readProgress() error {
	if a.SubmittedJSON != nil {
		a.submitted = new(submission)
		if err := json.Unmarshal([]byte(*a.SubmittedJSON), a.submitted); err != nil {
			return fmt.Errorf("submission of attempt %d: %w", a.ID, err)
		}
	}
	if a.AnswersJSON == nil {
		return nil
	}
	var newest map[int]struct {
		Response items.Response
		Revision int
	}
	if err := json.Unmarshal([]byte(*a.AnswersJSON), &newest); err != nil {
		return fmt.Errorf("answers of attempt %d: %w", a.ID, err)
	}
	a.answers, a.revisions = make(map[int]items.Response, len(newest)), make(map[int]int, len(newest))
	for position, answer := range newest {
		a.answers[position], a.revisions[position] = answer.Response, answer.Revision
	}
	return nil
}
