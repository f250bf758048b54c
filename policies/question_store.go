package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// questionRow is a row of policy_questions.
type questionRow struct {
	VersionID int64
	Position  int
	Item      json.RawMessage `gorm:"serializer:json"`
}

func (questionRow) TableName() string { return "policy_questions" }

// answerRow is a row of policy_answers: a try at the questions of a version.
type answerRow struct {
	ID         int64
	VersionID  int64
	PersonID   int64
	Responses  json.RawMessage `gorm:"serializer:json"`
	Correct    int
	Total      int
	AnsweredAt time.Time
}

func (answerRow) TableName() string { return "policy_answers" }

func insertQuestionsTx(ctx context.Context, tx database.Tx, versionID int64, questions [][]byte) error {
	if len(questions) == 0 {
		return nil
	}
	rows := make([]questionRow, len(questions))
	for i, item := range questions {
		rows[i] = questionRow{VersionID: versionID, Position: i + 1, Item: item}
	}
	if err := database.Table[questionRow](tx).CreateInBatches(ctx, &rows, len(rows)); err != nil {
		return fmt.Errorf("store %d questions of a version: %w", len(rows), err)
	}
	return nil
}

func questionsOf(ctx context.Context, conn database.Conn, versionID int64) ([][]byte, error) {
	rows, err := database.Table[questionRow](conn).Where("version_id = ?", versionID).Order("position").Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("questions of version %d: %w", versionID, err)
	}
	questions := make([][]byte, len(rows))
	for i, r := range rows {
		questions[i] = r.Item
	}
	return questions, nil
}

// insertAnswerTx keeps a try, right or wrong.
func insertAnswerTx(ctx context.Context, tx database.Tx, versionID, personID int64, judged items.Judgement, now time.Time) error {
	err := database.Table[answerRow](tx).Create(ctx, &answerRow{VersionID: versionID, PersonID: personID,
		Responses: judged.Responses, Correct: judged.Correct, Total: len(judged.Right), AnsweredAt: now})
	if err != nil {
		return fmt.Errorf("record a try at version %d: %w", versionID, err)
	}
	return nil
}
