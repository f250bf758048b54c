package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// ItemHistory is an item with everything that became of its versions.
type ItemHistory struct {
	Name       string
	State      ItemState
	Category   string
	Newest     items.Item  // as it is filed
	Duplicates []Duplicate // items that ask in the same words
	Versions   []ItemVersion
}

// ItemVersion is one version of an item, with where it is asked and how it did.
type ItemVersion struct {
	VersionID int64
	Number    int
	CreatedAt time.Time
	Shown     items.Question
	Key       items.Response // wholly right as shown, blank for an essay
	Feedback  string         // HTML, for that response
	Uses      []ItemUse
	Asked     int // in submitted attempts that count
	Right     int
	Partly    int
	Share     *float64 // of the points, nil when nobody was asked
}

// ItemUse is a quiz that holds a version.
type ItemUse struct {
	QuizID int64
	Title  string
	First  int // revision of the quiz
	Last   int
	Now    bool // in the newest revision
}

// History returns an item of a bank with all its versions, the newest first.
// Forbidden and NotFound as BankItems, NotFound for an item of another bank.
func (s *Service) History(ctx context.Context, actor people.Actor, code string, itemID int64) (ItemHistory, error) {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return ItemHistory{}, err
	}
	var h ItemHistory
	var fingerprint string
	var rows []struct {
		Name, State, Category, Fingerprint string
		TagJSON                            string
		Level                              int
		ID                                 int64
		Number                             int
		CreatedAt                          time.Time
		Body                               []byte
		Asked, Right, Partly               int
		Share                              *float64
		UsesJSON                           string
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT i.name, i.state, i.category, to_json(i.tags)::text AS tag_json, coalesce(i.difficulty, 0) AS level, i.fingerprint, v.id, v.number, v.created_at, v.body, g.*, u.uses_json
		FROM items i JOIN item_versions v ON v.item_id = i.id
		CROSS JOIN LATERAL (
			SELECT count(*) AS asked, count(*) FILTER (WHERE e->>'status' = 'right') AS "right", count(*) FILTER (WHERE e->>'status' = 'partly') AS partly,
			       sum((e->>'earned')::bigint)::float8 / nullif(sum((e->>'max')::bigint), 0) AS share
			FROM attempts a JOIN attempt_grades b ON b.attempt_id = a.id
			CROSS JOIN jsonb_array_elements(a.paper->'positions') WITH ORDINALITY AS p(position, n)
			CROSS JOIN LATERAL (SELECT b.grades->(p.n::integer - 1)) AS grade(e)
			WHERE NOT a.practice AND (p.position->>'item_version')::bigint = v.id AND a.revision_id IN (
				SELECT revision_id FROM quiz_items WHERE item_version_id = v.id
				UNION SELECT id FROM quiz_revisions r WHERE r.plan->'sections' @> jsonb_build_array(jsonb_build_object('draw', jsonb_build_object('bank_id', i.bank_id))))
			  AND e->>'status' NOT IN ('waiting', 'unasked', 'stated')
		) g
		CROSS JOIN LATERAL (
			SELECT coalesce(jsonb_agg(jsonb_build_object('QuizID', q.quiz_id, 'Titles', q.titles, 'First', q.first, 'Last', q.last, 'Now', q.last = q.newest) ORDER BY q.quiz_id), '[]')::text AS uses_json
			FROM (
				SELECT r.quiz_id, min(r.number) AS first, max(r.number) AS last, (SELECT max(number) FROM quiz_revisions n WHERE n.quiz_id = r.quiz_id) AS newest,
				       (SELECT k.titles FROM course_revisions k JOIN quizzes z ON z.course_id = k.course_id WHERE z.id = r.quiz_id ORDER BY k.number DESC LIMIT 1) AS titles
				FROM quiz_items h JOIN quiz_revisions r ON r.id = h.revision_id WHERE h.item_version_id = v.id GROUP BY r.quiz_id
			) q
		) u
		WHERE i.id = @item AND i.bank_id = @bank ORDER BY v.number DESC`, map[string]any{"item": itemID, "bank": bank}).Scan(&rows).Error
	if err != nil {
		return h, fmt.Errorf("history of item %d: %w", itemID, err)
	}
	if len(rows) == 0 {
		return h, errs.New(errs.NotFound, "quizzes.item_not_in_bank", nil)
	}
	for n, r := range rows {
		h.Name, h.State, h.Category, fingerprint = r.Name, ItemState(r.State), r.Category, r.Fingerprint
		it, err := items.Decode(r.Body)
		if err != nil {
			return h, fmt.Errorf("item version %d: %w", r.ID, err)
		}
		if n == 0 {
			h.Newest = it
			h.Newest.Filing = items.Filing{Category: r.Category, Difficulty: r.Level}
			if err := json.Unmarshal([]byte(r.TagJSON), &h.Newest.Tags); err != nil {
				return h, fmt.Errorf("tags of item %d: %w", itemID, err)
			}
		}
		paper := items.Paper{Positions: []items.Position{{ItemVersion: r.ID, Points: it.Points}}}
		asked, err := paper.Ask(1, it, actor.Locale)
		if err != nil {
			return h, err
		}
		version := ItemVersion{VersionID: r.ID, Number: r.Number, CreatedAt: r.CreatedAt, Shown: asked.Question(it.Render(actor.Locale)), Key: paper.ToShown(1, it, it.Key()), Feedback: it.FeedbackHTML(it.Key(), actor.Locale),
			Asked: r.Asked, Right: r.Right, Partly: r.Partly, Share: r.Share}
		var uses []struct {
			ItemUse
			Titles i18n.Texts
		}
		if err := json.Unmarshal([]byte(r.UsesJSON), &uses); err != nil {
			return h, fmt.Errorf("uses of item version %d: %w", r.ID, err)
		}
		for _, u := range uses {
			u.Title = u.Titles.In(actor.Locale)
			version.Uses = append(version.Uses, u.ItemUse)
		}
		h.Versions = append(h.Versions, version)
	}
	if fingerprint != "" {
		err = s.db.WithContext(ctx).Raw(`SELECT @name AS name, d.name AS other, b.code AS bank FROM items d JOIN banks b ON b.id = d.bank_id
			WHERE d.fingerprint = @print AND d.id <> @item ORDER BY b.code, d.name LIMIT 50`,
			map[string]any{"name": h.Name, "print": fingerprint, "item": itemID}).Scan(&h.Duplicates).Error
	}
	return h, err
}
