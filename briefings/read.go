package briefings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/items"
	"anwen/people"
)

// MarkRead notes that the actor read a revision of a briefing, once. A revision
// with questions counts as read when all are answered right; every try is kept, and
// right tells which answers were. NotFound when there is no such revision for the
// actor; Invalid when the answers do not fit the questions.
func (s *Service) MarkRead(ctx context.Context, actor people.Actor, key string, revision int, answers []json.RawMessage) (right []bool, err error) {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	id, err := revisionID(ctx, s.db, briefing, revision)
	if err != nil {
		return nil, fmt.Errorf("find revision %d of the briefing %s: %w", revision, key, err)
	}
	if id == 0 {
		return nil, notFound(key)
	}
	if right, err = s.judgeAnswers(ctx, actor, key, id, answers); err != nil || slices.Contains(right, false) {
		return right, err
	}
	if err := insertRead(ctx, s.db, id, actor.PersonID, s.now()); err != nil {
		return nil, fmt.Errorf("person %d read the briefing %s: %w", actor.PersonID, key, err)
	}
	return right, nil
}

// judgeAnswers judges and keeps a try at the questions.
func (s *Service) judgeAnswers(ctx context.Context, actor people.Actor, key string, revisionID int64, answers []json.RawMessage) ([]bool, error) {
	questions, err := questionsOf(ctx, s.db, revisionID)
	if err != nil {
		return nil, fmt.Errorf("questions of the briefing %s: %w", key, err)
	}
	if len(questions) == 0 {
		return nil, nil
	}
	judged, err := items.Judge(questions, actor.PersonID, answers, "briefings.answers_missing")
	if err != nil {
		return nil, err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		if err := insertAnswerTx(ctx, tx, revisionID, actor.PersonID, judged, now); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "briefings.try_questions", Subject: "briefing:" + key,
			Data: map[string]any{"correct": judged.Correct, "total": len(judged.Right)}})
	})
	if err != nil {
		return nil, fmt.Errorf("record a try at the briefing %s: %w", key, err)
	}
	return judged.Right, nil
}
