package quizzes

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"anwen/courses"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
)

// CheckQuiz reads the quiz of a course folder without writing anything; see
// courses.QuizPublisher.
func (s *Service) CheckQuiz(quiz courses.QuizFiles) (courses.QuizCheck, []errs.Fault) {
	list, faults := formats.ReadQuiz(quiz.GIFT)
	if len(faults) == 0 && !slices.ContainsFunc(list, items.Item.Asks) {
		faults = append(faults, errs.Fault{Code: "quizzes.no_items"})
	}
	if len(faults) == 0 {
		_, faults = planOf(quiz.Plan).LayOut(list)
		faults = append(faults, unknownImages(quiz, list)...)
	}
	check := courses.QuizCheck{Items: len(list)}
	for _, it := range list {
		check.Citations = append(check.Citations, it.Citations()...)
	}
	return check, faults
}

// PublishQuizTx makes the next revision of the course's quiz: a new version of
// every item whose bytes changed, and a revision that names versions, pass mark
// and limits. When all is as in the current revision nothing is written. Invalid
// when the files have faults.
func (s *Service) PublishQuizTx(ctx context.Context, tx database.Tx, actor people.Actor, quiz courses.QuizFiles) error {
	items, faults := formats.ReadQuiz(quiz.GIFT)
	if len(faults) > 0 || len(items) == 0 {
		_, faults = s.CheckQuiz(quiz)
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	now := s.now()
	bank, err := s.bankTx(tx, quiz)
	if err != nil {
		return fmt.Errorf("bank of course %d: %w", quiz.CourseID, err)
	}
	if err := bindImagesTx(tx, quiz, items); err != nil {
		return err
	}
	versions := make([]int64, len(items))
	for i, it := range items {
		id, err := s.versionTx(tx, bank, it, Reviewed) // to publish is to answer for it
		if err != nil {
			return fmt.Errorf("publish item %q: %w", it.Name, err)
		}
		versions[i] = id
	}
	if err := retireOthersTx(tx, bank, items); err != nil {
		return err
	}
	plan := planOf(quiz.Plan)
	fixed, faults := plan.LayOut(items)
	if len(faults) > 0 {
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	paper := make([]paperItem, len(fixed))
	fixedVersions := make([]int64, len(fixed))
	for i, f := range fixed {
		paper[i] = paperItem{versions[f.Item], f.Section, items[f.Item].Points}
		fixedVersions[i] = versions[f.Item]
	}
	if err := s.blueprintTx(tx, &plan, bank, fixedVersions); err != nil {
		return err
	}
	quizID, err := quizTx(tx, quiz.CourseID, now)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	revision, changed, err := revisionTx(tx, quizID, quiz, plan, paper, now)
	if err != nil {
		return fmt.Errorf("publish the quiz of course %d: %w", quiz.CourseID, err)
	}
	if !changed {
		return nil
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.publish",
		Subject: fmt.Sprintf("quiz:%d", quizID), Data: map[string]any{"revision": revision, "items": len(items)}})
}

// retireOthersTx takes what the quiz files no longer hold out of the course's bank:
// it is drawn no more.
func retireOthersTx(tx database.Tx, bank int64, items []items.Item) error {
	names := make(database.Array[string], len(items))
	for i, it := range items {
		names[i] = it.Name
	}
	err := tx.Exec(`UPDATE items SET state = ? WHERE bank_id = ? AND state <> ? AND name <> ALL (?)`, string(Retired), bank, string(Retired), names).Error
	if err != nil {
		return fmt.Errorf("retire what the files of bank %d no longer hold: %w", bank, err)
	}
	return nil
}

// versionTx returns the version of the item that has exactly these bytes, and
// makes the next one when the newest has others. The item is filed as its file
// says, in the given state.
func (s *Service) versionTx(tx database.Tx, bankID int64, it items.Item, state ItemState) (int64, error) {
	body, sum, err := it.Digest()
	if err != nil {
		return 0, err
	}
	now := s.now()
	var itemID int64
	err = tx.Raw(`INSERT INTO items (bank_id, name, kind, scenario, points, category, tags, difficulty, fingerprint, state, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)
		ON CONFLICT ON CONSTRAINT items_name_key DO UPDATE SET kind = excluded.kind, scenario = excluded.scenario, points = excluded.points,
			category = excluded.category, tags = excluded.tags, difficulty = excluded.difficulty, fingerprint = excluded.fingerprint,
			state = excluded.state RETURNING id`,
		bankID, it.Name, string(it.Kind), it.Set, int64(it.Points), it.Category, database.Array[string](append([]string{}, it.Tags...)), it.Difficulty,
		it.Fingerprint(), string(state), now).Scan(&itemID).Error
	if err != nil {
		return 0, err
	}
	var newest struct {
		ID     int64
		Number int
		SHA256 []byte `gorm:"column:sha256"`
	}
	err = tx.Raw(`SELECT id, number, sha256 FROM item_versions WHERE item_id = ? ORDER BY number DESC LIMIT 1`, itemID).Scan(&newest).Error
	if err != nil {
		return 0, err
	}
	if newest.ID != 0 && [sha256.Size]byte(newest.SHA256) == sum {
		return newest.ID, nil
	}
	var id int64
	err = tx.Raw(`INSERT INTO item_versions (item_id, number, body, sha256, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		itemID, newest.Number+1, body, sum[:], now).Scan(&id).Error
	if err != nil {
		return 0, err
	}
	return id, tx.Exec(`UPDATE items SET version_id = ? WHERE id = ?`, id, itemID).Error
}

func jsonOf(v any) string {
	raw, _ := json.Marshal(v) // maps of strings always marshal
	return string(raw)
}
