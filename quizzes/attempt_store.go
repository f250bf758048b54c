package quizzes

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/items"
)

// attemptRow is an attempt with its course, its newest answers and its submission.
type attemptRow struct {
	ID, RevisionID, AssignmentID, PersonID, QuizID int64
	Practice                                       bool
	Number, PassMark                               int
	StartedAt                                      time.Time
	DeadlineAt                                     *time.Time
	Paper                                          items.Paper `gorm:"serializer:json"`
	Plan                                           items.Plan  `gorm:"serializer:json"`
	Titles                                         i18n.Texts
	Slug                                           string
	ClosesAt                                       *time.Time             // when nobody can answer the quiz any more; nil while none is set
	Networks                                       []netip.Prefix         `gorm:"serializer:json"` // nil: it may be answered from anywhere
	Bodies                                         []versionBody          `gorm:"serializer:json"` // of the items that this process had not seen
	Newest                                         map[int]items.Answered `gorm:"serializer:json"` // by position
	Submitted                                      *submission            `gorm:"serializer:json"` // nil while the attempt is open
	Corrections                                    []correction           `gorm:"serializer:json"` // that count for it

	open      openPaper
	answers   map[int]items.Response
	revisions map[int]int
}

// versionBody is the stored item of a version.
type versionBody struct {
	ID   int64
	Body []byte
}

// attemptColumns reads an attempt a with its course, answers, submission and the
// bodies of the items that this process has not seen.
const attemptColumns = `
	a.id, a.revision_id, a.assignment_id, a.practice, a.person_id, r.quiz_id, to_json(a.networks) AS networks, a.number, a.pass_mark, a.started_at, a.deadline_at,
	a.paper, r.plan, k.slug,
	(SELECT greatest(c.closes_at, (SELECT max(m.closes_at) FROM accommodations m WHERE m.quiz_id = r.quiz_id OR m.quiz_id IS NULL))
	 FROM quiz_conditions c WHERE c.quiz_id = r.quiz_id AND c.closes_at IS NOT NULL
	   AND c.number = (SELECT max(n.number) FROM quiz_conditions n WHERE n.quiz_id = r.quiz_id)) AS closes_at,
	(SELECT v.titles FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1) AS titles,
	(SELECT json_object_agg(w.position, json_build_object('response', w.response, 'revision', w.revision)) FROM (
		SELECT DISTINCT ON (position) position, response, revision FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC
	) w) AS newest,
	(SELECT to_json(b) FROM attempt_grades b WHERE b.attempt_id = a.id) AS submitted,
	corrections_for(r.quiz_id, a.person_id) AS corrections,
	(SELECT jsonb_agg(jsonb_build_object('id', v.id, 'body', encode(v.body, 'base64')))
	 FROM jsonb_array_elements(a.paper->'positions') e
	 JOIN item_versions v ON v.id = (e->>'item_version')::bigint
	 WHERE NOT v.id = ANY (@known)) AS bodies`

const attemptJoins = `
	JOIN quiz_revisions r ON r.id = a.revision_id
	JOIN quizzes q ON q.id = r.quiz_id
	JOIN courses k ON k.id = q.course_id`

// loadAttempt reads an attempt whole. NotFound when there is none.
func (s *Service) loadAttempt(ctx context.Context, conn database.Conn, id int64) (attemptRow, error) {
	row, err := s.scanAttempt(ctx, conn, `SELECT `+attemptColumns+` FROM attempts a`+attemptJoins+` WHERE a.id = @id`,
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
	for _, b := range a.Bodies {
		if err := s.items.put(b.ID, b.Body); err != nil {
			return a, err
		}
	}
	a.open = openPaper{personID: a.PersonID, assignmentID: a.AssignmentID, deadline: a.DeadlineAt, paper: a.Paper,
		fenced: a.Networks != nil, networks: a.Networks}
	frozen := a
	frozen.Newest, frozen.Submitted, frozen.Corrections, frozen.Bodies, frozen.Paper, frozen.open = nil, nil, nil, nil, items.Paper{}, openPaper{}
	a.open.row = &frozen
	s.papers.put(a.ID, a.open)
	a.readProgress()
	return a, nil
}

// lockedAttemptTx locks the attempt and reads it; of one that this process knows it
// reads only what changes. NotFound when there is none.
func (s *Service) lockedAttemptTx(ctx context.Context, tx database.Tx, id int64) (attemptRow, error) {
	open, ok := s.papers.get(id)
	if !ok || !s.holds(open.paper) {
		if _, err := lockAttemptTx(ctx, tx, id); err != nil {
			return attemptRow{}, err
		}
		return s.loadAttempt(ctx, tx, id)
	}
	a := *open.row
	a.open = open
	var changing struct {
		Newest      map[int]items.Answered `gorm:"serializer:json"`
		Submitted   *submission            `gorm:"serializer:json"`
		Corrections []correction           `gorm:"serializer:json"`
	}
	err := tx.WithContext(ctx).Raw(`SELECT answers_json AS newest, submission AS submitted, corrections_json AS corrections FROM attempt_under_lock(?)`, id).Scan(&changing).Error
	if err != nil {
		return attemptRow{}, fmt.Errorf("lock attempt %d: %w", id, err)
	}
	a.Newest, a.Submitted, a.Corrections = changing.Newest, changing.Submitted, changing.Corrections
	a.readProgress()
	return a, nil
}

// readProgress splits the newest answers into responses and revisions.
func (a *attemptRow) readProgress() {
	if len(a.Newest) == 0 {
		return
	}
	a.answers, a.revisions = make(map[int]items.Response, len(a.Newest)), make(map[int]int, len(a.Newest))
	for position, answer := range a.Newest {
		a.answers[position], a.revisions[position] = answer.Response, answer.Revision
	}
}

// lockAttemptTx makes submissions of one attempt wait for one another. NotFound when
// there is none.
func lockAttemptTx(ctx context.Context, tx database.Tx, attemptID int64) (owner int64, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT person_id FROM attempts WHERE id = ? FOR UPDATE`, attemptID).Scan(&owner).Error
	if err != nil {
		return 0, fmt.Errorf("lock attempt %d: %w", attemptID, err)
	}
	if owner == 0 {
		return 0, attemptNotFound()
	}
	return owner, nil
}
