package briefings

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// questionRow is a row of briefing_questions.
type questionRow struct {
	RevisionID int64
	Position   int
	Item       json.RawMessage `gorm:"serializer:json"`
}

func (questionRow) TableName() string { return "briefing_questions" }

// answerRow is a row of briefing_answers: a try at the questions of a revision.
type answerRow struct {
	ID         int64
	RevisionID int64
	PersonID   int64
	Responses  json.RawMessage `gorm:"serializer:json"`
	Correct    int
	Total      int
	AnsweredAt time.Time
}

func (answerRow) TableName() string { return "briefing_answers" }

func insertQuestionsTx(ctx context.Context, tx database.Tx, revisionID int64, questions [][]byte) error {
	if len(questions) == 0 {
		return nil
	}
	rows := make([]questionRow, len(questions))
	for i, item := range questions {
		rows[i] = questionRow{RevisionID: revisionID, Position: i + 1, Item: item}
	}
	if err := database.Table[questionRow](tx).CreateInBatches(ctx, &rows, len(rows)); err != nil {
		return fmt.Errorf("store %d questions of a briefing: %w", len(rows), err)
	}
	return nil
}

func questionsOf(ctx context.Context, conn database.Conn, revisionID int64) ([][]byte, error) {
	rows, err := database.Table[questionRow](conn).Where("revision_id = ?", revisionID).Order("position").Find(ctx)
	questions := make([][]byte, len(rows))
	for i, r := range rows {
		questions[i] = r.Item
	}
	return questions, err
}

// insertAnswerTx keeps a try, right or wrong.
func insertAnswerTx(ctx context.Context, tx database.Tx, revisionID, personID int64, judged items.Judgement, now time.Time) error {
	return database.Table[answerRow](tx).Create(ctx, &answerRow{RevisionID: revisionID, PersonID: personID,
		Responses: judged.Responses, Correct: judged.Correct, Total: len(judged.Right), AnsweredAt: now})
}
