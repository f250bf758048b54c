package briefings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"anwen/items"
	"anwen/people"
)

// MarkRead notes that the actor read a revision of a briefing, once. A
// revision with questions counts as read when all are answered right; every try
// is kept, and right tells which answers were. NotFound when there is no such
// revision for the actor; Invalid when the answers do not fit the questions.
func (s *Service) MarkRead(ctx context.Context, actor people.Actor, key string, revision int, answers []json.RawMessage) (right []bool, err error) {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	var ids []int64
	err = s.db.WithContext(ctx).Raw(`SELECT id FROM briefing_revisions WHERE briefing_id = ? AND number = ?`, briefing, revision).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find revision %d of the briefing %s: %w", revision, key, err)
	}
	if len(ids) == 0 {
		return nil, notFound(key)
	}
	if right, err = s.judgeAnswers(ctx, actor, key, revision, ids[0], answers); err != nil || slices.Contains(right, false) {
		return right, err
	}
	err = s.db.WithContext(ctx).Exec(`INSERT INTO briefing_reads (revision_id, person_id, read_at) VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, ids[0], actor.PersonID, s.now()).Error
	if err != nil {
		return nil, fmt.Errorf("person %d read the briefing %s: %w", actor.PersonID, key, err)
	}
	return right, nil
}

// judgeAnswers judges and keeps a try at the questions.
func (s *Service) judgeAnswers(ctx context.Context, actor people.Actor, key string, revision int, revisionID int64, answers []json.RawMessage) ([]bool, error) {
	questions, err := s.questionsOf(ctx, key, revision)
	if err != nil || len(questions) == 0 {
		return nil, err
	}
	judged, err := items.Judge(questions, answers, "briefings.answers_missing")
	if err != nil {
		return nil, err
	}
	err = s.db.WithContext(ctx).Exec(`INSERT INTO briefing_answers (revision_id, person_id, responses, correct, total, answered_at)
		VALUES (?, ?, ?::jsonb, ?, ?, ?)`, revisionID, actor.PersonID, string(judged.Responses), judged.Correct, len(questions), s.now()).Error
	if err != nil {
		return nil, fmt.Errorf("record a try at the briefing %s: %w", key, err)
	}
	return judged.Right, nil
}
