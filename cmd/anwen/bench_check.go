package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"anwen/items"
)

// check looks every acknowledged answer up in the database and counts those that
// are not there as they were given; and it compares submissions, completions and
// certificates with what people were told.
func (b benchQuiz) check(ctx context.Context, h *house, players []*player, slug string, out io.Writer) (lost int, err error) {
	acked, passed := 0, 0
	for _, p := range players {
		if p.passed {
			passed++
		}
		if p.attempt == 0 {
			continue
		}
		stored, err := storedAnswers(ctx, h, p.attempt)
		if err != nil {
			return 0, err
		}
		for _, a := range p.acked {
			acked++
			there, ok := stored[[2]int{a.position, a.revision}]
			if !ok {
				lost++
				continue
			}
			shown, err := h.quizzes.ShownAs(ctx, p.attempt, a.position, there)
			if err != nil {
				return 0, err
			}
			if !reflect.DeepEqual(shown, a.sent) {
				lost++
			}
		}
	}
	var submitted, completed, certified int
	err = h.db.PGX().QueryRow(ctx, `SELECT
		(SELECT count(*) FROM submissions b JOIN attempts a ON a.id = b.attempt_id JOIN assignments s ON s.id = a.assignment_id WHERE s.course_id = k.id),
		(SELECT count(*) FROM completions c WHERE c.course_id = k.id),
		(SELECT count(*) FROM certificates t JOIN completions c ON c.id = t.completion_id WHERE c.course_id = k.id)
		FROM courses k WHERE k.slug = $1`, slug).Scan(&submitted, &completed, &certified)
	if err != nil {
		return 0, fmt.Errorf("count what is stored: %w", err)
	}
	fmt.Fprintf(out, "acknowledged answers %d, of them not in the database %d\n", acked, lost)
	fmt.Fprintf(out, "told passed %d; stored: submissions %d, completions %d, certificates %d\n", passed, submitted, completed, certified)
	if passed != completed || passed != certified {
		return lost, fmt.Errorf("people were told something else than what is stored")
	}
	return lost, nil
}

func storedAnswers(ctx context.Context, h *house, attempt int64) (map[[2]int]items.Response, error) {
	rows, err := h.db.PGX().Query(ctx, `SELECT position, revision, response::text FROM answers WHERE attempt_id = $1`, attempt)
	if err != nil {
		return nil, fmt.Errorf("answers of attempt %d: %w", attempt, err)
	}
	defer rows.Close()
	stored := map[[2]int]items.Response{}
	for rows.Next() {
		var position, revision int
		var raw string
		if err := rows.Scan(&position, &revision, &raw); err != nil {
			return nil, err
		}
		var r items.Response
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			return nil, fmt.Errorf("answer %d of attempt %d: %w", position, attempt, err)
		}
		stored[[2]int{position, revision}] = r
	}
	return stored, rows.Err()
}
